import { useState } from "react";
import { useCell } from "../model/cells";
import { dark } from "../model/prefs";
import { account } from "../model/session";
import type { MailHTML, Message } from "../model/types";
import { Icon } from "../parts/Icon";
import { words } from "../words";
import { Ellipsis } from "./MessageBody";

/**
 * A mail as its writer laid it out, in a frame in which nothing runs and which cannot reach this page: no scripts, an origin of its own, and an
 * answer whose own policy fetches nothing but the mail's own pictures. A link opens a window of its own.
 *
 * Because nothing in the frame may run and this page may not look inside, its height cannot follow its content: it is estimated from the text,
 * the rest scrolls, and one button makes it tall.
 */
export function MailFrame({ message, html, name, asText }: { message: Message; html: MailHTML; name: string; asText: () => void }): JSX.Element {
    const [all, setAll] = useState(false);
    const [pictures, setPictures] = useState(false);
    const [tall, setTall] = useState(false);
    const isDark = useCell(dark);
    const part = all ? "all" : "new";
    const remote = all ? html.all_remote_pictures : html.remote_pictures;
    const query = `part=${part}&theme=${isDark ? "dark" : "light"}${pictures ? "&pictures=remote" : ""}`;
    const text = `${message.content ?? ""}\n${all ? message.mail?.quoted ?? "" : ""}`;
    return (
        <div className="mail-frame">
            {!pictures && remote > 0 && <div className="mail-pictures">
                <Icon name="shield" size={15} />
                <button type="button" className="text-link" onClick={() => setPictures(true)}>{words.thread.showPictures(remote)}</button>
                <span>{words.thread.picturesHint}</span>
            </div>}
            <iframe src={account(`/conversations/${message.conversation_id}/messages/${message.id}/html?${query}`)}
                sandbox="allow-popups allow-popups-to-escape-sandbox" referrerPolicy="no-referrer" title={words.thread.frame(name)}
                data-tall={tall || undefined} style={{ height: tall ? undefined : estimate(text, html.rich) }} />
            <div className="body-tools">
                {html.has_more && <Ellipsis open={all} toggle={() => setAll(!all)} />}
                <button type="button" className="body-tool" aria-pressed={tall} onClick={() => setTall(!tall)}>
                    {tall ? words.thread.shorter : words.thread.taller}</button>
                <button type="button" className="body-tool" onClick={asText}>{words.thread.asText}</button>
            </div>
        </div>
    );
}

/** Pixels that a text of this length takes in the frame, within bounds; pictures and tables take more than their words. */
function estimate(text: string, rich: boolean): number {
    const lines = text.trim().split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 84)), 0);
    return Math.min(440, Math.max(rich ? 220 : 64, lines * 22 + 28));
}
