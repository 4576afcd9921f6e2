import { useState } from "react";
import { fileSize } from "../model/time";
import type { Attachment } from "../model/types";
import { Dialog } from "../parts/Dialog";
import { Icon } from "../parts/Icon";
import { words } from "../words";

export function Attachments({ attachments }: { attachments: Attachment[] }): JSX.Element {
    const [open, setOpen] = useState<Attachment | null>(null);
    const pictures = attachments.filter((one) => one.file_type === "image");
    const files = attachments.filter((one) => one.file_type !== "image");
    return (
        <>
            {pictures.length > 0 && <div className="pictures">
                {pictures.map((one) => <Picture key={one.id} attachment={one} show={() => setOpen(one)} />)}</div>}
            {files.length > 0 && <div className="files">{files.map((one) => <FileLink key={one.id} attachment={one} />)}</div>}
            {open !== null && (
                <Dialog label={fileName(open)} className="picture-dialog" close={() => setOpen(null)}>
                    <img src={here(open.data_url)} alt={fileName(open)} />
                    <footer>
                        <span>{fileName(open)}</span>
                        <a className="icon-button" href={here(open.data_url)} target="_blank" rel="noopener"
                            aria-label={words.mail.original}><Icon name="external" size={18} /></a>
                        <button type="button" className="icon-button" data-autofocus aria-label={words.close}
                            onClick={() => setOpen(null)}><Icon name="close" size={18} /></button>
                    </footer>
                </Dialog>
            )}
        </>
    );
}

function Picture({ attachment, show }: { attachment: Attachment; show: () => void }): JSX.Element {
    const [broken, setBroken] = useState(false);
    if (broken) return <FileLink attachment={attachment} />;
    const ratio = attachment.width && attachment.height ? `${attachment.width} / ${attachment.height}` : undefined;
    return (
        <button type="button" className="picture" onClick={show} aria-label={fileName(attachment)}>
            <img src={here(attachment.thumb_url || attachment.data_url)} alt={fileName(attachment)} loading="lazy"
                style={{ aspectRatio: ratio }} onError={() => setBroken(true)} />
        </button>
    );
}

function FileLink({ attachment }: { attachment: Attachment }): JSX.Element {
    return (
        <a className="file" href={here(attachment.data_url)} target="_blank" rel="noopener">
            <Icon name="file" size={18} />
            <span className="file-name">{fileName(attachment)}</span>
            {typeof attachment.file_size === "number" && <span className="file-size">{fileSize(attachment.file_size)}</span>}
            <Icon name="download" size={14} />
        </a>
    );
}

/** The address of a file on this very server, by whatever name the page was opened. */
function here(address: string): string {
    try {
        const url = new URL(address, location.href);
        return url.pathname.startsWith("/attachments/") ? url.pathname + url.search : address;
    } catch {
        return address;
    }
}

export function fileName(attachment: Attachment): string {
    if (attachment.file_name) return attachment.file_name;
    const tail = attachment.data_url.split(/[?#]/)[0]?.split("/").pop() ?? "";
    try { return decodeURIComponent(tail) || words.list.attachment; } catch { return tail; }
}
