/// Finds the headers of a mail that came back within another.
enum ReturnedMail {
    /// Fills in what a mail says about another that did not arrive: of a report without recipients, and of notices that follow no standard.
    static func complete(_ mail: inout ParsedMail, innerHeaders: [MailHeader]) {
        let kind = mail.report?.kind
        guard kind == nil || kind == .returned || kind == .delivery, mail.report?.recipients.isEmpty ?? true, mayBe(mail) else { return }
        let sender = Set((mail.to + [mail.from].compactMap { $0 }).map(\.key))
        var recipients = FailureNotice(mail.text, subject: mail.subject, sender: sender).recipients
        let failed = mail.headers(named: "X-Failed-Recipients").flatMap { MailAddress.list($0, limit: 50) }
        if !failed.isEmpty, recipients.isEmpty || recipients.allSatisfy({ $0.address == nil }) {
            let words = recipients.first
            recipients = failed.map { address in
                var recipient = words ?? MailReport.Recipient()
                recipient.address = address.address
                if recipient.action == nil { recipient.action = "failed" }
                return recipient
            }
        }
        var found = mail.report ?? find(in: mail.text)
        let isNotice = recipients.contains { $0.diagnostic != nil || $0.status != nil } || !failed.isEmpty
        if found == nil, isNotice, !innerHeaders.isEmpty || !failed.isEmpty || isServer(mail) { found = MailReport(kind: .returned) }
        guard var report = found else { return }
        report.takeOriginal(innerHeaders)
        if recipients.first?.address == nil, let to = report.originalHeaders.first(where: { $0.isNamed("To") }),
            isNotice || recipients.isEmpty && isServer(mail),
            let address = MailAddress(to.value)?.address
        {
            var recipient = recipients.first ?? MailReport.Recipient()
            recipient.address = address
            recipients = [recipient]
        }
        if isNotice || isServer(mail) { report.recipients = recipients }
        mail.report = report
    }

    private static func isServer(_ mail: ParsedMail) -> Bool {
        servers.first(in: sender(mail)) != nil
    }

    private static let servers = PhraseList([
        "mailer-daemon", "postmaster", "mail delivery", "mdaemon", "mailerdaemon", "mail administrator", "mail system",
        "delivery subsystem",
    ])

    /// Whether a machine sent the mail: only then is a returned mail looked for in its text.
    static func mayBe(_ mail: ParsedMail) -> Bool {
        if mail.header(named: "Return-Path").map({ $0.foldingWhiteSpace() == "<>" || $0.isEmpty }) ?? false { return true }
        if mail.header(named: "X-Failed-Recipients") != nil { return true }
        if let submitted = mail.header(named: "Auto-Submitted"), submitted.lowercased() != "no" { return true }
        return senders.first(in: sender(mail)) != nil || subjects.first(in: mail.subject ?? "") != nil
    }

    private static func sender(_ mail: ParsedMail) -> String { (mail.from?.address ?? "") + " " + (mail.from?.name ?? "") }

    private static let senders = PhraseList([
        "mailer-daemon", "postmaster", "mail delivery", "mdaemon", "mailerdaemon", "mail administrator", "mail system",
        "delivery subsystem", "mailsystem", "noreply", "no-reply", "bounce",
    ])
    private static let subjects = PhraseList([
        "undeliver", "delivery", "returned mail", "failure", "failed", "not delivered", "unzustellbar", "nicht zugestellt", "could not be",
        "mail system", "returned to sender", "warning", "error", "bounce", "non remis", "échec", "Échec", "no entregado",
        "non recapitabile",
        "rejected", "bounced",
    ])

    /// The lines that non-standard bounces print above what came back.
    private static let announcements = PhraseList([
        "original message", "copy of the message", "returned message", "undelivered message", "message headers", "original mail",
        "your message follows",
        "unsent message below", "message follows", "header of the", "headers of the", "message header", "included is a copy",
    ])

    /// Looks in the text of a mail that has no report part for another mail's headers below such a line.
    static func find(in text: String) -> MailReport? {
        var block: [MailHeader] = []
        var announced = false
        for line in text.utf8.prefix(200_000).split(separator: 0x0A, omittingEmptySubsequences: false) {
            let words = String(decoding: line.prefix(200), as: UTF8.self)
            if !announced {
                announced = announcements.first(in: words) != nil
                continue
            }
            let trimmed = words.foldingWhiteSpace()
            if trimmed.isEmpty || trimmed.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "=") || $0 == 0x20 }) {
                if let found = report(block) { return found }
                block = []
            } else if let first = words.utf8.first, first == 0x20 || first == 0x09, let last = block.indices.last {
                block[last].value += " " + trimmed
            } else if let colon = trimmed.utf8.firstIndex(of: UInt8(ascii: ":")), !trimmed[..<colon].utf8.contains(0x20), block.count < 200
            {
                block.append(
                    MailHeader(
                        name: String(trimmed[..<colon]),
                        value: EncodedWords.decode(Array(trimmed[trimmed.index(after: colon)...].utf8)).foldingWhiteSpace()))
            } else {
                block = []
            }
        }
        return report(block)
    }

    private static func report(_ block: [MailHeader]) -> MailReport? {
        guard block.contains(where: { $0.isNamed("Message-ID") || $0.isNamed("Received") }), block.count >= 3 else { return nil }
        var report = MailReport(kind: .returned)
        report.takeOriginal(block)
        return report
    }
}

extension MailReport {
    /// Keeps the headers of the mail that came back; the first that were found stay.
    mutating func takeOriginal(_ headers: [MailHeader]) {
        guard originalHeaders.isEmpty else { return }
        originalHeaders = Array(headers.prefix(200))
        if let id = headers.first(where: { $0.isNamed("Message-ID") }).flatMap({ MessageIDs.list($0.value).first }) {
            originalMessageID = id
        }
    }
}
