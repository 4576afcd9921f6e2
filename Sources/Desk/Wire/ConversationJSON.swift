import Conversations
import Store

/// A conversation with all that a row of the list and a header show.
public struct ConversationView: Sendable {
    public var conversation: Conversation
    public var contact: Contact
    public var inbox: Inbox
    public var assignee: Agent?
    public var team: Team?
    public var lastMessage: MessageView?
    public var messages: [MessageView]
    public var continuity: ContinuityView?
    /// Held mail and failed deliveries: the pills of the list.
    public var trouble = ConversationTrouble()
    /// Chatwoot's word for the contact's presence: `online` is looking, `busy` has a page open.
    public var availability = "offline"
    /// Where in it the words stand that were searched for.
    public var hit: SearchHit?
    /// What one conversation shows and a list does not.
    public var surroundings: ConversationSurroundings?
}

/// How the conversation can go on, in words.
public struct ContinuityView: Sendable {
    public enum Presence: String, Sendable { case looking, open, gone }

    public var mode: Message.Channel
    /// An inbox without a website has no chat: what cannot leave as email reaches nobody.
    public var hasChat: Bool
    public var address: String?
    public var addressState: AddressState?
    /// nil when mail can be sent.
    public var hindrance: NotSentReason?
    public var presence: Presence
    public var presenceAt: Instant?

    /// What will happen to the next message, for the composer.
    public var sentence: String {
        guard let hindrance else {
            let recipient = address ?? "the customer"
            guard mode == .email || !hasChat else { return "Shows in chat now; emailed to \(recipient) if not seen." }
            return "Leaves as email to \(recipient)\(hasChat ? ", and shows in chat" : "")."
        }
        guard hindrance != .blocked else { return "Goes nowhere: this contact is blocked." }
        let reason: String? =
            switch hindrance {
            case .noAddress: "no address is known"
            case .unreachable: "mail to \(address ?? "the address") comes back"
            case .muted: "the customer wants no mail of this conversation"
            case .continuityOff: "this inbox sends no mail"
            case .mailNotConfigured: "mail is not set up yet"
            case .unprovenLimit: "\(address ?? "the address") has not answered the last three mails"
            case .loopStopped: "too many automatic answers came back"
            case .blocked, .chatOnly, .unproven: nil
            }
        return "\(hasChat ? "Shows in chat only" : "Goes nowhere")\(reason.map { ": \($0)" } ?? "")."
    }
}

extension JSON {
    public static func conversation(_ view: ConversationView, links: AttachmentLinks) -> JSON {
        let conversation = view.conversation
        // It stands twice in the answer, as Chatwoot has it: written once.
        let last = view.lastMessage.map { JSON.raw(message($0, links: links).text) } ?? .null
        var fields: [(String, JSON)] = [
            (
                "meta",
                .object([
                    ("sender", contact(view.contact, availability: view.availability, saysToBe: view.surroundings?.saysToBe)),
                    ("channel", .string(view.inbox.kind == .website ? "Channel::WebWidget" : "Channel::Email")),
                    ("assignee", view.assignee.map { agent($0) } ?? .null), ("team", view.team.map { team($0) } ?? .null),
                    ("hmac_verified", .bool(false)),
                ])
            ),
            ("id", .integer(conversation.displayID)), ("account_id", .integer(conversation.accountID.value)),
            ("uuid", .string(conversation.uuid)), ("inbox_id", .integer(conversation.inboxID.value)),
            ("inbox_name", .string(view.inbox.name)), ("status", .string(conversation.status.rawValue)),
            ("priority", JSON(conversation.priority?.rawValue)), ("subject", .string(conversation.subject)),
            ("labels", .array(conversation.labels.map { .string($0) })), ("muted", .bool(conversation.muted)),
            ("loop_stopped", .bool(conversation.loopStopped)), ("can_reply", .bool(true)),
            ("snoozed_until", JSON(conversation.snoozedUntil?.seconds)), ("unread_count", .integer(Int64(conversation.unreadCount))),
            ("additional_attributes", .raw(conversation.additionalAttributes)),
            ("custom_attributes", .raw(conversation.customAttributes)),
            ("agent_last_seen_at", .integer(conversation.agentLastSeenAt?.seconds ?? 0)),
            ("assignee_last_seen_at", .integer(conversation.agentLastSeenAt?.seconds ?? 0)),
            ("contact_last_seen_at", .integer(conversation.contactLastSeenAt?.seconds ?? 0)),
            ("first_reply_created_at", JSON(conversation.firstReplyAt?.seconds)),
            ("waiting_since", .integer(conversation.waitingSince?.seconds ?? 0)),
            ("last_activity_at", .integer(conversation.lastActivityAt.seconds)),
            ("timestamp", .integer(conversation.lastActivityAt.seconds)),
            ("created_at", .integer(conversation.createdAt.seconds)), ("updated_at", .number(conversation.updatedAt.fractionalSeconds)),
            ("last_non_activity_message", last),
            (
                "messages",
                .array(
                    view.messages.isEmpty ? (view.lastMessage == nil ? [] : [last]) : view.messages.map { message($0, links: links) })
            ),
            ("held_count", .integer(Int64(view.trouble.held))), ("undelivered_count", .integer(Int64(view.trouble.undelivered))),
            ("uncertain_count", .integer(Int64(view.trouble.uncertain))),
            ("continuity", view.continuity.map { continuity($0) } ?? .null),
            ("search_hit", view.hit.map { hit($0) } ?? .null),
        ]
        if let around = view.surroundings { fields += surroundings(around) }
        return .object(fields)
    }

    private static func hit(_ hit: SearchHit) -> JSON {
        .object([
            ("message_id", .integer(hit.message.value)),
            ("pieces", .array(hit.pieces.map { .object([("text", .string($0.text)), ("found", .bool($0.isFound))]) })),
        ])
    }

    /// A conversation as its visitor sees it.
    public static func conversationForVisitor(_ conversation: Conversation) -> JSON {
        .object([
            ("id", .integer(conversation.displayID)), ("inbox_id", .integer(conversation.inboxID.value)),
            ("status", .string(conversation.status.rawValue)),
            ("contact_last_seen_at", .integer(conversation.contactLastSeenAt?.seconds ?? 0)),
            ("contact_last_seen_at_ms", .integer(conversation.contactLastSeenAt?.milliseconds ?? 0)),
        ])
    }

    static func continuity(_ view: ContinuityView) -> JSON {
        .object([
            ("mode", .string(view.mode.rawValue)), ("address", JSON(view.address)), ("address_state", JSON(view.addressState?.rawValue)),
            ("can_email", .bool(view.hindrance == nil)), ("reason", JSON(view.hindrance?.rawValue)),
            ("presence", .string(view.presence.rawValue)), ("presence_at", JSON(view.presenceAt?.seconds)),
            ("sentence", .string(view.sentence)),
        ])
    }
}
