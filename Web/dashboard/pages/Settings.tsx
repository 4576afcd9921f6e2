import { go, link } from "../model/route";
import type { Route } from "../model/route";
import { me } from "../model/session";
import { Icon } from "../parts/Icon";
import { words } from "../words";
import { Agents } from "./Agents";
import { CannedResponses } from "./CannedResponses";
import { Health } from "./Health";
import { InboxPage } from "./inbox/InboxPage";
import { Inboxes } from "./Inboxes";
import { NewInbox } from "./NewInbox";
import { Teams } from "./Teams";

export function Settings({ route }: { route: Extract<Route, { page: "settings" }> }): JSX.Element {
    return (
        <main className="page settings">
            <nav className="settings-nav" aria-label={words.settings.title}>
                <h1>{words.settings.title}</h1>
                <a {...link({ page: "settings", section: "inboxes", id: null })}
                    aria-current={route.section === "inboxes" ? "page" : undefined}><Icon name="inbox" size={18} />
                    {words.settings.inboxes}</a>
                <a {...link({ page: "settings", section: "canned", id: null })}
                    aria-current={route.section === "canned" ? "page" : undefined}><Icon name="chat" size={18} />
                    {words.canned.title}</a>
                <a {...link({ page: "settings", section: "agents", id: null })}
                    aria-current={route.section === "agents" ? "page" : undefined}><Icon name="person" size={18} />
                    {words.agents.title}</a>
                <a {...link({ page: "settings", section: "teams", id: null })}
                    aria-current={route.section === "teams" ? "page" : undefined}><Icon name="people" size={18} />
                    {words.teams.title}</a>
                {me()?.role === "administrator" && <a {...link({ page: "settings", section: "health", id: null })}
                    aria-current={route.section === "health" ? "page" : undefined}><Icon name="shield" size={18} />
                    {words.health.title}</a>}
            </nav>
            <div className="page-main">
                {route.section === "agents" ? <Agents /> : route.section === "canned" ? <CannedResponses /> : route.section === "teams" ? <Teams />
                    : route.section === "health" ? <Health /> : route.id === null ? <Inboxes />
                    : <>
                        <div className="page-body slim">
                            <button type="button" className="page-back"
                                onClick={() => go({ page: "settings", section: "inboxes", id: null })}><Icon name="back" size={16} />
                                    {words.inboxes.back}</button></div>
                        {typeof route.id === "string"
                            ? <NewInbox key={route.id} kind={route.id === "new-website" ? "website" : "email"} />
                                : <InboxPage key={route.id} id={route.id} part={route.part ?? "general"} />}
                    </>}
            </div>
        </main>
    );
}
