import { useCell, useRow } from "../model/cells";
import { conversations } from "../model/conversations";
import { customer } from "../model/names";
import { typing } from "../model/typing";
import { words } from "../words";

/** Who else is writing here just now. Its room is always kept, so that nothing jumps. */
export function TypingLine({ id }: { id: number }): JSX.Element {
    const typists = useCell(typing)[id] ?? [];
    const conversation = useRow(conversations, id);
    const contact = conversation === undefined ? words.unknownContact : customer(conversation);
    const said = typists.map(({ name, agent, private: isNote }) =>
        !agent ? words.composer.typing(name || contact) : isNote ? words.composer.noteTyping(name) : words.composer.replying(name));
    return (
        <div className="typing-line" aria-live="polite">
            {said.length > 0 && <><span className="dots" aria-hidden="true"><i /><i /><i /></span>{said.join(" ")}</>}
        </div>
    );
}
