import { useCell, useRow } from "../model/cells";
import { conversations } from "../model/conversations";
import { called } from "../model/names";
import { selection, toggle } from "../model/selection";
import { words } from "../words";

/** The box over a row's face: there under the pointer, with the focus, and while anything is selected. */
export function RowSelect({ id }: { id: number }): JSX.Element | null {
    const chosen = useCell(selection);
    const sender = useRow(conversations, id)?.meta.sender;
    return <input type="checkbox" className="row-select" data-shown={chosen.size > 0 || undefined} checked={chosen.has(id)}
        aria-label={words.bulk.select(called(sender ?? {}, id))} onChange={() => toggle(id)} />;
}
