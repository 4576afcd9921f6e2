import { useCell } from "../model/cells";
import { typing } from "../model/typing";
import { viewers } from "../model/viewing";
import { Avatar } from "../parts/Avatar";
import { words } from "../words";

/** So many faces fit into a row's corner. */
const most = 3;

interface Face { id: number; name: string; thumbnail?: string | null; doing?: "view" | "reply"; title: string }

/** A row's corner: colleagues who look at the conversation or answer it just now, and who looks after it. */
export function RowPeople({ id, assignee }: {
    id: number; assignee: { id: number; name?: string | null; available_name?: string | null; thumbnail?: string | null } | null;
}): JSX.Element | null {
    const replying = (useCell(typing)[id] ?? []).filter((one) => one.agent && !one.private);
    const looking = useCell(viewers)[id] ?? [];
    const faces = new Map<number, Face>();
    if (assignee !== null) {
        const name = assignee.available_name ?? assignee.name ?? "";
        faces.set(assignee.id, { id: assignee.id, name, thumbnail: assignee.thumbnail, title: name });
    }
    for (const one of looking) faces.set(one.id, { ...one, doing: "view", title: words.list.looking(one.name) });
    for (const one of replying) {
        faces.set(one.id, { id: one.id, name: one.name, thumbnail: faces.get(one.id)?.thumbnail, doing: "reply",
            title: words.list.typingAgent(one.name) });
    }
    if (faces.size === 0) return null;
    return (
        <span className="row-people">
            {[...faces.values()].slice(0, most).map((face) => (
                <span key={face.id} className="face" data-doing={face.doing} title={face.title} role="img" aria-label={face.title}>
                    <Avatar name={face.name} picture={face.thumbnail} size={16} /></span>
            ))}
        </span>
    );
}
