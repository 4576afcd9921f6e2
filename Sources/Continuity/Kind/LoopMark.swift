/// The mark in every mail that leaves, by which it is known if it comes back as it left.
///
/// The field alone means nothing: another installation's agent may write to us. Only our own value is a loop.
public enum LoopMark {
    public static let field = "X-Throughline-Installation"

    static func reason(_ mail: MailFacts, installation: String?) -> String? {
        guard let installation, !installation.isEmpty else { return nil }
        guard mail.values(field).contains(where: { $0.trimmed == installation }) else { return nil }
        return "It carries our own mark: it is a mail that we sent."
    }
}

extension String {
    /// Without white space around it.
    var trimmed: String {
        // Most texts have none.
        if let first = utf8.first, let last = utf8.last, first > 0x20, first < 0x7F, last > 0x20, last < 0x7F { return self }
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
