/// A mailing list: `List-Id` (RFC 2919), `List-Post` (RFC 2369), `Precedence: list`.
enum ListSigns {
    /// nil also for a list that is our own support address: many teams let customers write to a group which hands every mail on to us
    /// with list headers, and those mails are people's.
    static func reason(_ mail: MailFacts, own: KnownAddresses) -> String? {
        let ids = mail.values("List-Id")
        let posts = mail.values("List-Post")
        if ids.contains(where: { isOwn(listID: $0, own) }) || posts.contains(where: { isOwn(listPost: $0, own) }) { return nil }
        if ids.contains(where: { !$0.trimmed.isEmpty }) { return "It came over a mailing list (List-Id)." }
        if posts.contains(where: { !$0.trimmed.isEmpty && $0.trimmed.lowercased() != "no" }) {
            return "It came over a mailing list (List-Post)."
        }
        // Alone, and in a mail that answers nothing, machines write it as well.
        if mail.isAnswer || hasListFields(mail), mail.values("Precedence").contains(where: { $0.trimmed.lowercased() == "list" }) {
            return "It came over a mailing list (Precedence: list)."
        }
        return nil
    }

    static func hasListFields(_ mail: MailFacts) -> Bool {
        [
            "List-Id", "List-Post", "List-Unsubscribe", "List-Archive", "List-Help", "List-Subscribe", "Mailing-List", "X-Mailing-List",
            "X-Loop", "Sender",
        ].contains {
            !mail.values($0).isEmpty
        }
    }

    /// `Support <support.acme.test>` is the list `support@acme.test`.
    private static func isOwn(listID: String, _ own: KnownAddresses) -> Bool {
        let inner = listID.lastIndex(of: "<").map { listID[listID.index(after: $0)...] } ?? listID[...]
        let id = KnownAddresses.key(String(inner.prefix { $0 != ">" }))
        return own.own.contains { address in
            guard let at = address.lastIndex(of: "@") else { return false }
            return address == id || (address[..<at] + "." + address[address.index(after: at)...]) == id
        }
    }

    /// `<mailto:support@acme.test>`.
    private static func isOwn(listPost: String, _ own: KnownAddresses) -> Bool {
        var text = KnownAddresses.key(listPost)[...]
        guard text.hasPrefix("mailto:") else { return false }
        text.removeFirst("mailto:".count)
        return own.isOwn(String(text.prefix { $0 != "?" && $0 != ">" }))
    }
}
