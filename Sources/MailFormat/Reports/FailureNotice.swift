import HTMLReading

/// Reads what mail servers without RFC 3464 write above the mail that they send back: whom it did not reach, and why.
///
/// Servers differ in words and languages, hardly in form: the address stands on a line of its own, behind `RCPT TO:` or in a sentence; the reason
/// has an SMTP code or one of some dozen phrases. One pass over the first lines.
struct FailureNotice {
    private(set) var recipients: [MailReport.Recipient] = []

    private enum Rank: Int, Comparable {
        case mentioned, named, own

        static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
    }

    private struct Candidate {
        var recipient: MailReport.Recipient
        var rank: Rank
        var isSender: Bool
    }

    private var candidates: [Candidate] = []
    /// What stood before the first address.
    private var early = MailReport.Recipient()
    private var isDelayed = false

    private static let lineLimit = 200
    private static let recipientLimit = 50

    /// - Parameters:
    ///   - text: the notice, with or without the mail that came back below it.
    ///   - subject: of the notice.
    ///   - sender: addresses that the notice was sent to: they stand in it as the sender's.
    init(_ text: String, subject: String?, sender: Set<String>) {
        isDelayed = FailureWords.sayDelayed((subject ?? "").lowercased())
        for line in text.utf8.prefix(60_000).split(separator: 0x0A, omittingEmptySubsequences: true).prefix(Self.lineLimit) {
            let words = String(decoding: line.prefix(400), as: UTF8.self).foldingWhiteSpace()
            let lower = words.lowercased()
            if Self.begins(lower, Self.returnedHeaders) { break }
            read(words, lower, sender)
        }
        settle()
    }

    // MARK: - Lines

    private mutating func read(_ line: String, _ lower: String, _ sender: Set<String>) {
        if readField(line, lower) { return }
        isDelayed = isDelayed || FailureWords.sayDelayed(lower)
        let isHeader = Self.begins(lower, Self.addressHeaders)
        if !isHeader { for found in addresses(in: line, lower, sender) { add(found) } }
        let status = StatusCode.find(in: line)
        guard status != nil || FailureWords.status(lower) != nil, !isHeader else { return }
        func note(_ recipient: inout MailReport.Recipient) {
            if recipient.status == nil { recipient.status = status?.text }
            if recipient.diagnostic == nil || StatusCode.find(in: recipient.diagnostic ?? "") == nil && status != nil {
                recipient.diagnostic = String(line.prefix(400))
            }
        }
        if let last = candidates.indices.last { note(&candidates[last].recipient) } else { note(&early) }
    }

    /// Fields of a delivery report that stand in the text.
    private mutating func readField(_ line: String, _ lower: String) -> Bool {
        guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        var value: String { String(line[line.utf8.index(after: colon)...]).foldingWhiteSpace() }
        func untyped() -> String { value.split(separator: ";", maxSplits: 1).last.map { String($0).foldingWhiteSpace() } ?? value }
        func change(_ body: (inout MailReport.Recipient) -> Void) {
            if let last = candidates.indices.last { body(&candidates[last].recipient) } else { body(&early) }
        }
        switch String(Substring(lower.utf8.prefix { $0 != UInt8(ascii: ":") })) {
        case "final-recipient":
            guard let address = MailAddress(untyped())?.address else { return true }
            var recipient = MailReport.Recipient()
            recipient.address = address
            add(Candidate(recipient: recipient, rank: .own, isSender: false))
        case "action": change { $0.action = $0.action ?? value.lowercased() }
        case "status": change { if let status = StatusCode.find(in: value) { $0.status = status.text } }
        case "diagnostic-code": change { $0.diagnostic = untyped() }
        case "original-recipient", "x-actual-recipient", "remote-mta", "reporting-mta", "last-attempt-date", "arrival-date": break
        default: return false
        }
        return true
    }

    private mutating func add(_ found: Candidate) {
        let key = found.recipient.address?.lowercased()
        if let index = candidates.firstIndex(where: { $0.recipient.address?.lowercased() == key }) {
            candidates[index].rank = max(candidates[index].rank, found.rank)
            // What follows belongs to the address named last.
            if index != candidates.count - 1 { candidates.append(candidates.remove(at: index)) }
        } else if candidates.count < Self.recipientLimit {
            candidates.append(found)
        }
    }

    /// With these begins the mail that came back.
    private static let returnedHeaders = ["received:", "return-path:", "message-id:", "dkim-signature:", "delivered-to:"]
    /// Lines whose addresses are not those of lost recipients.
    private static let addressHeaders = [
        "from:", "to:", "cc:", "subject:", "sent:", "date:", "original sender", "sender:", "reporting-mta:", "mail from:", "von:", "an:",
        "de:",
    ]

    private static func begins(_ line: String, _ words: [String]) -> Bool { words.contains { line.hasPrefix($0) } }

    // MARK: - Addresses

    private func addresses(in line: String, _ lower: String, _ sender: Set<String>) -> [Candidate] {
        guard line.utf8.contains(UInt8(ascii: "@")) else { return [] }
        let bytes = Array(line.utf8)
        var found: [Candidate] = []
        var index = 0
        while let at = bytes[index...].firstIndex(of: UInt8(ascii: "@")), found.count < 5 {
            var begin = at
            while begin > index, Self.isLocal(bytes[begin - 1]) { begin -= 1 }
            var end = at + 1
            while end < bytes.count, Self.isDomain(bytes[end]) { end += 1 }
            while end > at + 1, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
            index = max(end, at + 1)
            let text = String(decoding: bytes[begin..<end], as: UTF8.self)
            guard let address = MailAddress.normalise(text),
                address.lowercased().firstIndex(of: "@").map({ isPerson(address[..<$0]) }) ?? false
            else { continue }
            let before = String(decoding: bytes[..<begin], as: UTF8.self).lowercased()
            let behind = bytes[end...].drop { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
            var recipient = MailReport.Recipient()
            recipient.address = address
            let isAlone =
                before.utf8.allSatisfy { !($0 >= 0x30 && $0 <= 0x39 || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 >= 0x80) }
                && (behind.isEmpty || ":<(,;".utf8.contains(behind.first ?? 0) || behind.starts(with: " on ".utf8))
            let isNamed =
                before.hasPart("rcpt to") || before.hasPart("recipient") || before.hasPart("delivered to") || before.hasPart("target mail")
            found.append(
                Candidate(
                    recipient: recipient, rank: isAlone ? .own : isNamed ? .named : .mentioned,
                    isSender: sender.contains(address.lowercased())))
        }
        return found
    }

    private func isPerson(_ local: Substring) -> Bool {
        !["mailer-daemon", "postmaster", "abuse", "noreply", "no-reply"].contains(local.lowercased())
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || ".!#$%&*+/?^_`{|}~-".utf8.contains(byte)
    }

    private static func isDomain(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    // MARK: - The end

    /// The best kind of candidates that was found; each with its status, or what was said for all.
    private mutating func settle() {
        let others = candidates.filter { !$0.isSender }
        let pool = others.isEmpty ? candidates : others
        guard let best = pool.map(\.rank).max() else {
            if early.status != nil || early.diagnostic != nil { recipients = [completed(early)] }
            return
        }
        recipients = pool.filter { $0.rank == best }.map { completed($0.recipient) }
    }

    private func completed(_ found: MailReport.Recipient) -> MailReport.Recipient {
        var recipient = found
        if recipient.status == nil { recipient.status = recipient.diagnostic.flatMap { FailureWords.status($0.lowercased()) } }
        let other = candidates.first { $0.recipient.status != nil || $0.recipient.diagnostic != nil }?.recipient ?? early
        let source = early.diagnostic != nil || early.status != nil ? early : other
        if recipient.diagnostic == nil { recipient.diagnostic = source.diagnostic }
        if recipient.status == nil {
            recipient.status = source.status ?? recipient.diagnostic.flatMap { FailureWords.status($0.lowercased()) }
        }
        if recipient.action == nil {
            recipient.action = isDelayed && !(recipient.status ?? "4").hasPrefix("5") ? "delayed" : "failed"
        }
        return recipient
    }
}
