import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { wishes } from "../keys/registry";
import { useCell } from "../model/cells";
import { inboxes, labels, refreshTeams, teams } from "../model/directory";
import { counts, show, shownStatus, view } from "../model/listing";
import type { Sort, Tab } from "../model/listing";
import type { Status } from "../model/types";
import { Icon } from "../parts/Icon";
import { Menu, MenuHeading, MenuItem, MenuLine } from "../parts/Menu";
import { Tabs } from "../parts/Tabs";
import { selection } from "../model/selection";
import { words } from "../words";
import { BulkBar } from "./BulkBar";
import { ViewMenu } from "./ViewMenu";

const tabs: Tab[] = ["me", "unassigned", "all"];
/** The search asks the server when the typing rests. */
const searchPause = 250;

export function ListHeader(): JSX.Element {
    const { tab, status, sort, inbox, team, labels: wanted } = useCell(view);
    const numbers = useCell(counts);
    const doors = useCell(inboxes);
    const count = (which: Tab): number | undefined =>
        which === "me" ? numbers?.mine_count : which === "unassigned" ? numbers?.unassigned_count : numbers?.all_count;
    const selecting = useCell(selection).size > 0;
    const groups = useCell(teams);
    const known = useCell(labels);
    const narrowed = inbox !== null || team !== null || wanted.length > 0;
    return (
        <header className="list-head">
            <div className="list-title">
                <ViewMenu />
                <Menu label={words.list.filter} className="filter-button" align="end" width={232} onOpen={refreshTeams}
                    button={<><span>{words.list.statuses[shownStatus()]}</span><Icon name="filter" size={16} />
                        {narrowed && <span className="filter-dot" />}</>}>
                    <MenuHeading>{words.list.status}</MenuHeading>
                    {(Object.keys(words.list.statuses) as (Status | "all")[]).map((one) => (
                        <MenuItem key={one} checked={one === status} onSelect={() => show({ status: one })}>{words.list.statuses[one]}
                            </MenuItem>
                    ))}
                    <MenuLine />
                    <MenuHeading>{words.list.sort}</MenuHeading>
                    {(Object.keys(words.list.sorts) as Sort[]).map((one) => (
                        <MenuItem key={one} checked={one === sort} onSelect={() => show({ sort: one })}>{words.list.sorts[one]}</MenuItem>
                    ))}
                    {doors.length > 1 && <>
                        <MenuLine />
                        <MenuHeading>{words.list.inbox}</MenuHeading>
                        <MenuItem checked={inbox === null} onSelect={() => show({ inbox: null })}>{words.list.everyInbox}</MenuItem>
                        {doors.map((one) => <MenuItem key={one.id} checked={one.id === inbox} onSelect={() => show({ inbox: one.id })}>
                            {one.name}</MenuItem>)}
                    </>}
                    {groups.length > 0 && <>
                        <MenuLine />
                        <MenuHeading>{words.list.team}</MenuHeading>
                        <MenuItem checked={team === null} onSelect={() => show({ team: null })}>{words.list.everyTeam}</MenuItem>
                        {groups.map((one) => <MenuItem key={one.id} checked={one.id === team} onSelect={() => show({ team: one.id })}>
                            {one.name}</MenuItem>)}
                    </>}
                    {known.length > 0 && <>
                        <MenuLine />
                        <MenuHeading>{words.list.label}</MenuHeading>
                        <MenuItem checked={wanted.length === 0} onSelect={() => show({ labels: [] })}>{words.list.everyLabel}</MenuItem>
                        {known.map((one) => <MenuItem key={one.id} checked={wanted.includes(one.title)}
                            icon={<span className="label-dot" style={{ background: one.color ?? undefined }} />}
                            onSelect={() => show({ labels: [one.title] })}>{one.title}</MenuItem>)}
                    </>}
                </Menu>
            </div>
            <Search />
            {selecting ? <BulkBar /> : <Tabs label={words.list.title} chosen={tab} choose={(one) => show({ tab: one })}
                tabs={tabs.map((one) => ({
                    name: one, text: <>{words.list.tabs[one]}{count(one) !== undefined && <span className="tab-count">{count(one)}</span>}</>,
                }))} />}
        </header>
    );
}

function Search(): JSX.Element {
    const { search } = useCell(view);
    const [text, setText] = useState(search);
    const field = useRef<HTMLInputElement>(null);
    const asked = useCell(wishes.search);
    const seen = useRef(asked);
    useLayoutEffect(() => {
        if (seen.current !== asked) {
            field.current?.focus();
            field.current?.select();
        }
        seen.current = asked;
    }, [asked]);
    useEffect(() => {
        if (text.trim() === view.value.search) return undefined;
        const timer = window.setTimeout(() => show({ search: text.trim() }), searchPause);
        return () => window.clearTimeout(timer);
    }, [text]);
    return (
        <div className="search">
            <Icon name="search" size={16} />
            <input ref={field} type="search" value={text} placeholder={words.list.search} aria-label={words.list.search}
                onChange={(event) => setText(event.target.value)}
                onKeyDown={(event) => {
                    if (event.key !== "Escape") return;
                    event.preventDefault();
                    if (text === "") field.current?.blur();
                    setText("");
                }} />
            {text === "" ? <kbd aria-hidden="true">/</kbd>
                : <button type="button" className="search-clear" aria-label={words.list.clear}
                    onClick={() => { setText(""); field.current?.focus(); }}><Icon name="close" size={14} /></button>}
        </div>
    );
}
