import { useEffect, useState } from "react";
import { fileSize } from "../model/time";
import { Icon } from "../parts/Icon";
import { words } from "../words";

/** The files that will go with the message. */
export function FileChips({ files, remove }: { files: File[]; remove: (index: number) => void }): JSX.Element | null {
    if (files.length === 0) return null;
    return <div className="file-chips">
        {files.map((file, index) => <Chip key={`${file.name}-${index}`} file={file} remove={() => remove(index)} />)}</div>;
}

function Chip({ file, remove }: { file: File; remove: () => void }): JSX.Element {
    const [picture, setPicture] = useState<string | null>(null);
    useEffect(() => {
        if (!file.type.startsWith("image/")) return undefined;
        const address = URL.createObjectURL(file);
        setPicture(address);
        return () => URL.revokeObjectURL(address);
    }, [file]);
    return (
        <span className="file-chip">
            {picture === null ? <Icon name="file" size={16} /> : <img src={picture} alt="" onError={() => setPicture(null)} />}
            <span className="file-name">{file.name || words.composer.unnamedFile}</span>
            <span className="file-size">{fileSize(file.size)}</span>
            <button type="button" aria-label={words.composer.removeFile(file.name)} onClick={remove}><Icon name="close" size={12} />
                </button>
        </span>
    );
}
