import { useCell } from "../model/cells";
import { Dialog } from "../parts/Dialog";
import { Icon } from "../parts/Icon";
import { words } from "../words";
import { commands, helpOpen, keyNames } from "./registry";
import type { Command } from "./registry";

export function KeysHelp(): JSX.Element | null {
    if (!useCell(helpOpen)) return null;
    const close = (): void => helpOpen.set(false);
    const groups = Object.keys(words.keys.groups) as Command["group"][];
    return (
        <Dialog label={words.keys.title} className="keys-help" close={close}>
            <header className="dialog-head">
                <h2>{words.keys.title}</h2>
                <button type="button" className="icon-button" aria-label={words.keys.close} data-autofocus onClick={close}>
                    <Icon name="close" size={18} /></button>
            </header>
            <div className="keys-groups">
                {groups.map((group) => (
                    <section key={group}>
                        <h3>{words.keys.groups[group]}</h3>
                        <dl>
                            {commands.filter((command) => command.group === group && keyNames(command).length > 0).map((command) => (
                                <div key={command.id} className="keys-row">
                                    <dt>{command.label}</dt>
                                    <dd><Keys command={command} /></dd>
                                </div>
                            ))}
                        </dl>
                    </section>
                ))}
            </div>
        </Dialog>
    );
}

export function Keys({ command }: { command: Command }): JSX.Element {
    return <span className="keys">{keyNames(command).map((name) => <kbd key={name}>{name}</kbd>)}</span>;
}
