import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Composer } from "../composer/Composer";
import { useCell, useRow } from "../model/cells";
import { conversations, load, markRead } from "../model/conversations";
import { recoverUnsent } from "../model/sending";
import { change, loadOlder, open, threads } from "../model/threads";
import { line } from "../model/live";
import { look } from "../model/viewing";
import { customer } from "../model/names";
import { MailStopped } from "../parts/MailStopped";
import { Icon } from "../parts/Icon";
import { Empty, Spinner, Trouble } from "../parts/Small";
import { words } from "../words";
import { ThreadHeader } from "./ThreadHeader";
import { ThreadItem } from "./ThreadItem";
import { timeline } from "./timeline";
import { LoopStrip } from "./LoopStrip";
import { StatusStrip } from "./StatusStrip";
import { TypingLine } from "./TypingLine";
import { useFound } from "./useFound";

/** Nearer to the bottom than this counts as being there. */
const near = 60;
/** Older messages are asked for when fewer pixels than this are left above. */
const ahead = 400;

export function Thread({ id, detailsShown, toggleDetails }: { id: number; detailsShown: boolean; toggleDetails: () => void }): JSX.Element {
    const conversation = useRow(conversations, id);
    const thread = useRow(threads, id);
    const late = useCell(line) === "late";

    useEffect(() => {
        void open(id).then(() => recoverUnsent(id));
    }, [id]);
    useEffect(() => look(id), [id]);

    if (conversation === undefined) {
        const again = (): void => { void open(id); void load(id).catch(() => undefined); };
        return (
            <section className="thread" aria-label={words.list.title}>
                <div className="thread-waiting">
                    {thread?.error ? <Trouble text={thread.error} retry={again} /> : <Spinner label={words.thread.loading} />}</div>
            </section>
        );
    }
    return (
        <section className="thread" aria-label={customer(conversation)}>
            <ThreadHeader conversation={conversation} detailsShown={detailsShown} toggleDetails={toggleDetails} />
            {late && <Late />}
            <MailStopped />
            <Messages key={id} id={id} />
            <TypingLine id={id} />
            <LoopStrip conversation={conversation} />
            <StatusStrip conversation={conversation} />
            <Composer key={`composer-${id}`} conversation={conversation} />
        </section>
    );
}

/** Shown wherever news are missed just now. */
export function Late(): JSX.Element {
    return <div className="late" role="status"><span className="spinner" aria-hidden="true" />{words.live.late}</div>;
}

function Messages({ id }: { id: number }): JSX.Element {
    const conversation = useRow(conversations, id);
    const thread = useRow(threads, id);
    const box = useRef<HTMLDivElement>(null);
    const content = useRef<HTMLDivElement>(null);
    const atBottom = useRef(true);
    const before = useRef<{ first: number | undefined; older: boolean; height: number }>({ first: undefined, older: false, height: 0 });
    const lastSeen = useRef<number | undefined>(undefined);
    const [away, setAway] = useState(false);
    const [news, setNews] = useState(false);

    const messages = thread?.messages ?? [];
    const loaded = thread?.loaded ?? false;
    const first = messages[0]?.id;
    const older = thread?.older ?? false;
    const last = messages[messages.length - 1];

    const bottom = useCallback(() => {
        const element = box.current;
        if (element !== null) element.scrollTop = element.scrollHeight;
    }, []);

    // Where the reader was: from the bottom at first, and as it was when the conversation is opened again.
    useLayoutEffect(() => {
        const element = box.current;
        if (element === null || !loaded) return;
        const scroll = threads.get(id)?.scroll ?? null;
        atBottom.current = scroll === null;
        element.scrollTop = scroll === null ? element.scrollHeight : element.scrollHeight - scroll;
    }, [id, loaded]);

    // Messages put in above, and the words where they begin, do not push what is being read.
    useLayoutEffect(() => {
        const element = box.current;
        if (element === null) return;
        const known = before.current;
        if (known.first !== undefined && (first !== known.first || older !== known.older) && !atBottom.current) {
            element.scrollTop += element.scrollHeight - known.height;
        } else if (atBottom.current) {
            element.scrollTop = element.scrollHeight;
        }
        before.current = { first, older, height: element.scrollHeight };
    }, [first, older, messages]);

    // Pictures and opened folds change the height: who was at the bottom stays there.
    useEffect(() => {
        const element = content.current;
        if (element === null) return undefined;
        const observer = new ResizeObserver(() => {
            if (atBottom.current) bottom();
            if (box.current !== null) before.current.height = box.current.scrollHeight;
        });
        observer.observe(element);
        if (box.current !== null) observer.observe(box.current);
        return () => observer.disconnect();
    }, [bottom]);

    // A message of our own brings us down; one of the customer's waits until we look.
    useEffect(() => {
        const known = lastSeen.current;
        lastSeen.current = last?.id;
        if (known === undefined || last === undefined || last.id === known) return;
        if (last.local !== undefined) { atBottom.current = true; bottom(); }
        else if (!atBottom.current && last.id > known) setNews(true);
    }, [last, bottom]);

    const found = useFound(id, box, () => { atBottom.current = false; });

    const scrolled = (): void => {
        const element = box.current;
        if (element === null) return;
        const left = element.scrollHeight - element.scrollTop - element.clientHeight;
        atBottom.current = left < near;
        if (atBottom.current) setNews(false);
        setAway(left > 300);
        if (element.scrollTop < ahead) void loadOlder(id);
    };

    useEffect(() => () => {
        const element = box.current;
        if (threads.get(id) === undefined) return;
        change(id, { scroll: atBottom.current || element === null ? null : element.scrollHeight - element.scrollTop });
    }, [id]);

    // Read is what a person could see: the page in front and the bottom in sight.
    const unread = conversation?.unread_count ?? 0;
    useEffect(() => {
        const look = (): void => {
            if (document.visibilityState === "visible" && document.hasFocus() && loaded) markRead(id);
        };
        look();
        window.addEventListener("focus", look);
        document.addEventListener("visibilitychange", look);
        return () => {
            window.removeEventListener("focus", look);
            document.removeEventListener("visibilitychange", look);
        };
    }, [id, unread, loaded]);

    if (conversation === undefined) return <div className="messages" />;
    const items = timeline(messages, thread?.newFrom ?? null);
    return (
        <div className="messages-frame">
            <div ref={box} className="messages" onScroll={scrolled} tabIndex={0} role="log" aria-label={words.thread.log}
                aria-busy={!loaded}>
                <div ref={content} className="messages-content">
                    {!loaded && messages.length === 0 && !thread?.error &&
                        <div className="thread-waiting"><Spinner label={words.thread.loading} /></div>}
                    {thread?.error && <Trouble text={thread.error} retry={() => void open(id)} />}
                    {thread?.loadingOlder === true && <div className="older"><Spinner label={words.thread.older} /></div>}
                    {loaded && thread?.older === false && messages.length > 0 && <p className="beginning">{words.thread.beginning}</p>}
                    {items.map((item) => <ThreadItem key={item.key} item={item} conversation={conversation} found={found} />)}
                </div>
            </div>
            {(away || news) &&
                <button type="button" className="jump" data-news={news || undefined}
                    onClick={() => { atBottom.current = true; bottom(); setNews(false); }}>
                    <Icon name="down" size={16} />{news ? words.thread.jumpNew : words.thread.jump}
                </button>}
        </div>
    );
}

export function NoThread(): JSX.Element {
    return (
        <section className="thread thread-none">
            <Empty icon="chat" title={words.thread.none}>{words.thread.noneText} <kbd>J</kbd></Empty>
        </section>
    );
}
