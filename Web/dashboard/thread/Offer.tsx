import type { Message } from "../model/types";
import { Icon } from "../parts/Icon";
import { words } from "../words";

/** One thing that a message offers or asks for, as Chatwoot's bots write it. */
interface Item { title?: unknown; value?: unknown; name?: unknown; label?: unknown; description?: unknown; link?: unknown; options?: unknown; actions?: unknown }
interface Given { name?: unknown; title?: unknown; value?: unknown }

const most = 30;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const rows = <T,>(value: unknown): T[] => (Array.isArray(value) ? value.slice(0, most).filter((one) => typeof one === "object" && one !== null) as T[] : []);

/** What a message offers, and what the customer chose or filled in. */
export function Offer({ message }: { message: Message }): JSX.Element | null {
    const attributes = message.content_attributes ?? {};
    const items = rows<Item>(attributes.items);
    const given = rows<Given>(attributes.submitted_values);
    switch (message.content_type) {
    case "input_select": return <Choices items={items} given={given} />;
    case "form": return <Filled items={items} given={given} />;
    case "cards":
    case "article": return <ul className="offer">{items.map((item, index) => <Card key={index} item={item} />)}</ul>;
    case "input_email": return text(attributes.submitted_email) === "" ? null : <Answered what={text(attributes.submitted_email)} />;
    case "input_csat": return <Rating values={attributes.submitted_values} />;
    default: return null;
    }
}

function Choices({ items, given }: { items: Item[]; given: Given[] }): JSX.Element {
    const chosen = given.map((one) => text(one.value));
    const others = given.filter((one) => !items.some((item) => text(item.value) === text(one.value)));
    return (
        <>
            <ul className="offer">{items.map((item, index) => {
                const taken = chosen.includes(text(item.value));
                return <li key={index} data-taken={taken || undefined} dir="auto">
                    {taken && <Icon name="check" size={14} label={words.thread.offer.chosen} />}{text(item.title) || text(item.value)}</li>;
            })}</ul>
            {others.map((one, index) => <Answered key={index} what={text(one.title) || text(one.value)} />)}
            {given.length === 0 && <Open />}
        </>
    );
}

function Filled({ items, given }: { items: Item[]; given: Given[] }): JSX.Element {
    const valueOf = (item: Item): string => {
        const value = text(given.find((one) => one.name === item.name)?.value);
        const option = rows<Item>(item.options).find((one) => text(one.value) === value);
        return option === undefined ? value : text(option.label) || value;
    };
    return (
        <>
            <dl className="offer-form">{items.map((item, index) => (
                <div key={index}><dt dir="auto">{text(item.label) || text(item.name)}</dt><dd dir="auto">{given.length === 0 ? "…" : valueOf(item) || "–"}</dd></div>
            ))}</dl>
            {given.length === 0 && <Open />}
        </>
    );
}

function Card({ item }: { item: Item }): JSX.Element {
    const address = text(item.link);
    const title = text(item.title);
    return (
        <li dir="auto">
            {/^https?:\/\//i.test(address) ? <a href={address} target="_blank" rel="noopener noreferrer nofollow">{title || address}</a> : <b>{title}</b>}
            {text(item.description) !== "" && <span>{text(item.description)}</span>}
            {rows<{ text?: unknown }>(item.actions).map((action, index) => <span key={index} className="offer-action">{text(action.text)}</span>)}
        </li>
    );
}

function Rating({ values }: { values: unknown }): JSX.Element | null {
    const response = (values as { csat_survey_response?: { rating?: unknown; feedback_message?: unknown } } | undefined)?.csat_survey_response;
    const rating = Number(response?.rating);
    if (!(rating >= 1 && rating <= 5)) return <Open />;
    return <Answered what={[words.thread.offer.rated(rating), text(response?.feedback_message)].filter(Boolean).join(": ")} />;
}

function Answered({ what }: { what: string }): JSX.Element {
    return <p className="offer-answer" dir="auto"><Icon name="check" size={14} label={words.thread.offer.answered} />{what}</p>;
}

function Open(): JSX.Element {
    return <p className="offer-open">{words.thread.offer.open}</p>;
}
