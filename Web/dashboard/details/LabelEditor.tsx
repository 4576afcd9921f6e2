import { useState } from "react";
import { wishes } from "../keys/registry";
import { useCell } from "../model/cells";
import { setLabels } from "../model/conversations";
import { labels, loadLabels } from "../model/directory";
import { attempt } from "../model/toasts";
import type { Conversation } from "../model/types";
import { Icon } from "../parts/Icon";
import { Menu, MenuItem } from "../parts/Menu";
import { words } from "../words";

export function LabelEditor({ conversation }: { conversation: Conversation }): JSX.Element {
    const known = useCell(labels);
    const asked = useCell(wishes.label);
    const [filter, setFilter] = useState("");
    const color = (title: string): string | undefined => known.find((label) => label.title === title)?.color ?? undefined;
    const set = (next: string[]): void => void attempt(async () => {
        await setLabels(conversation.id, next);
        // A label that is new has got its colour now.
        if (next.some((title) => !known.some((label) => label.title === title))) await loadLabels();
    });
    const toggle = (title: string): void => {
        setFilter("");
        set(conversation.labels.includes(title) ? conversation.labels.filter((one) => one !== title) : [...conversation.labels, title]);
    };
    // Labels are words without spaces, as the API wants them.
    const wanted = filter.trim().toLowerCase().replace(/\s+/g, "-");
    const titles = [...new Set([...known.map((label) => label.title), ...conversation.labels])].filter((title) => title.includes(wanted));
    return (
        <div className="labels">
            {conversation.labels.map((title) => (
                <span key={title} className="label-chip">
                    <span className="label-dot" style={{ background: color(title) }} />{title}
                    <button type="button" aria-label={words.details.removeLabel(title)} onClick={() => toggle(title)}>
                        <Icon name="close" size={11} /></button>
                </span>
            ))}
            <Menu label={words.details.addLabel} className="label-add" width={232} openSignal={asked}
                filter={<input className="menu-filter" data-autofocus value={filter} placeholder={words.details.labelPlaceholder}
                    aria-label={words.details.labelPlaceholder}
                    onChange={(event) => setFilter(event.target.value)}
                    onKeyDown={(event) => { if (event.key === "Enter"
                        && wanted !== "") { event.preventDefault();
                            toggle(titles.find((title) => title === wanted) ?? titles[0] ?? wanted); } }} />}
                button={<><Icon name="plus" size={13} />{words.details.addLabel}</>}>
                {titles.map((title) => (
                    <MenuItem key={title} keepOpen checked={conversation.labels.includes(title)}
                        icon={<span className="label-dot" style={{ background: color(title) }} />} onSelect={() => toggle(title)}>{title}
                            </MenuItem>
                ))}
                {wanted !== "" && !titles.includes(wanted) &&
                    <MenuItem icon={<Icon name="plus" size={14} />} onSelect={() => toggle(wanted)}>{words.details.createLabel(wanted)}
                        </MenuItem>}
            </Menu>
        </div>
    );
}
