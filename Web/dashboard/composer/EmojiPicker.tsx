import { EMOJI } from "../../widget/shared/emoji";
import { Icon } from "../parts/Icon";
import { Menu, useCloseMenu } from "../parts/Menu";
import { words } from "../words";

/** A few signs for those whose keyboard has none. */
export function EmojiPicker({ insert }: { insert: (sign: string) => void }): JSX.Element {
    return (
        <Menu label={words.composer.emoji} title={words.composer.emoji} className="icon-button" button={<Icon name="smile" />} width={312}>
            <Signs insert={insert} />
        </Menu>
    );
}

function Signs({ insert }: { insert: (sign: string) => void }): JSX.Element {
    const close = useCloseMenu();
    return (
        <div className="emoji-signs" role="none">
            {EMOJI.map((sign) => (
                <button key={sign} type="button" role="menuitem" className="emoji-sign" onClick={() => { close(); insert(sign); }}>{sign}</button>
            ))}
        </div>
    );
}
