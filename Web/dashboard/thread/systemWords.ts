import type { Message } from "../model/types";
import { words } from "../words";
import type { Values } from "../words/activity";

/** What the system said, in the reader's language: by its code; as it came where the code is not known. */
export function systemWords(message: Message): string {
    const told = message.content_attributes?.activity as { code?: unknown; values?: Values } | undefined;
    const say = typeof told?.code === "string" && Object.keys(words.activity).includes(told.code) ? words.activity[told.code] : undefined;
    return say === undefined ? message.content?.trim() ?? "" : say(told?.values ?? {});
}
