import { Cell, useCell } from "../model/cells";
import { chooseLanguage } from "../model/session";
import { attempt } from "../model/toasts";
import { words } from "../words";
import { keptLanguage, languages } from "../words/language";
import type { Language } from "../words/language";
import { Dialog } from "./Dialog";
import { Icon } from "./Icon";

export const languageOpen = new Cell(false);

/** In which language the dashboard speaks to this agent, on every device. */
export function LanguageDialog(): JSX.Element | null {
    if (!useCell(languageOpen)) return null;
    const close = (): void => languageOpen.set(false);
    const choice = (language: Language | null): JSX.Element => (
        <li key={language ?? ""}>
            <button type="button" className="language" aria-pressed={keptLanguage() === language} lang={language ?? undefined}
                onClick={() => void attempt(() => chooseLanguage(language))}>
                <span>{language === null ? words.language.browser : languages[language]}</span>
                {keptLanguage() === language && <Icon name="check" size={16} />}
            </button>
        </li>
    );
    return (
        <Dialog label={words.language.label} close={close}>
            <header className="dialog-head">
                <h2>{words.language.label}</h2>
                <button type="button" className="icon-button" aria-label={words.close} data-autofocus onClick={close}>
                    <Icon name="close" size={18} /></button>
            </header>
            <ul className="languages">{choice(null)}{(Object.keys(languages) as Language[]).map(choice)}</ul>
        </Dialog>
    );
}
