import type { Continuity, DeliveryChoice } from "../model/types";
import { Icon } from "../parts/Icon";
import { Menu, MenuHeading, MenuItem } from "../parts/Menu";
import { words } from "../words";

/** What will happen with the answer, in one plain sentence; it opens the choice. `chat`: whether the inbox has any. */
export function DeliverySentence({ continuity, chat, choice, choose }: {
    continuity: Continuity | null | undefined; chat: boolean; choice: DeliveryChoice; choose: (choice: DeliveryChoice) => void;
}): JSX.Element {
    const address = continuity?.address ?? null;
    const canEmail = continuity?.can_email === true;
    const sentence = choice === "chat_only" ? words.composer.chatOnlySentence
        : choice === "email_now" ? words.composer.emailNowSentence(address, chat)
        : continuity ? words.composer.sentence(continuity.mode, address, canEmail ? null : continuity.reason ?? "", chat) : words.composer.noSentence;
    const icon = choice === "chat_only" ? "chat" : choice === "email_now" ? "bolt" : continuity?.mode === "email" ? "mail" : "chat";
    return (
        <Menu label={`${words.composer.choice.label}: ${sentence}`} title={sentence} className="sentence" width={272}
            button={<><Icon name={icon} size={14} /><span>{sentence}</span><Icon name="chevron" size={12} /></>}>
            <MenuHeading>{words.composer.choice.label}</MenuHeading>
            <MenuItem checked={choice === "auto"} icon={<Icon name="refresh" size={16} />}
                hint={continuity?.mode === "email" ? words.composer.choice.autoEmailHint : words.composer.choice.autoHint}
                    onSelect={() => choose("auto")}>{words.composer.choice.auto}</MenuItem>
            {chat && <MenuItem checked={choice === "chat_only"} icon={<Icon name="chat" size={16} />} hint={words.composer.choice.chatHint}
                onSelect={() => choose("chat_only")}>{words.composer.choice.chat_only}</MenuItem>}
            <MenuItem checked={choice === "email_now"} disabled={!canEmail} icon={<Icon name="bolt" size={16} />}
                hint={words.composer.choice.emailHint(address)} onSelect={() => choose("email_now")}>{words.composer.choice.email_now}
                    </MenuItem>
        </Menu>
    );
}
