import { askForPagesAgain, isWhole, pathOf, useLastPages } from "../model/pages";
import type { Page } from "../model/pages";
import { ago, atFull, useSlowClock } from "../model/time";
import { Icon } from "../parts/Icon";
import { Trouble } from "../parts/Small";
import { words } from "../words";

/** Where on the website the customer was last. Everything in it may come from a stranger's browser: it is text, and says where it leads. */
export function LastPages({ contact }: { contact: number }): JSX.Element | null {
    const { pages, error } = useLastPages(contact);
    if (error === null && pages.length === 0) return null;
    return (
        <section>
            <h3>{words.details.pages}</h3>
            {error !== null && <Trouble text={error} retry={askForPagesAgain} />}
            <ol className="last-pages">{pages.map((page, index) => <Row key={`${page.seen_at} ${index}`} page={page} />)}</ol>
        </section>
    );
}

function Row({ page }: { page: Page }): JSX.Element {
    const now = useSlowClock();
    const path = pathOf(page.url);
    const name = page.title || path;
    return (
        <li>
            <span className="last-page-words" title={page.url}>
                {isWhole(page.url) ? <a className="last-page-title" dir="auto" href={page.url} target="_blank" rel="noopener noreferrer nofollow"><span>{name}</span>
                    <Icon name="external" size={12} label={words.details.newTab} /></a>
                    : <span className="last-page-title" dir="auto">{name}</span>}
                {name !== path && <span className="last-page-path" dir="ltr">{path}</span>}
            </span>
            <time dateTime={new Date(page.seen_at * 1000).toISOString()} title={atFull(page.seen_at)}>{ago(page.seen_at, now)}</time>
        </li>
    );
}
