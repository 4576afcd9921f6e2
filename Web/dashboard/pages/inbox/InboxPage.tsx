import { useEffect, useRef, useState } from "react";
import { explain, get } from "../../model/api";
import { useCell } from "../../model/cells";
import { inboxes } from "../../model/directory";
import { go, link } from "../../model/route";
import type { InboxPart, Route } from "../../model/route";
import { account } from "../../model/session";
import type { Inbox } from "../../model/types";
import { Icon } from "../../parts/Icon";
import { Spinner, Trouble } from "../../parts/Small";
import { Tabs } from "../../parts/Tabs";
import { words } from "../../words";
import { EmailPage } from "../email/EmailPage";
import { isEmail } from "../Inboxes";
import { AppearanceTab } from "./AppearanceTab";
import { BeforeTheChatTab } from "./BeforeTheChatTab";
import { GeneralTab } from "./GeneralTab";
import { MailForm } from "./MailForm";
import { MessagesTab } from "./MessagesTab";
import { SecurityTab } from "./SecurityTab";
import type { TabOf } from "./useInboxForm";

const website: InboxPart[] = ["general", "appearance", "messages", "before-chat", "security", "email"];
const mail: InboxPart[] = ["general", "messages", "security", "email"];

/** An inbox in tabs. A tab that was open once stays as it is behind the others: what was written in it waits there. */
export function InboxPage({ id, part: wanted }: { id: number; part: InboxPart }): JSX.Element {
    const known = useCell(inboxes).find((inbox) => inbox.id === id);
    const [inbox, setInbox] = useState<Inbox | null>(null);
    const [error, setError] = useState<string | null>(null);
    const opened = useRef(new Set<InboxPart>());
    useEffect(() => {
        get<Inbox>(account(`/inboxes/${id}`)).then(setInbox).catch((failure: unknown) => setError(explain(failure)));
    }, [id]);
    const titled = inbox ?? known;
    const parts = inbox === null || !isEmail(inbox) ? website : mail;
    const part = parts.includes(wanted) ? wanted : "general";
    const at = (one: InboxPart): Route => ({ page: "settings", section: "inboxes", id, part: one });
    if (inbox !== null) opened.current.add(part);
    return (
        <article className="page-body">
            {titled !== undefined && <h2 className="inbox-title"><Icon name={isEmail(titled) ? "mail" : "globe"} size={20} />{titled.name}
                <span className="inbox-place">{isEmail(titled) ? titled.email : titled.website_url}</span></h2>}
            {inbox === null ? error === null ? <Spinner label={words.inboxes.loading} /> : <Trouble text={error} /> : <>
                <Tabs className="tabs inbox-tabs" label={words.inboxes.parts} chosen={part} choose={(one) => go(at(one))} panels="inbox"
                    tabs={parts.map((one) => ({ name: one, text: words.inboxes.tabs[one], link: link(at(one)) }))} />
                {parts.filter((one) => opened.current.has(one)).map((one) => (
                    <div key={one} role="tabpanel" id={`inbox-${one}`} aria-labelledby={`inbox-tab-${one}`} hidden={one !== part}>
                        <Part part={one} inbox={inbox} changed={setInbox} /></div>
                ))}
            </>}
        </article>
    );
}

function Part({ part, ...of }: TabOf & { part: InboxPart }): JSX.Element {
    switch (part) {
    case "general": return <GeneralTab {...of} />;
    case "appearance": return <AppearanceTab {...of} />;
    case "messages": return <MessagesTab {...of} />;
    case "before-chat": return <BeforeTheChatTab {...of} />;
    case "security": return <SecurityTab {...of} />;
    case "email": return <><EmailPage {...of} /><MailForm inbox={of.inbox.id} /></>;
    }
}
