import { useEffect, useRef, useState } from "react";
import { isWholeForm, longestMessage, mostFields, moved, preChatOf } from "../../model/preChat";
import type { PreChat, PreChatField } from "../../model/preChat";
import { Field, Switch } from "../../parts/Small";
import { words } from "../../words";
import { FieldRow, fieldTitle } from "./beforeChat/FieldRow";
import { FormPreview } from "./beforeChat/FormPreview";
import { NewField } from "./beforeChat/NewField";
import { TabForm } from "./TabForm";
import { useInboxForm } from "./useInboxForm";
import type { TabOf } from "./useInboxForm";

const text = words.beforeChat;

/** What a website asks its visitors before their first message. */
export function BeforeTheChatTab(of: TabOf): JSX.Element {
    const form = useInboxForm<PreChat>(of, preChatOf(of.inbox), (channel) => ({ channel }));
    const options = form.fields.pre_chat_form_options;
    const { pre_chat_message: message, pre_chat_fields: fields } = options;
    const [said, setSaid] = useState("");
    const list = useRef<HTMLOListElement>(null);
    /** A button that was pressed and has moved with its row: it keeps the focus. */
    const pressed = useRef<{ name: string; by: -1 | 1 } | null>(null);
    const set = (part: Partial<PreChat["pre_chat_form_options"]>): void => form.set({ pre_chat_form_options: { ...options, ...part } });
    const change = (name: string, part: Partial<PreChatField>): void =>
        set({ pre_chat_fields: fields.map((field) => (field.name === name ? { ...field, ...part } : field)) });

    useEffect(() => {
        if (pressed.current === null) return;
        const { name, by } = pressed.current;
        pressed.current = null;
        const row = list.current?.querySelector(`[data-field="${CSS.escape(name)}"]`);
        const button = (way: number): HTMLButtonElement | null => row?.querySelector(`[data-move="${way}"]:not(:disabled)`) ?? null;
        (button(by) ?? button(-by))?.focus();
    }, [fields]);

    const move = (index: number, by: -1 | 1): void => {
        const field = fields[index];
        if (field === undefined) return;
        pressed.current = { name: field.name, by };
        setSaid(text.moved(fieldTitle(field), index + by + 1, fields.length));
        set({ pre_chat_fields: moved(fields, index, by) });
    };
    return (
        <TabForm form={form} isWhole={isWholeForm(fields)}>
            <section className="card form before-chat">
                <h3>{words.inboxes.tabs["before-chat"]}</h3>
                <Switch label={text.on} hint={text.onHint} on={form.fields.pre_chat_form_enabled}
                    onChange={(on) => form.set({ pre_chat_form_enabled: on })} />
                {form.fields.pre_chat_form_enabled && <div className="with-preview">
                    <div className="before-chat-words">
                        <Field label={text.message} hint={text.messageHint} error={form.fault("pre_chat_form_options")}>
                            <textarea rows={2} maxLength={longestMessage} value={message} onChange={(event) => set({ pre_chat_message: event.target.value })} />
                        </Field>
                        <ol className="before-chat-fields" ref={list} aria-label={text.fields}>
                            {fields.map((field, index) => <FieldRow key={field.name} field={field} first={index === 0} last={index === fields.length - 1}
                                change={(part) => change(field.name, part)} move={(by) => move(index, by)}
                                remove={() => set({ pre_chat_fields: fields.filter((one) => one !== field) })} />)}
                        </ol>
                        <p className="unseen" role="status">{said}</p>
                        {fields.length < mostFields && <NewField fields={fields} add={(field) => set({ pre_chat_fields: [...fields, field] })} />}
                    </div>
                    <FormPreview message={message} fields={fields} color={of.inbox.widget_color} />
                </div>}
            </section>
        </TabForm>
    );
}
