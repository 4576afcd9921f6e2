import Conversations

/// A provider's word that one of our mails came back, told as the delivery report that a mail server would have sent (RFC 3464): so it goes the way of
/// every bounce and stands where every mail does. The mail is named by the token that it was given on its way out (`HTTPRelay`), which comes back with
/// the word: a provider's mails carry the provider's own envelope sender.
struct ProviderBounce {
    /// The name under which the token goes out and comes back.
    static let field = "throughline"

    /// As it came back; nothing is made of what has not the form of one.
    var token: String
    var recipient: String
    /// RFC 3463.
    var isPermanent: Bool
    var words: String

    /// The report; nil where no mail of ours is named.
    func mail(of kind: ProviderKind) -> ProvidedMail? {
        let token = token.lowercased()
        guard token.utf8.count == 32, token.utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }) else { return nil }
        let (recipient, words) = (Self.line(recipient, 320), Self.line(words, 500))
        let status = isPermanent ? "5.0.0" : "4.0.0"
        let host = "\(kind.rawValue).invalid"
        let id = Secrets.sha256(Array("\(token) \(recipient) \(status) \(words)".utf8)).prefix(32)
        let lines = [
            "From: \(kind.title) <mailer-daemon@\(host)>", "To: bounce+\(token)@\(host)", "Subject: Undelivered mail",
            "Message-ID: <\(id)@\(host)>",
            "Auto-Submitted: auto-replied", "MIME-Version: 1.0",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=\"report\"",
            "", "--report", "Content-Type: text/plain; charset=utf-8", "",
            "\(kind.title) could not deliver the mail to \(recipient): \(words)",
            "--report", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; \(host)", "",
            "Final-Recipient: rfc822; \(recipient)",
            "Action: failed", "Status: \(status)", "Diagnostic-Code: x-provider; \(words)", "", "--report--", "",
        ]
        return ProvidedMail(raw: Array(lines.joined(separator: "\r\n").utf8), sender: nil, recipients: ["bounce+\(token)@\(host)"])
    }

    /// One line of a header: no control characters, no line ends, and nothing that ends a part.
    private static func line(_ text: String, _ longest: Int) -> String {
        String(text.prefix(longest).map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? " " : $0 })
    }
}
