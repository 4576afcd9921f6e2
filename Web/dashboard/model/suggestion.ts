import { Cell } from "./cells";

/** Text that another part wants in the field of a conversation. */
export const suggestion = new Cell<{ conversation: number; text: string; note: boolean } | null>(null);
