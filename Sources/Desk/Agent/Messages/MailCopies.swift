import Conversations
import Store

/// Who gets a copy of the mail that carries an agent's message: named by the agent with each message, as Chatwoot's `cc_emails`. Nobody is ever
/// added silently (behaviour §5.2): what is not named here goes to the contact alone.
enum MailCopies {
    /// Copies of one message, at most.
    static let most = 10
    static let member = "cc_emails"

    /// Takes the copies out of what a client says of its message: texts with commas between, or lists.
    /// - Throws: `DeskError.invalid` where the mail cannot go where the client wants it to.
    static func taken(
        from attributes: JSON, isPrivate: Bool, choice: Message.Choice, for contact: Contact, _ desk: Desk, _ tx: any Connection
    ) throws -> [String] {
        guard try named("bcc_emails", attributes).isEmpty else {
            throw DeskError.invalid("Nobody gets a copy that the others do not see. Name them in `cc_emails`.", attributes: ["bcc_emails"])
        }
        guard try named("to_emails", attributes).allSatisfy({ $0 == contact.email?.lowercased() }) else {
            throw DeskError.invalid(
                "A reply goes to the contact's own address. Change that, or name others in `cc_emails`.", attributes: ["to_emails"])
        }
        var copies: [String] = []
        for address in try named(member, attributes) where address != contact.email?.lowercased() && !copies.contains(address) {
            guard try !desk.isOurs(address, tx) else {
                throw DeskError.invalid("\(address) is an address of this desk: a copy to it would come back.", attributes: [member])
            }
            copies.append(address)
        }
        guard copies.isEmpty || !isPrivate else {
            throw DeskError.invalid("A note goes to nobody by mail. Take the copies away, or write a reply.", attributes: [member])
        }
        guard copies.isEmpty || choice != .chatOnly else {
            throw DeskError.invalid(
                "What is said in the chat alone goes to nobody by mail. Take the copies away, or send it by email.",
                attributes: [member])
        }
        guard copies.count <= most else { throw DeskError.invalid("\(most) copies at most.", attributes: [member]) }
        return copies
    }

    private static func named(_ name: String, _ attributes: JSON) throws -> [String] {
        let texts: [Substring] =
            switch attributes[name] {
            case .string(let text)?: text.prefix(4_000).split(separator: ",")
            case .array(let values)?: values.prefix(100).compactMap { $0.stringValue.map { Substring($0.prefix(400)) } }
            default: []
            }
        do {
            return try texts.filter { $0.contains { !$0.isWhitespace } }.map { try address(String($0)) }
        } catch {
            throw DeskError.invalid("`\(name)` has something that is no mail address. They look like name@example.com.", attributes: [name])
        }
    }
}

extension Message {
    /// Who gets a copy of the mail that carries it.
    var copies: [String] {
        guard kind == .outgoing, !isPrivate, contentAttributes.contains(MailCopies.member) else { return [] }
        guard case .array(let values)? = (try? JSONObjects.read(contentAttributes))?[MailCopies.member] else { return [] }
        return values.compactMap(\.stringValue)
    }
}

extension Desk {
    /// Whether mail to this address comes to this desk.
    func isOurs(_ address: String, _ tx: any Connection) throws -> Bool {
        let route = RouteRecipient(desk: self)
        return try route.looksLikeToken(address) || route.account(for: address, tx) != nil || address == options.mailFrom?.lowercased()
    }
}
