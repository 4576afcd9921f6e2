import { useState } from "react";
import { attempt } from "../model/toasts";
import { Icon } from "../parts/Icon";
import { words } from "../words";

/** What programs and agents have noted under names. Texts are written here; what is no text is shown as it is. */
export function Attributes({ title, values, set }: {
    title: string; values: Record<string, unknown>; set: (name: string, value: string | null) => Promise<void>;
}): JSX.Element {
    const [adding, setAdding] = useState(false);
    const [name, setName] = useState("");
    const [value, setValue] = useState("");
    const done = (): void => { setAdding(false); setName(""); setValue(""); };
    const add = (): void => {
        if (name.trim() === "" || value.trim() === "") return;
        void attempt(() => set(name.trim(), value.trim())).then((kept) => { if (kept) done(); });
    };
    return (
        <section>
            <h3>{title}</h3>
            {Object.keys(values).length > 0 && <dl className="attributes">
                {Object.entries(values).map(([key, held]) => (
                    <div key={key}>
                        <dt title={key}>{key}</dt>
                        <dd>{typeof held === "string" ? held : JSON.stringify(held)}</dd>
                        <dd className="attribute-remove"><button type="button" className="icon-button" aria-label={words.details.removeAttribute(key)}
                            onClick={() => void attempt(() => set(key, null))}><Icon name="close" size={12} /></button></dd>
                    </div>
                ))}
            </dl>}
            {adding ? <form className="attribute-form" onSubmit={(event) => { event.preventDefault(); add(); }}
                onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); done(); } }}>
                <input autoFocus value={name} maxLength={64} placeholder={words.details.attributeName} aria-label={words.details.attributeName}
                    onChange={(event) => setName(event.target.value)} />
                <input value={value} maxLength={1000} placeholder={words.details.attributeValue} aria-label={words.details.attributeValue}
                    onChange={(event) => setValue(event.target.value)} />
                <div className="form-buttons">
                    <button type="submit" className="button primary small" disabled={name.trim() === "" || value.trim() === ""}>
                        {words.details.save}</button>
                    <button type="button" className="button small" onClick={done}>{words.details.cancel}</button>
                </div>
            </form> : <button type="button" className="label-add" onClick={() => setAdding(true)}>
                <Icon name="plus" size={13} />{words.details.addAttribute}</button>}
        </section>
    );
}
