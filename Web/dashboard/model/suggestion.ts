import { Cell } from "./cells";

/** Text that another part wants in the field of a conversation; with it, who was to get a copy. */
export const suggestion = new Cell<{ conversation: number; text: string; note: boolean; copies?: string[] } | null>(null);

/** The text behind what stands there already. */
export const appended = (before: string, text: string): string => (before.trim() === "" ? text : `${before.trimEnd()}\n\n${text}`);
