import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useCell } from "../model/cells";
import { line } from "../model/live";
import { listing, more, retry, view } from "../model/listing";
import { Icon } from "../parts/Icon";
import { Empty, Spinner, Trouble } from "../parts/Small";
import { Late } from "../thread/Thread";
import { words } from "../words";
import { useCalmOrder } from "./calm";
import { ConversationRow } from "./ConversationRow";
import { ListHeader } from "./ListHeader";
import { RowSelect } from "./RowSelect";

/** Height of a row; the styles have the same number. */
const rowHeight = 84;
/** Rows drawn beyond the visible ones on each side. */
const beyond = 6;
/** The next page is asked for when fewer rows than this are left below. */
const ahead = 20;

export function ConversationList({ selected }: { selected: number | null }): JSX.Element {
    const list = useCell(listing);
    const shownView = useCell(view);
    const late = useCell(line) === "late";
    const calm = useCalmOrder(list.ids, shownView);
    const box = useRef<HTMLDivElement>(null);
    const [range, setRange] = useState({ from: 0, to: 20 });

    const look = useCallback(() => {
        const element = box.current;
        if (element === null) return;
        const from = Math.max(0, Math.floor(element.scrollTop / rowHeight) - beyond);
        const to = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + beyond;
        setRange((now) => (now.from === from && now.to === to ? now : { from, to }));
    }, []);

    useLayoutEffect(() => {
        look();
        const element = box.current;
        if (element === null) return undefined;
        const observer = new ResizeObserver(look);
        observer.observe(element);
        return () => observer.disconnect();
    }, [look]);

    useLayoutEffect(() => {
        if (box.current !== null) box.current.scrollTop = 0;
        look();
    }, [shownView, look]);

    useEffect(() => {
        if (range.to + ahead > calm.ids.length) void more();
    }, [range.to, calm.ids.length, list.loading]);

    // The open conversation stays in sight when keys move it.
    useEffect(() => {
        const element = box.current;
        const at = selected === null ? -1 : calm.ids.indexOf(selected);
        if (element === null || at < 0) return;
        const top = at * rowHeight;
        if (top < element.scrollTop) element.scrollTop = top;
        else if (top + rowHeight > element.scrollTop + element.clientHeight) element.scrollTop = top + rowHeight - element.clientHeight;
        // Only a change of the selection moves the list, not the rows that come in.
        // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [selected]);

    const drawn = calm.ids.slice(range.from, range.to);
    const first = list.loading && calm.ids.length === 0;
    const height = calm.ids.length * rowHeight;
    return (
        <section className="list" aria-label={words.list.title}>
            <ListHeader />
            {selected === null && late && <Late />}
            <div className="list-body">
                {calm.waiting && <button type="button" className="list-moved"
                    onClick={() => { calm.settle(); if (box.current !== null) box.current.scrollTop = 0; }}><Icon name="send" size={14} />
                        {words.list.moved}</button>}
                <div ref={box} className="list-scroll" onScroll={look} onPointerMove={calm.onPointerMove}
                    onPointerLeave={calm.onPointerLeave}>
                    {first && <Skeleton />}
                    {list.error !== null && <Trouble text={list.error} retry={retry} />}
                    {!list.loading && list.error === null && calm.ids.length === 0 && <NothingHere />}
                    <div className="rows" role="list" style={{ height }}>
                        {drawn.map((id, index) => (
                            <div key={id} className="row-place" role="listitem" aria-setsize={list.more ? -1 : calm.ids.length}
                                aria-posinset={range.from + index + 1}
                                style={{ transform: `translateY(${(range.from + index) * rowHeight}px)` }}>
                                <ConversationRow id={id} selected={id === selected} />
                                <RowSelect id={id} />
                            </div>
                        ))}
                    </div>
                    {list.loading && !first && <div className="list-more"><Spinner label={words.list.loading} /></div>}
                </div>
            </div>
        </section>
    );
}

function NothingHere(): JSX.Element {
    const { tab, search } = useCell(view);
    if (search !== "") return <Empty icon="search" title={words.list.emptySearch(search)}>{words.list.emptySearchText}</Empty>;
    return <Empty icon={tab === "all" ? "inbox" : "checkCircle"} title={words.list.emptyTitle[tab]}>{words.list.emptyText[tab]}</Empty>;
}

function Skeleton(): JSX.Element {
    return (
        <div className="skeleton" role="status" aria-label={words.list.loading}>
            {[0, 1, 2, 3, 4, 5, 6].map((index) => (
                <div key={index} className="skeleton-row"><span className="skeleton-dot" />
                    <span><i style={{ width: `${48 + ((index * 37) % 30)}%` }} /><i style={{ width: `${70 + ((index * 23) % 25)}%` }} />
                        </span></div>
            ))}
        </div>
    );
}
