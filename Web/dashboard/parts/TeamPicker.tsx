import { assignTeam } from "../model/conversations";
import { useCell } from "../model/cells";
import { refreshTeams, teams } from "../model/directory";
import { attempt } from "../model/toasts";
import type { Conversation } from "../model/types";
import { words } from "../words";
import { Icon } from "./Icon";
import { Menu, MenuItem } from "./Menu";

/** Which team looks after the conversation, and the list to choose another. */
export function TeamPicker({ conversation }: { conversation: Conversation }): JSX.Element {
    const all = useCell(teams);
    const team = conversation.meta.team ?? null;
    const name = team?.name ?? words.details.noTeam;
    const set = (next: Conversation["meta"]["team"]): void => void attempt(() => assignTeam(conversation.id, next));
    return (
        <Menu label={`${words.details.team}: ${name}`} className="button assignee" width={232} onOpen={refreshTeams}
            button={<><Icon name="people" size={16} /><span className="assignee-name">{name}</span><Icon name="chevron" size={12} /></>}>
            {all.map((one) => <MenuItem key={one.id} checked={one.id === team?.id} hint={one.description || undefined}
                onSelect={() => set(one)}>{one.name}</MenuItem>)}
            <MenuItem checked={team === null} onSelect={() => set(null)}>{words.details.noTeam}</MenuItem>
        </Menu>
    );
}
