import type { WorkingDay } from "../../widget/shared/hours";
import type { PreChatOptions } from "./preChat";

/** The shapes that the API answers with. Times are unix seconds. */

export type Channel = "chat" | "email";
export type Status = "open" | "pending" | "snoozed" | "resolved";
export type Priority = "urgent" | "high" | "medium" | "low";
export type Presence = "looking" | "open" | "gone";
export type Availability = "online" | "busy" | "offline";
export type DeliveryChoice = "auto" | "chat_only" | "email_now";
export type DeliveryState =
    | "seen" | "waiting" | "queued" | "emailed" | "deferred" | "uncertain"
    | "failed" | "bounced" | "answered" | "not_sent";

/** `message_type` as a number, as the API has it. */
export const MessageType = { incoming: 0, outgoing: 1, activity: 2, template: 3 } as const;

/** Where an agent's message is: the delivery line. */
export interface Delivery {
    state: DeliveryState;
    until: number | null;
    at: number | null;
    to: string | null;
    reason: string | null;
    line: string | null;
    /** A person should look: nothing mends it by itself, or it takes far too long. */
    warning?: boolean;
}

export interface Mailbox { name: string | null; address: string }

/** The envelope of a message that came by or left as email. */
export interface MailInfo {
    id: number | string | null;
    from: Mailbox | null;
    to: Mailbox[];
    cc: Mailbox[];
    subject: string | null;
    message_id: string | null;
    evidence: "reply_token" | "own_message_id" | "thread_message_id" | "marker" | "address" | "none" | null;
    evidence_detail: string | null;
    standing: "contact" | "participant" | "agent" | "stranger" | "own_address" | null;
    quoted: string | null;
    sender_check?: SenderCheck | null;
    outcome: string | null;
    html?: MailHTML | null;
}

/** Who vouches for a mail's sender; `words` is a sentence. */
export interface SenderCheck { result: string; words: string; dmarc?: { domain: string } | null }

/** What of a mail can be shown as its writer laid it out. */
export interface MailHTML {
    /** More than words: pictures or tables. */
    rich: boolean;
    /** Something stands behind the new part: quotes, a signature. */
    has_more: boolean;
    /** Pictures of other servers, in the new part and in all of it. */
    remote_pictures: number;
    all_remote_pictures: number;
}

export interface Attachment {
    id: number;
    file_type: string;
    extension?: string | null;
    data_url: string;
    thumb_url?: string | null;
    file_size?: number | null;
    file_name?: string | null;
    width?: number | null;
    height?: number | null;
    /** Stands within the text of a mail. */
    inline?: boolean;
}

export interface Sender {
    id: number;
    name?: string | null;
    available_name?: string | null;
    email?: string | null;
    avatar_url?: string | null;
    thumbnail?: string | null;
    type?: string | null;
}

export interface Message {
    id: number;
    content: string | null;
    conversation_id: number;
    inbox_id?: number;
    message_type: number;
    content_type?: string | null;
    content_attributes?: Record<string, unknown> | null;
    created_at: number;
    private: boolean;
    status?: string | null;
    sender?: Sender | null;
    sender_type?: string | null;
    attachments?: Attachment[] | null;
    echo_id?: string | null;
    channel?: Channel | null;
    delivery?: Delivery | null;
    mail?: MailInfo | null;
    held?: boolean;
    conversation?: Partial<Conversation> | null;
    /** Ours: a message on its way to the server (`sending`) or not accepted by it (`unsent`). */
    local?: LocalState;
}

export interface LocalState {
    state: "sending" | "unsent";
    error?: string;
    files: File[];
    choice: DeliveryChoice;
    /** Addresses that get a copy of the mail. */
    copies: string[];
    then: Afterwards | null;
}

/** What becomes of the conversation once the message has arrived. */
export type Afterwards = { status: "resolved" } | { status: "snoozed"; until: number | null };

/** How answers reach the customer of a conversation just now. */
export interface Continuity {
    mode: Channel;
    address: string | null;
    address_state: "claimed" | "proven" | "unreachable" | null;
    can_email: boolean;
    reason: "no_address" | "unreachable" | "muted" | "continuity_off" | "mail_not_configured" | "blocked" | "unproven_limit" | "loop_stopped" | null;
    presence: Presence;
    presence_at: number | null;
    sentence: string;
}

export interface Contact {
    id: number;
    name: string | null;
    email: string | null;
    phone_number: string | null;
    identifier?: string | null;
    thumbnail?: string | null;
    availability_status?: string | null;
    address_state?: Continuity["address_state"];
    blocked?: boolean;
    /** A contact that has proven the address which this one only typed. */
    says_to_be?: { id: number; name: string | null } | null;
    additional_attributes?: Record<string, unknown> | null;
    custom_attributes?: Record<string, unknown> | null;
    last_activity_at?: number | null;
    created_at?: number | null;
}

export interface Agent {
    id: number;
    name: string;
    available_name?: string | null;
    email: string;
    role?: string;
    thumbnail?: string | null;
    availability_status?: Availability;
}

export interface Conversation {
    id: number;
    uuid?: string;
    inbox_id: number;
    status: Status;
    labels: string[];
    priority: Priority | null;
    muted?: boolean;
    snoozed_until: number | null;
    unread_count: number;
    created_at: number;
    last_activity_at: number;
    timestamp?: number;
    waiting_since?: number | null;
    agent_last_seen_at?: number | null;
    contact_last_seen_at?: number | null;
    first_reply_created_at?: number | null;
    additional_attributes?: Record<string, unknown> | null;
    custom_attributes?: Record<string, unknown> | null;
    last_non_activity_message?: Message | null;
    messages?: Message[];
    meta: { sender: Contact; assignee?: Agent | null; team?: Team | null; channel?: string };
    /** Known once the conversation was opened or changed; rows of the list come without. */
    continuity?: Continuity | null;
    /** Mail that waits for a decision, and messages that did not arrive. */
    held_count?: number;
    undelivered_count?: number;
    subject?: string | null;
    /** Too many automatic answers came: no mail leaves until an agent resumes it. */
    loop_stopped?: boolean;
    /** Only of one conversation, not in lists. */
    linked_conversations?: LinkedConversation[];
    mail_participants?: MailParticipant[];
    /** Only in rows that a search found by a message. */
    search_hit?: SearchHit | null;
}

/** The newest message with the words, and a few words around them. */
export interface SearchHit { message_id: number; pieces: { text: string; found: boolean }[] }

/** A conversation that this one came from or went on in. */
export interface LinkedConversation { id: number; subject: string | null; status: Status; relation: "earlier" | "later" }

/** Somebody whose mail into a conversation an agent has decided about, or who stood in To or Cc. */
export interface MailParticipant { address: string; name: string | null; standing: "participant" | "separate" | "discarded" }

export interface Inbox {
    id: number;
    name: string;
    channel_type: string;
    website_url?: string | null;
    widget_color?: string | null;
    website_token?: string | null;
    web_widget_script?: string | null;
    welcome_title?: string | null;
    welcome_tagline?: string | null;
    greeting_enabled?: boolean;
    greeting_message?: string | null;
    email?: string | null;
    reply_domain?: string | null;
    continuity_via_email?: boolean | null;
    pre_chat_form_enabled?: boolean;
    pre_chat_form_options?: PreChatOptions | null;
    hmac_mandatory?: boolean | null;
    /** For administrators of website inboxes alone. */
    hmac_token?: string | null;
    allowed_domains?: string | null;
    trusted_forwarders?: string | null;
    reply_time?: "in_a_few_minutes" | "in_a_few_hours" | "in_a_day" | null;
    selected_feature_flags?: string[] | null;
    lock_to_single_conversation?: boolean;
    follow_up_after_days?: number | null;
    /** Of its mails and pages; null: as the account. */
    locale?: string | null;
    working_hours_enabled?: boolean;
    timezone?: string;
    working_hours?: WorkingDay[];
    out_of_office_message?: string | null;
    csat_survey_enabled?: boolean;
    auto_resolve_after?: number | null;
    auto_resolve_message?: string | null;
}

/** Agents who look after conversations together; whether we belong to it is known from the list of teams alone. */
export interface Team { id: number; name: string; description?: string | null; is_member?: boolean }

export interface Label { id: number; title: string; color?: string | null; description?: string | null }

export interface Profile {
    id: number;
    name: string;
    available_name?: string | null;
    email: string;
    avatar_url?: string | null;
    account_id: number;
    pubsub_token: string;
    ui_settings?: Record<string, unknown>;
    role?: string;
    accounts?: { id: number; name: string; role: string; availability?: Availability; availability_status?: Availability }[];
}

export type Counts = { mine_count: number; unassigned_count: number; assigned_count?: number; all_count: number };

/** One stored inbound mail, as the mail desk lists it. */
export interface StoredMail {
    id: number;
    received_at: number;
    ingress: string | null;
    envelope_from: string | null;
    recipients: string[];
    from: Mailbox | string | null;
    subject: string | null;
    message_id: string | null;
    kind: string | null;
    outcome: string | null;
    reason: string | null;
    evidence: string | null;
    evidence_detail?: string | null;
    standing: string | null;
    conversation_id: number | null;
    message_id_in_conversation?: number | null;
    size: number;
    /** An agent has dealt with it. */
    settled?: boolean;
    original_kept?: boolean;
    /** What can be done with it just now. */
    ways_out?: ("release" | "replay" | "discard" | "same_person" | "participant" | "separate" | "agent")[];
}
