import { Icon } from "../../parts/Icon";
import { Field, Switch } from "../../parts/Small";
import { words } from "../../words";
import { fillAndText, parseColour, toHex } from "../../../widget/shared/colour";
import { TabForm } from "./TabForm";
import { useInboxForm } from "./useInboxForm";
import type { TabOf } from "./useInboxForm";

const replyTimes = ["in_a_few_minutes", "in_a_few_hours", "in_a_day"] as const;
const features = ["attachments", "emoji_picker", "end_conversation"] as const;

/** The widget's own rule for colours on which no text could be read. */
const isMoved = (colour: string): boolean => toHex(fillAndText(parseColour(colour)).fill) !== toHex(parseColour(colour));

interface Looks {
    welcome_title: string; welcome_tagline: string; widget_color: string; reply_time: (typeof replyTimes)[number]; selected_feature_flags: string[];
}

/** How the widget looks on the website, and beside it what visitors see. */
export function AppearanceTab(of: TabOf): JSX.Element {
    const { inbox } = of;
    const form = useInboxForm<Looks>(of, {
        welcome_title: inbox.welcome_title ?? "", welcome_tagline: inbox.welcome_tagline ?? "", widget_color: inbox.widget_color || "#0b6e75",
        reply_time: inbox.reply_time ?? "in_a_few_minutes", selected_feature_flags: inbox.selected_feature_flags ?? [...features],
    }, (channel) => ({ channel }));
    const { fields, set, fault } = form;
    const say = words.inboxes;
    const allow = (feature: string, on: boolean): void => set({
        selected_feature_flags: on ? [...fields.selected_feature_flags, feature] : fields.selected_feature_flags.filter((one) => one !== feature),
    });
    return (
        <TabForm form={form}>
            <section className="card form with-preview">
                <div>
                    <h3>{say.tabs.appearance}</h3>
                    <Field label={say.welcomeTitle} error={fault("welcome_title")}>
                        <input value={fields.welcome_title} onChange={(event) => set({ welcome_title: event.target.value })} /></Field>
                    <Field label={say.welcomeTagline} error={fault("welcome_tagline")}>
                        <input value={fields.welcome_tagline} onChange={(event) => set({ welcome_tagline: event.target.value })} /></Field>
                    <Field label={say.color} error={fault("widget_color")}
                        hint={isMoved(fields.widget_color) ? say.colorLow : undefined}>
                        <span className="color-field">
                            <input type="color" value={/^#[0-9a-f]{6}$/i.test(fields.widget_color) ? fields.widget_color : "#0b6e75"}
                                onChange={(event) => set({ widget_color: event.target.value })} />
                            <input value={fields.widget_color} maxLength={7} aria-label={say.color}
                                onChange={(event) => set({ widget_color: event.target.value })} /></span>
                    </Field>
                    <Field label={say.replyTime} hint={say.replyTimeHint} error={fault("reply_time")}>
                        <select value={fields.reply_time} onChange={(event) => set({ reply_time: event.target.value as Looks["reply_time"] })}>
                            {replyTimes.map((one) => <option key={one} value={one}>{say.replyTimes[one]}</option>)}</select></Field>
                </div>
                <WidgetPreview looks={fields} name={inbox.name} />
            </section>
            <section className="card form">
                <h3>{say.mayDo}</h3>
                {features.map((one) => <Switch key={one} label={say.features[one]} on={fields.selected_feature_flags.includes(one)}
                    onChange={(on) => allow(one, on)} />)}
            </section>
        </TabForm>
    );
}

function WidgetPreview({ looks, name }: { looks: Looks; name: string }): JSX.Element {
    // The widget's own rule: what is drawn here is what visitors see.
    const { fill, text } = fillAndText(parseColour(looks.widget_color));
    const colours = { background: toHex(fill), color: toHex(text) };
    return (
        <div className="widget-preview" aria-label={words.inboxes.preview} role="img">
            <div className="widget-preview-head" style={colours}><b>{looks.welcome_title || name}</b>
                <span>{looks.welcome_tagline || words.inboxes.previewGreeting}</span></div>
            <div className="widget-preview-body"><p>{words.inboxes.replyTimes[looks.reply_time]}</p><i /><i /></div>
            <span className="widget-preview-launcher" style={colours}><Icon name="chat" size={18} /></span>
        </div>
    );
}
