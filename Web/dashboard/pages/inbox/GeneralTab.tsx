import { link } from "../../model/route";
import { CopyButton } from "../../parts/CopyButton";
import { Icon } from "../../parts/Icon";
import { Field, Switch } from "../../parts/Small";
import { words } from "../../words";
import { isEmail, isWebAddress } from "../Inboxes";
import { TabForm } from "./TabForm";
import { useInboxForm } from "./useInboxForm";
import type { TabOf } from "./useInboxForm";

/** What the widget and the mails speak. */
const customersLanguages = ["ar", "de", "en", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "sv", "tr", "zh"];

/** As the language calls itself; as it is written where the browser does not know it. */
function nameOf(tag: string): string {
    try {
        return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
    } catch {
        return tag;
    }
}

/** What an inbox is called, where it stands, and when a customer's word begins a new conversation. */
export function GeneralTab(of: TabOf): JSX.Element {
    const { inbox } = of;
    const email = isEmail(inbox);
    const form = useInboxForm(of, {
        name: inbox.name, website_url: inbox.website_url ?? "", lock_to_single_conversation: inbox.lock_to_single_conversation === true,
        follow_up_after_days: inbox.follow_up_after_days ?? 0, locale: inbox.locale ?? "",
    }, (fields) => ({
        name: fields.name.trim(), follow_up_after_days: fields.follow_up_after_days, locale: fields.locale === "" ? null : fields.locale,
        ...(email ? { lock_to_single_conversation: fields.lock_to_single_conversation } : { channel: { website_url: fields.website_url.trim() } }),
    }));
    const { fields, set, fault } = form;
    const noName = fields.name.trim() === "";
    const noPlace = !email && !isWebAddress(fields.website_url);
    return (
        <>
            {inbox.web_widget_script && <Snippet code={inbox.web_widget_script} inbox={inbox.id} />}
            <TabForm form={form} isWhole={!noName && !noPlace}>
                <section className="card form">
                    <h3>{words.inboxes.tabs.general}</h3>
                    <Field label={words.inboxes.name} hint={words.inboxes.nameHint} error={noName ? words.inboxes.required : fault("name")}>
                        <input value={fields.name} onChange={(event) => set({ name: event.target.value })} /></Field>
                    {!email && <Field label={words.inboxes.websiteURL} error={noPlace ? words.inboxes.badURL : fault("website_url")}>
                        <input type="url" value={fields.website_url} spellCheck={false}
                            onChange={(event) => set({ website_url: event.target.value })} /></Field>}
                    {email && <Switch label={words.inboxes.single} hint={words.inboxes.singleHint} on={fields.lock_to_single_conversation}
                        onChange={(on) => set({ lock_to_single_conversation: on })} />}
                    <Field label={words.inboxes.followUp} hint={words.inboxes.followUpHint} error={fault("follow_up_after_days")}>
                        <input type="number" min={0} max={3650} value={fields.follow_up_after_days}
                            onChange={(event) => set({ follow_up_after_days: Math.max(0, Math.round(Number(event.target.value))) })} /></Field>
                    <Field label={words.inboxes.language} hint={words.inboxes.languageHint} error={fault("locale")}>
                        <select value={fields.locale} onChange={(event) => set({ locale: event.target.value })}>
                            <option value="">{words.inboxes.languageUsual}</option>
                            {[...new Set([...customersLanguages, ...(fields.locale === "" ? [] : [fields.locale])])].map((one) =>
                                <option key={one} value={one} lang={one}>{nameOf(one)}</option>)}
                        </select></Field>
                </section>
            </TabForm>
        </>
    );
}

function Snippet({ code, inbox }: { code: string; inbox: number }): JSX.Element {
    return (
        <section className="card form">
            <h3>{words.inboxes.snippet}</h3>
            <p className="field-hint">{words.inboxes.snippetText}</p>
            <div className="snippet"><pre tabIndex={0}>{code.trim()}</pre>
                <CopyButton text={code} what={words.inboxes.snippet} label={words.inboxes.copy} /></div>
            <a className="text-link" {...link({ page: "settings", section: "inboxes", id: inbox, part: "email" })}>
                <Icon name="mail" size={16} />{words.inboxes.nextEmail}</a>
        </section>
    );
}
