import { useState } from "react";
import { assign } from "../model/conversations";
import { useCell } from "../model/cells";
import { agents } from "../model/directory";
import { me } from "../model/session";
import { attempt } from "../model/toasts";
import type { Agent, Conversation } from "../model/types";
import { words } from "../words";
import { Avatar } from "./Avatar";
import { Icon } from "./Icon";
import { Menu, MenuItem } from "./Menu";

/** Who answers for the conversation, and the list to choose another. */
export function AssigneePicker({ conversation, openSignal, compact }: { conversation: Conversation; openSignal?: number;
    compact?: boolean }): JSX.Element {
    const team = useCell(agents);
    const self = me();
    const [filter, setFilter] = useState("");
    const assignee = conversation.meta.assignee ?? null;
    const name = (agent: Agent): string => agent.available_name || agent.name;
    const set = (agent: Agent | null): void => { setFilter(""); void attempt(() => assign(conversation.id, agent)); };
    const mine = team.find((agent) => agent.id === self?.id);
    const others = team.filter((agent) => agent.id !== self?.id && name(agent).toLowerCase().includes(filter.trim().toLowerCase()));
    const label = `${words.thread.assignee}: ${assignee === null ? words.thread.unassigned : name(assignee)}`;
    return (
        <Menu label={label} title={label} className={compact === true ? "button assignee compact" : "button assignee"}
            align={compact === true ? "end" : "start"} width={248} openSignal={openSignal}
            filter={team.length <= 8 ? undefined
                : <input className="menu-filter" data-autofocus value={filter} aria-label={words.thread.assignee}
                    placeholder={words.thread.assignee} onChange={(event) => setFilter(event.target.value)} />}
            button={<>
                {assignee === null ? <span className="nobody"><Icon name="person" size={14} /></span>
                    : <Avatar name={name(assignee)} picture={assignee.thumbnail} size={22} />}
                <span className="assignee-name">{assignee === null ? words.thread.unassigned : name(assignee)}</span>
                <Icon name="chevron" size={12} />
            </>}>
            {mine !== undefined && assignee?.id !== mine.id &&
                <MenuItem icon={<Avatar name={name(mine)} picture={mine.thumbnail} size={22} />} onSelect={() => set(mine)}>
                    {words.thread.assignMe}</MenuItem>}
            {mine !== undefined && assignee?.id === mine.id &&
                <MenuItem checked icon={<Avatar name={name(mine)} picture={mine.thumbnail} size={22} />} onSelect={() => set(mine)}>
                    {name(mine)}</MenuItem>}
            {others.map((agent) => (
                <MenuItem key={agent.id} checked={agent.id === assignee?.id}
                    icon={<Avatar name={name(agent)} picture={agent.thumbnail} size={22} />} onSelect={() => set(agent)}>{name(agent)}
                        </MenuItem>
            ))}
            <MenuItem checked={assignee === null} icon={<span className="nobody"><Icon name="person" size={14} /></span>}
                onSelect={() => set(null)}>{words.thread.unassigned}</MenuItem>
        </Menu>
    );
}
