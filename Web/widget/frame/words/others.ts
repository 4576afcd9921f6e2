import type { Words } from "./en";

export const others: Record<string, Partial<Words>> = {};
