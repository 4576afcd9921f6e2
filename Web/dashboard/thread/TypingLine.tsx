import { useCell, useRow } from "../model/cells";
import { conversations } from "../model/conversations";
import { customer } from "../model/names";
import { typing } from "../model/typing";
import { words } from "../words";

/** Who else is writing here just now. Its room is always kept, so that nothing jumps. */
export function TypingLine({ id }: { id: number }): JSX.Element {
    const typist = useCell(typing)[id];
    const conversation = useRow(conversations, id);
    const name = typist?.name || (conversation === undefined ? words.unknownContact : customer(conversation));
    return (
        <div className="typing-line" aria-live="polite">
            {typist !== undefined && <>
                <span className="dots" aria-hidden="true"><i /><i /><i /></span>
                {typist.agent ? (typist.private ? words.composer.noteTyping(name) : words.composer.replying(name))
                    : words.composer.typing(name)}
            </>}
        </div>
    );
}
