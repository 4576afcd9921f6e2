import { useCell } from "../model/cells";
import { agents, labels } from "../model/directory";
import { changeSelected, clearSelection, selection } from "../model/selection";
import { attempt } from "../model/toasts";
import { Icon } from "../parts/Icon";
import { Menu, MenuItem } from "../parts/Menu";
import { words } from "../words";

/** What can be done to all that are selected; in the place of the tabs while something is. */
export function BulkBar(): JSX.Element {
    const chosen = useCell(selection);
    const team = useCell(agents);
    const known = useCell(labels);
    const change = (wanted: Parameters<typeof changeSelected>[0]): void => void attempt(() => changeSelected(wanted));
    return (
        <div className="bulk-bar" role="toolbar" aria-label={words.bulk.title}>
            <span className="bulk-count" role="status">{words.bulk.count(chosen.size)}</span>
            <button type="button" className="icon-button" aria-label={words.bulk.resolve} title={words.bulk.resolve}
                onClick={() => change({ fields: { status: "resolved" } })}><Icon name="check" size={18} /></button>
            <button type="button" className="icon-button" aria-label={words.bulk.reopen} title={words.bulk.reopen}
                onClick={() => change({ fields: { status: "open" } })}><Icon name="refresh" size={18} /></button>
            <Menu label={words.bulk.assign} className="icon-button" align="end" width={220} button={<Icon name="person" size={18} />}>
                <MenuItem onSelect={() => change({ fields: { assignee_id: null } })}>{words.bulk.nobody}</MenuItem>
                {team.map((agent) => <MenuItem key={agent.id} onSelect={() => change({ fields: { assignee_id: agent.id } })}>
                    {agent.available_name ?? agent.name}</MenuItem>)}
            </Menu>
            {known.length > 0 &&
                <Menu label={words.bulk.label} className="icon-button" align="end" width={220} button={<Icon name="tag" size={18} />}>
                    {known.map((label) => <MenuItem key={label.id} onSelect={() => change({ labels: { add: [label.title] } })}>
                        {label.title}</MenuItem>)}
                </Menu>}
            <button type="button" className="icon-button" aria-label={words.bulk.clear} title={words.bulk.clear} onClick={clearSelection}>
                <Icon name="close" size={18} /></button>
        </div>
    );
}
