import { helpOpen } from "../keys/registry";
import { useCell } from "../model/cells";
import { change, prefs } from "../model/prefs";
import type { Prefs } from "../model/prefs";
import { mailCounts, toDecide } from "../model/mailDesk";
import { notices } from "../model/notices";
import { link } from "../model/route";
import type { Route } from "../model/route";
import { availability, me, setAvailability, signOut } from "../model/session";
import { attempt } from "../model/toasts";
import type { Availability } from "../model/types";
import { words } from "../words";
import { languages, pageLanguage } from "../words/language";
import { Avatar } from "./Avatar";
import { Icon, Mark } from "./Icon";
import type { IconName } from "./Icon";
import { languageOpen } from "./LanguageDialog";
import { Menu, MenuHeading, MenuItem, MenuLine } from "./Menu";

const places: { to: Route; icon: IconName; label: string; administrators?: boolean }[] = [
    { to: { page: "conversations", id: null }, icon: "inbox", label: words.rail.conversations },
    { to: { page: "contacts", id: null }, icon: "people", label: words.rail.contacts },
    { to: { page: "mail" }, icon: "mail", label: words.rail.mail },
    { to: { page: "notices" }, icon: "bell", label: words.notices.title },
    { to: { page: "reports" }, icon: "chart", label: words.rail.reports, administrators: true },
    { to: { page: "settings", section: "inboxes", id: null }, icon: "gear", label: words.rail.settings },
];

export function Rail({ page, unread }: { page: Route["page"]; unread: number }): JSX.Element {
    const state = useCell(availability);
    const { theme } = useCell(prefs);
    const waiting = toDecide(useCell(mailCounts));
    const told = useCell(notices)?.unread ?? 0;
    const self = me();
    const name = self?.available_name || self?.name || "";
    return (
        <nav className="rail" aria-label={words.rail.label}>
            <span className="rail-mark"><Mark size={30} /></span>
            {places.filter((place) => place.administrators !== true || self?.role === "administrator").map(({ to, icon, label }) => (
                <a key={label} className="rail-item" {...link(to)} aria-current={page === to.page ? "page" : undefined} 
                    aria-label={to.page === "mail" && waiting > 0 ? words.rail.mailWaiting(waiting)
                        : to.page === "notices" && told > 0 ? words.notices.rail(told) : label} title={label}>
                    <Icon name={icon} size={22} />
                    {to.page === "conversations" && unread > 0 && <span className="rail-badge" aria-hidden="true" />}
                    {to.page === "notices" && told > 0 && <span className="rail-count" aria-hidden="true">{told > 99 ? "99+" : told}</span>}
                    {to.page === "mail" && waiting > 0 && <span className="rail-count" aria-hidden="true">{waiting > 99 ? "99+" : waiting}
                        </span>}
                </a>
            ))}
            <span className="rail-space" />
            <button type="button" className="rail-item rail-help" aria-label={words.rail.help} title={`${words.rail.help} (?)`}
                onClick={() => helpOpen.set(true)}><Icon name="keyboard" size={22} /></button>
            <Menu label={`${words.rail.account}: ${name}, ${words.availability[state]}`} title={name} className="rail-me" width={220}
                button={<><Avatar name={name} picture={self?.avatar_url} size={34} />
                    <span className="availability-dot" data-state={state} /></>}>
                <div className="menu-person"><b>{name}</b><span>{self?.email}</span></div>
                <MenuLine />
                {(Object.keys(words.availability) as Availability[]).map((one) => (
                    <MenuItem key={one} checked={one === state} icon={<span className="availability-dot" data-state={one} />}
                        onSelect={() => void attempt(() => setAvailability(one))}>{words.availability[one]}</MenuItem>
                ))}
                <MenuLine />
                <MenuHeading>{words.theme.label}</MenuHeading>
                {(["system", "light", "dark"] as Prefs["theme"][]).map((one) =>
                    <MenuItem key={one} checked={one === theme} onSelect={() => change({ theme: one })}>{words.theme[one]}</MenuItem>)}
                <MenuLine />
                <MenuItem onSelect={() => languageOpen.set(true)}>{words.language.label}: {languages[pageLanguage()]}</MenuItem>
                <MenuLine />
                <MenuItem onSelect={() => void signOut()}>{words.signOut}</MenuItem>
            </Menu>
        </nav>
    );
}
