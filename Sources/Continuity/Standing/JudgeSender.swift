import Conversations

/// What follows from who sent a mail.
public struct StandingVerdict: Sendable, Hashable {
    public enum Handling: String, Sendable, Codable, CaseIterable {
        /// It is a message of the conversation.
        case accept
        /// It stands in the thread for agents only, until one decides.
        case hold
        /// It is kept, but no message.
        case quarantine
    }

    public var standing: SenderStanding
    public var handling: Handling
    /// Whether the visitor's widget may show it.
    public var visibleToVisitor: Bool
    /// Whether it proves the contact's address.
    public var provesAddress: Bool
    /// Why, as a sentence for agents.
    public var reason: String
}

/// Who the sender is to the conversation and what follows from it (behaviour §5.2). Finding the conversation was another question.
///
/// - Our own address comes first: a loop is a loop whoever else uses that address.
/// - The contact comes before the agents: who tries their own website with their own address is its customer here.
/// - An agent comes before the participants, and an agent's address counts only when DMARC passed. A mail that only claims to
///   be from an agent is a stranger's, also if that address stood in Cc: otherwise anyone could speak with an agent's name.
/// - A mail that fails DMARC where the domain asks for rejection is quarantined, whoever it names. Other failures are
///   agents' to see, never the visitor's.
/// - While the contact's address is only claimed, the widget shows a mail only if it answers one of ours that went to that very address.
///   The same answer, from the contact and written by a person, proves the address; a machine's answer proves only that a mailbox
///   exists.
///
/// - Parameters:
///   - from: the author's address; nil or empty where the mail has none that can be read.
///   - addressState: of the contact's address; nil counts as claimed.
///   - answersMailToContact: `In-Reply-To` or `References` name an id that only a mail to the contact's address carried.
///   - kind: only what a person wrote is ever shown to the visitor.
public func judgeSender(
    from: String?, known: KnownAddresses, dmarc: DMARCResult, addressState: AddressState?, answersMailToContact: Bool, kind: MailKind
) -> StandingVerdict {
    let standing = senderStanding(from: from, known: known, dmarc: dmarc)
    func verdict(_ handling: StandingVerdict.Handling, _ reason: String, visible: Bool = false, proves: Bool = false) -> StandingVerdict {
        StandingVerdict(standing: standing, handling: handling, visibleToVisitor: visible, provesAddress: proves, reason: reason)
    }
    if standing == .ownAddress { return verdict(.quarantine, "It comes from one of our own addresses: a loop.") }
    if dmarc == .failReject {
        return verdict(.quarantine, "The sender's domain says that this mail is not from it and asks to reject such mail (DMARC).")
    }
    switch standing {
    case .ownAddress, .stranger: return verdict(.hold, strangerReason(from: from, known: known))
    case .agent: return verdict(.accept, "From an agent's own, authenticated address.")
    case .contact, .participant:
        let name = standing == .contact ? "From the contact's address" : "From someone who was in this thread before"
        if dmarc.fails { return verdict(.accept, "\(name), but its sender check failed: agents only.") }
        if kind != .human { return verdict(.accept, "\(name), written by a machine: agents only.") }
        let proves = standing == .contact && addressState != .proven && answersMailToContact
        if addressState != .proven && !answersMailToContact {
            return verdict(.accept, "\(name), which is not proven, and it answers no mail of ours to that address: agents only.")
        }
        return verdict(
            .accept, proves ? "\(name); it answers our mail, which proves the address." : "\(name).", visible: true, proves: proves)
    }
}

/// Who the sender is to the conversation, and nothing else.
public func senderStanding(from: String?, known: KnownAddresses, dmarc: DMARCResult) -> SenderStanding {
    guard let from, !from.isEmpty else { return .stranger }
    let key = KnownAddresses.key(from)
    if known.isOwn(key) { return .ownAddress }
    if known.contact.contains(key) { return .contact }
    if known.agents.contains(key) { return dmarc == .pass ? .agent : .stranger }
    return known.participants.contains(key) ? .participant : .stranger
}

/// What a mail that opens a conversation says about its sender's address (behaviour §1): proven when the sender check passed.
public func addressState(ofNewSenderWith dmarc: DMARCResult) -> AddressState { dmarc == .pass ? .proven : .claimed }

private func strangerReason(from: String?, known: KnownAddresses) -> String {
    guard let from, !from.isEmpty else { return "It names no sender." }
    if known.agents.contains(KnownAddresses.key(from)) {
        return "It names an agent's address, but no sender check vouches for it."
    }
    return "Its sender has the reply address but was not in this conversation before."
}
