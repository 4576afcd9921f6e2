import { useState } from "react";
import { useCell } from "../model/cells";
import { inboxes, teams } from "../model/directory";
import { plainView, show, view } from "../model/listing";
import type { Kind } from "../model/listing";
import { attempt, say } from "../model/toasts";
import { deleteView, differs, openView, renameView, savedViews, saveView, updateView } from "../model/views";
import { Dialog } from "../parts/Dialog";
import { Icon } from "../parts/Icon";
import type { IconName } from "../parts/Icon";
import { Menu, MenuHeading, MenuItem, MenuLine } from "../parts/Menu";
import { Field } from "../parts/Small";
import { words } from "../words";

const kinds: { kind: Kind; icon: IconName }[] = [
    { kind: "all", icon: "inbox" }, { kind: "mention", icon: "person" }, { kind: "unattended", icon: "clock" }, { kind: "held", icon: "shield" },
];

/** The list's heading: which view it shows, and the others. */
export function ViewMenu(): JSX.Element {
    const now = useCell(view);
    const doors = useCell(inboxes);
    const groups = useCell(teams);
    const mine = useCell(savedViews);
    const [naming, setNaming] = useState<"new" | "old" | null>(null);
    const saved = mine.find((one) => one.id === now.saved);
    const title = saved?.name ?? (now.kind !== "all" ? words.views.kinds[now.kind] : doors.find((one) => one.id === now.inbox)?.name
        ?? groups.find((one) => one.id === now.team)?.name ?? words.list.title);
    return (
        <>
            <h1><Menu label={title} title={words.views.title} className="view-button" width={264}
                button={<><span>{title}</span><Icon name="chevron" size={14} /></>}>
                {kinds.map(({ kind, icon }) => (
                    <MenuItem key={kind} checked={saved === undefined && kind === now.kind} icon={<Icon name={icon} size={16} />}
                        hint={kind === "all" ? undefined : words.views.hints[kind]}
                        onSelect={() => show({ ...plainView, kind, status: kind === "mention" ? "all" : "open" })}>
                        {words.views.kinds[kind]}</MenuItem>
                ))}
                {mine.length > 0 && <><MenuLine /><MenuHeading>{words.views.mine}</MenuHeading></>}
                {mine.map((one) => <MenuItem key={one.id} checked={one.id === saved?.id} icon={<Icon name="filter" size={16} />}
                    onSelect={() => openView(one)}>{one.name}</MenuItem>)}
                <MenuLine />
                {saved !== undefined && differs(saved, now) &&
                    <MenuItem icon={<Icon name="check" size={16} />}
                        onSelect={() => void attempt(async () => { await updateView(saved.id); say(words.views.saved); })}>
                        {words.views.update}</MenuItem>}
                <MenuItem icon={<Icon name="plus" size={16} />} onSelect={() => setNaming("new")}>{words.views.save}</MenuItem>
                {saved !== undefined && <MenuItem icon={<Icon name="pencil" size={16} />} onSelect={() => setNaming("old")}>
                    {words.views.rename(saved.name)}</MenuItem>}
                {saved !== undefined &&
                    <MenuItem danger icon={<Icon name="close" size={16} />}
                        onSelect={() => void attempt(async () => { await deleteView(saved.id); say(words.views.removed); })}>
                        {words.views.remove(saved.name)}</MenuItem>}
            </Menu></h1>
            {naming === "new" && <NameDialog title={words.views.saveTitle} lead={words.views.saveText} name="" done={words.views.saved} keep={saveView}
                close={() => setNaming(null)} />}
            {naming === "old" && saved !== undefined && <NameDialog title={words.views.renameTitle} name={saved.name} done={words.views.renamed}
                keep={(name) => renameView(saved.id, name)} close={() => setNaming(null)} />}
        </>
    );
}

function NameDialog({ title, lead, name: before, done, keep, close }: { title: string; lead?: string; name: string; done: string;
    keep: (name: string) => Promise<void>; close: () => void }): JSX.Element {
    const [name, setName] = useState(before);
    const save = (): void => {
        if (name.trim() === "") return;
        void attempt(async () => { await keep(name.trim()); say(done); close(); });
    };
    return (
        <Dialog label={title} className="small-dialog" close={close}>
            <form onSubmit={(event) => { event.preventDefault(); save(); }}>
                <h2>{title}</h2>
                {lead !== undefined && <p className="page-lead">{lead}</p>}
                <Field label={words.views.name}>
                    <input data-autofocus value={name} maxLength={60} onChange={(event) => setName(event.target.value)} /></Field>
                <div className="form-buttons">
                    <button type="submit" className="button primary" disabled={name.trim() === ""}>{words.views.keep}</button>
                    <button type="button" className="button" onClick={close}>{words.views.cancel}</button>
                </div>
            </form>
        </Dialog>
    );
}
