import { wishes } from "../keys/registry";
import { useCell } from "../model/cells";
import { agents, labels, refreshTeams, teams } from "../model/directory";
import { listing } from "../model/listing";
import { changeSelected, clearSelection, selection, selectMany } from "../model/selection";
import { attempt } from "../model/toasts";
import { Icon } from "../parts/Icon";
import { Menu, MenuHeading, MenuItem, MenuLine } from "../parts/Menu";
import { SnoozeItems } from "../parts/SnoozeItems";
import { words } from "../words";

/** What can be done to all that are selected; in the place of the tabs while something is. */
export function BulkBar(): JSX.Element {
    const chosen = useCell(selection);
    const team = useCell(agents);
    const known = useCell(labels);
    const labelAsked = useCell(wishes.bulkLabel);
    const change = (wanted: Parameters<typeof changeSelected>[0]): void => void attempt(() => changeSelected(wanted));
    return (
        <div className="bulk-bar" role="toolbar" aria-label={words.bulk.title}>
            <span className="bulk-count" role="status">{words.bulk.count(chosen.size)}</span>
            <button type="button" className="icon-button" aria-label={words.bulk.resolve} title={words.bulk.resolve}
                onClick={() => change({ fields: { status: "resolved" } })}><Icon name="check" size={18} /></button>
            <Menu label={words.bulk.snooze} title={words.bulk.snooze} className="icon-button" align="end" width={252}
                openSignal={useCell(wishes.bulkSnooze)} button={<Icon name="moon" size={18} />}>
                <SnoozeItems heading={words.bulk.snooze}
                    choose={(until) => change({ fields: { status: "snoozed" }, ...(until === null ? {} : { snoozed_until: until }) })} />
            </Menu>
            <Menu label={words.bulk.assign} title={words.bulk.assign} className="icon-button" align="end" width={220}
                openSignal={useCell(wishes.bulkAssign)} button={<Icon name="person" size={18} />}>
                <MenuItem onSelect={() => change({ fields: { assignee_id: null } })}>{words.bulk.nobody}</MenuItem>
                {team.map((agent) => <MenuItem key={agent.id} onSelect={() => change({ fields: { assignee_id: agent.id } })}>
                    {agent.available_name ?? agent.name}</MenuItem>)}
            </Menu>
            {known.length > 0 &&
                <Menu label={words.bulk.label} title={words.bulk.label} className="icon-button" align="end" width={220}
                    openSignal={labelAsked} button={<Icon name="tag" size={18} />}>
                    {known.map((label) => <MenuItem key={label.id} onSelect={() => change({ labels: { add: [label.title] } })}>
                        {label.title}</MenuItem>)}
                    <MenuLine />
                    <MenuHeading>{words.bulk.unlabel}</MenuHeading>
                    {known.map((label) => <MenuItem key={label.id} onSelect={() => change({ labels: { remove: [label.title] } })}>
                        {label.title}</MenuItem>)}
                </Menu>}
            <MoreChanges change={change} />
            <button type="button" className="icon-button" aria-label={words.bulk.clear} title={words.bulk.clear} onClick={clearSelection}>
                <Icon name="close" size={18} /></button>
        </div>
    );
}

/** What is done less often to many. */
function MoreChanges({ change }: { change: (wanted: Parameters<typeof changeSelected>[0]) => void }): JSX.Element {
    const groups = useCell(teams);
    return (
        <Menu label={words.bulk.more} title={words.bulk.more} className="icon-button" align="end" width={232} onOpen={refreshTeams}
            button={<Icon name="dots" size={18} />}>
            <MenuItem icon={<Icon name="refresh" size={16} />} onSelect={() => change({ fields: { status: "open" } })}>
                {words.bulk.reopen}</MenuItem>
            <MenuItem icon={<Icon name="clock" size={16} />} onSelect={() => change({ fields: { status: "pending" } })}>
                {words.bulk.pending}</MenuItem>
            <MenuItem icon={<Icon name="eye" size={16} />} onSelect={() => change({ fields: { read: true } })}>{words.bulk.read}</MenuItem>
            <MenuItem icon={<Icon name="plus" size={16} />} onSelect={() => selectMany(listing.value.ids)}>{words.bulk.all}</MenuItem>
            {groups.length > 0 && <>
                <MenuLine />
                <MenuHeading>{words.bulk.team}</MenuHeading>
                {groups.map((one) => <MenuItem key={one.id} icon={<Icon name="people" size={16} />}
                    onSelect={() => change({ fields: { team_id: one.id } })}>{one.name}</MenuItem>)}
                <MenuItem icon={<Icon name="close" size={16} />} onSelect={() => change({ fields: { team_id: null } })}>{words.bulk.noTeam}</MenuItem>
            </>}
        </Menu>
    );
}
