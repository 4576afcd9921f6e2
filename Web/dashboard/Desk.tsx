import { memo, useEffect, useRef, useState } from "react";
import { Details } from "./details/Details";
import { CommandBar } from "./keys/CommandBar";
import { KeysHelp } from "./keys/KeysHelp";
import { listen, wish, wishes } from "./keys/registry";
import { ConversationList } from "./list/ConversationList";
import { useCell, useTable } from "./model/cells";
import { conversations } from "./model/conversations";
import { loadDirectory } from "./model/directory";
import { connect, disconnect } from "./model/live";
import { reload } from "./model/listing";
import { countMails } from "./model/mailDesk";
import { loadDrafts } from "./model/drafts";
import { loadMailHealth } from "./model/mailHealth";
import { watchNotices } from "./model/notices";
import { loadViewers } from "./model/viewing";
import { loadViews } from "./model/views";
import { change, detailsBounds, listBounds, prefs } from "./model/prefs";
import { route } from "./model/route";
import { Contacts } from "./pages/Contacts";
import { MailDesk } from "./pages/MailDesk";
import { Notices } from "./pages/Notices";
import { Reports } from "./pages/reports/Reports";
import { Settings } from "./pages/Settings";
import { showFavicon } from "./parts/favicon";
import { Drawer } from "./parts/Drawer";
import { LanguageDialog } from "./parts/LanguageDialog";
import { Rail } from "./parts/Rail";
import { SnoozeDate } from "./parts/SnoozeItems";
import { Splitter } from "./parts/Splitter";
import { useMedia } from "./parts/useMedia";
import { NoThread, Thread } from "./thread/Thread";
import { words } from "./words";

/** Everything behind the sign-in. */
export function Desk(): JSX.Element {
    const where = useCell(route);
    const unread = useUnread();
    useEffect(() => {
        connect();
        void loadDirectory();
        void reload();
        loadDrafts();
        void loadViews().catch(() => undefined);
        void loadViewers().catch(() => undefined);
        void countMails().catch(() => undefined);
        void loadMailHealth().catch(() => undefined);
        const stops = [listen(), watchNotices()];
        return () => { stops.forEach((stop) => stop()); disconnect(); };
    }, []);
    useEffect(() => {
        document.title = unread > 0 ? `(${unread}) ${words.product}` : words.product;
        showFavicon(unread > 0);
    }, [unread]);
    const inThread = where.page === "conversations" && where.id !== null;
    return (
        <div className="desk" data-thread={inThread || undefined}>
            <Rail page={where.page} unread={unread} />
            {where.page === "conversations" && <Conversations id={where.id} />}
            {where.page === "contacts" && <Contacts id={where.id} />}
            {where.page === "mail" && <MailDesk />}
            {where.page === "reports" && <Reports />}
            {where.page === "notices" && <Notices />}
            {where.page === "settings" && <Settings route={where} />}
            <CommandBar />
            <KeysHelp />
            <LanguageDialog />
            <SnoozeDate />
        </div>
    );
}

/** How many open conversations have something unread. */
function useUnread(): number {
    const table = useTable(conversations);
    let count = 0;
    for (const one of table.values()) if (one.unread_count > 0 && one.status === "open") count += 1;
    return count;
}

/** Drawn anew for its own reasons only, not with every count of what is unread. */
const Conversations = memo(function Conversations({ id }: { id: number | null }): JSX.Element {
    const { listWidth, detailsWidth, detailsShown } = useCell(prefs);
    const roomy = useMedia("(min-width: 1100px)");
    const narrow = useMedia("(max-width: 759.98px)");
    const [drawer, setDrawer] = useState(false);
    const shown = roomy ? detailsShown : drawer;
    const toggle = (): void => (roomy ? change({ detailsShown: !detailsShown }) : setDrawer(!drawer));

    const toggleAsked = useCell(wishes.details);
    const editAsked = useCell(wishes.editContact);
    const labelAsked = useCell(wishes.label);
    const seen = useRef({ toggleAsked, editAsked, labelAsked });
    useEffect(() => {
        const before = seen.current;
        seen.current = { toggleAsked, editAsked, labelAsked };
        if (before.toggleAsked !== toggleAsked) toggle();
        // What is wanted stands in the details: they open first, then the wish is made again.
        const wanted = before.editAsked !== editAsked ? "editContact" : before.labelAsked !== labelAsked ? "label" : null;
        if (wanted === null || shown) return;
        toggle();
        window.setTimeout(() => wish(wanted), 50);
    });
    useEffect(() => setDrawer(false), [id, roomy]);

    return (
        <main className="conversations"
            style={{ "--list-width": `${listWidth}px`, "--details-width": `${detailsWidth}px` } as React.CSSProperties}>
            {(!narrow || id === null) && <ConversationList selected={id} />}
            {!narrow && <Splitter label={words.panes.list} side="before" value={listWidth} bounds={listBounds} usual={348}
                onChange={(width) => change({ listWidth: width })} />}
            {id === null ? !narrow && <NoThread /> : <Thread id={id} detailsShown={shown} toggleDetails={toggle} />}
            {id !== null && shown && roomy && <>
                <Splitter label={words.panes.details} side="after" value={detailsWidth} bounds={detailsBounds} usual={304}
                    onChange={(width) => change({ detailsWidth: width })} />
                <Details id={id} close={toggle} />
            </>}
            {id !== null && shown && !roomy &&
                <Drawer label={words.details.title} close={() => setDrawer(false)}><Details id={id} close={() => setDrawer(false)} />
                    </Drawer>}
        </main>
    );
});
