import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { wishes } from "../keys/registry";
import { explain, get, query } from "../model/api";
import { useCell } from "../model/cells";
import { countMails, mailCounts, mailNews, mailsMissed, toDecide } from "../model/mailDesk";
import type { MailCounts } from "../model/mailDesk";
import { account } from "../model/session";
import type { StoredMail } from "../model/types";
import { MailStopped } from "../parts/MailStopped";
import { Empty, Spinner, Trouble } from "../parts/Small";
import { words } from "../words";
import { MailDeskRow } from "./MailDeskRow";

const said = words.mailDesk;

/** Which mails are listed. `desk` is what waits for a decision, whatever it is. */
const filters = ["desk", "held", "quarantined", "failed", "refused", "all"] as const;
type Filter = (typeof filters)[number];

const onDesk = ["held", "quarantined", "failed"];

/** Whether a mail belongs into the list just now. One that is being read again stays until its end is known. */
function belongs(mail: StoredMail, filter: Filter): boolean {
    if (filter === "all" || mail.outcome === null) return true;
    return mail.settled !== true && (filter === "desk" ? onDesk.includes(mail.outcome) : mail.outcome === filter);
}

export function MailDesk(): JSX.Element {
    const [filter, setFilter] = useState<Filter>("desk");
    const counts = useCell(mailCounts);
    const list = useMails(filter);
    const box = useRef<HTMLUListElement>(null);
    useSteps(box);
    useEffect(() => void countMails().catch(() => undefined), []);

    return (
        <main className="page mail-desk">
            <div className="page-main">
                <article className="page-body wide">
                    <header className="page-head"><div><h1>{said.title}</h1><p className="page-lead">{said.lead}</p></div></header>
                    <MailStopped />
                    <div className="chips" role="group" aria-label={said.outcome}>
                        {filters.map((one) => <button key={one} type="button" className="chip" aria-pressed={one === filter}
                            onClick={() => setFilter(one)}>
                            {said.filters[one]}{one !== "all" && <Count of={one} counts={counts} />}</button>)}
                    </div>
                    {list.error !== null && <Trouble text={list.error} retry={() => list.load(1)} />}
                    {!list.loading && list.error === null && list.rows.length === 0 &&
                        <Empty icon={filter === "all" ? "mail" : "checkCircle"} title={filter === "all" ? said.empty : said.nothing}>
                            {filter === "all" ? said.emptyText : said.nothingText}</Empty>}
                    {list.rows.length > 0 && <ul ref={box} className="card flush mails" aria-label={said.filters[filter]}>
                        {list.rows.map((mail) => <MailDeskRow key={mail.id} mail={mail} />)}</ul>}
                    {list.loading && <div className="list-more"><Spinner label={said.loading} /></div>}
                    {!list.loading && list.more &&
                        <div className="list-more">
                            <button type="button" className="button" onClick={() => list.load(list.page + 1)}>{said.more}</button></div>}
                </article>
            </div>
        </main>
    );
}

function Count({ of: one, counts }: { of: Exclude<Filter, "all">; counts: MailCounts | null }): JSX.Element | null {
    const count = one === "desk" ? toDecide(counts) : counts?.[one] ?? 0;
    return count > 0 ? <span className="chip-count">{count}</span> : null;
}

interface Mails {
    rows: StoredMail[];
    page: number;
    more: boolean;
    loading: boolean;
    error: string | null;
    load: (page: number) => void;
}

/** The rows with a mail as it is now. An older mail that is not loaded yet stands where it belongs when its page comes. */
function placed(rows: StoredMail[], mail: StoredMail, filter: Filter): StoredMail[] {
    if (rows.some((row) => row.id === mail.id)) return rows.flatMap((row) => (row.id !== mail.id ? [row] : belongs(mail, filter) ? [mail] : []));
    return mail.outcome !== null && belongs(mail, filter) && (rows[0] === undefined || mail.id > rows[0].id) ? [mail, ...rows] : rows;
}

/** The rows of one filter, newest first, kept up to date by the live events. */
function useMails(filter: Filter): Mails {
    const [rows, setRows] = useState<StoredMail[]>([]);
    const [count, setCount] = useState(0);
    const [page, setPage] = useState(0);
    const [loading, setLoading] = useState(true);
    const [error, setError] = useState<string | null>(null);
    const news = useCell(mailNews);
    const missed = useCell(mailsMissed);
    const turn = useRef(0);
    // The last news: an answer that was asked for before them does not undo them.
    const heard = useRef<StoredMail[]>([]);

    const load = useCallback((number: number) => {
        turn.current += 1;
        const mine = turn.current;
        heard.current = [];
        setLoading(true);
        setError(null);
        const search = query({ outcome: filter, settled: filter === "all" ? null : "false", page: number });
        get<{ payload: StoredMail[]; meta: { count: number } }>(account("/mails") + search).then((answer) => {
            if (mine !== turn.current) return;
            setRows((now) => (number === 1 ? heard.current.reduce((rows, one) => placed(rows, one, filter), answer.payload)
                : [...now, ...answer.payload.filter((row) => !now.some((one) => one.id === row.id))]));
            setCount(answer.meta.count);
            setPage(number);
            setLoading(false);
        }).catch((failure: unknown) => {
            if (mine !== turn.current) return;
            setError(explain(failure));
            setLoading(false);
        });
    }, [filter]);

    useEffect(() => { setRows([]); }, [filter]);
    useEffect(() => load(1), [load, missed]);
    useEffect(() => {
        if (news === null) return;
        heard.current = [...heard.current.slice(-99), news];
        setRows((now) => placed(now, news, filter));
    }, [news, filter]);
    return { rows, page, more: page > 0 && rows.length < count && rows.length >= 25 * page, loading, error, load };
}

/** `j` and `k` go from mail to mail; where the one in hand leaves the list, the next takes the focus. */
function useSteps(box: React.RefObject<HTMLUListElement>): void {
    const next = useCell(wishes.nextMail);
    const previous = useCell(wishes.previousMail);
    const seen = useRef({ next, previous });
    const place = useRef(-1);
    useEffect(() => {
        const step = Math.sign(next - seen.current.next) - Math.sign(previous - seen.current.previous);
        seen.current = { next, previous };
        const rows = [...(box.current?.querySelectorAll<HTMLElement>(".mail-summary") ?? [])];
        if (step === 0 || rows.length === 0) return;
        const at = rows.findIndex((row) => row.closest(".mail-row")?.contains(document.activeElement) === true);
        rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step))]?.focus();
    }, [next, previous, box]);

    useLayoutEffect(() => {
        const rows = [...(box.current?.querySelectorAll<HTMLElement>(".mail-row") ?? [])];
        const at = rows.findIndex((row) => row.contains(document.activeElement));
        if (at >= 0) place.current = at;
        else if (place.current >= 0 && document.activeElement === document.body) {
            rows[Math.min(rows.length - 1, place.current)]?.querySelector<HTMLElement>(".mail-summary")?.focus();
        }
    });
    useEffect(() => {
        const note = (): void => {
            const rows = [...(box.current?.querySelectorAll<HTMLElement>(".mail-row") ?? [])];
            place.current = rows.findIndex((row) => row.contains(document.activeElement));
        };
        document.addEventListener("focusin", note);
        return () => document.removeEventListener("focusin", note);
    }, [box]);
}
