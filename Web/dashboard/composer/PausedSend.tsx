import { author } from "../model/names";
import type { Conversation, Message } from "../model/types";
import { MessageType } from "../model/types";
import { Icon } from "../parts/Icon";
import { words } from "../words";

/** Why the answer has not left: what others said while it was written. */
export function PausedSend({ messages, conversation }: { messages: Message[]; conversation: Conversation }): JSX.Element | null {
    if (messages.length === 0) return null;
    const name = (message: Message): string => (message.message_type === MessageType.incoming ? author(message, conversation)
        : message.sender?.available_name || message.sender?.name || words.thread.bot);
    const names = new Intl.ListFormat(words.locale).format([...new Set(messages.map(name))]);
    return (
        <div className="paused-send" role="alert">
            <Icon name="warning" size={16} />
            <div>
                <strong>{words.composer.arrived(names)}</strong> {words.composer.arrivedText}
                <ul>
                    {messages.slice(-3).map((message) => <li key={message.id}><b>{name(message)}:</b> {(message.content?.trim()
                        || words.list.attachment).slice(0, 240)}</li>)}
                </ul>
            </div>
        </div>
    );
}
