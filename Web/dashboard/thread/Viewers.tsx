import { useCell } from "../model/cells";
import { typing } from "../model/typing";
import { viewers } from "../model/viewing";
import { Avatar } from "../parts/Avatar";
import { words } from "../words";

/** Colleagues who have this conversation on screen too. */
export function Viewers({ id }: { id: number }): JSX.Element | null {
    const looking = useCell(viewers)[id] ?? [];
    const typists = useCell(typing)[id] ?? [];
    if (looking.length === 0) return null;
    return (
        <span className="viewers">
            {looking.slice(0, 4).map((one) => {
                const replies = typists.some((typist) => typist.agent && !typist.private && typist.id === one.id);
                const title = replies ? words.list.typingAgent(one.name) : words.list.looking(one.name);
                return <span key={one.id} className="face" data-doing={replies ? "reply" : "view"} title={title} role="img"
                    aria-label={title}><Avatar name={one.name} picture={one.thumbnail} size={24} /></span>;
            })}
        </span>
    );
}
