import CMailParts
import Foundation

/// Reads a message's own headers (RFC 5322 §3.6).
struct HeaderReader {
    let limits: MailReader.Limits

    func read(_ raw: UnsafeBufferPointer<mail_header>, into mail: inout ParsedMail) {
        mail.headers = decoded(raw, limit: limits.keptHeaders)
        var seen = Set<String>()
        for header in raw {
            let name = String(cString: header.name).lowercased()
            guard Self.read.contains(name), seen.insert(name).inserted else { continue }
            switch name {
            case "from", "sender", "reply-to", "to", "cc":
                let addresses = self.addresses(header)
                switch name {
                case "from":
                    mail.from = addresses.first(where: { $0.address.contains("@") }) ?? addresses.first ?? damaged(header)
                    if mail.from.map({ MailAddress.normalise($0.address) == nil }) ?? true {
                        mail.defects.append("the From address is damaged")
                    }
                case "sender": mail.sender = addresses.first
                case "reply-to": mail.replyTo = addresses
                case "to": mail.to = addresses
                default: mail.cc = addresses
                }
            case "subject": mail.subject = EncodedWords.decode(value(header)).foldingWhiteSpace()
            case "date":
                mail.date = MailDate.parse(String(decoding: value(header), as: UTF8.self))
                if mail.date == nil { mail.defects.append("the date cannot be read") }
            case "message-id": mail.messageID = MessageIDs.list(String(decoding: value(header), as: UTF8.self)).first
            case "in-reply-to": mail.inReplyTo = MessageIDs.list(String(decoding: value(header), as: UTF8.self))
            case "references": mail.references = MessageIDs.list(String(decoding: value(header), as: UTF8.self))
            default: break
            }
        }
        if !seen.contains("from") { mail.defects.append("there is no From") }
        if !seen.contains("date") { mail.defects.append("there is no Date") }
    }

    private static let read: Set<String> = [
        "from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references",
    ]

    /// All headers, decoded and unfolded.
    func decoded(_ raw: UnsafeBufferPointer<mail_header>, limit: Int) -> [MailHeader] {
        raw.prefix(limit).map { header in
            MailHeader(name: String(cString: header.name), value: EncodedWords.decode(value(header)).foldingWhiteSpace())
        }
    }

    private func value(_ header: mail_header) -> [UInt8] { MailDocument.bytes(header.value, limit: limits.headerBytes) }

    private func addresses(_ header: mail_header) -> [MailAddress] {
        // An address takes some 60 bytes; a list is read further than other headers.
        let bytes = MailDocument.bytes(header.value, limit: max(limits.headerBytes, limits.addresses * 100))
        let unfolded = bytes.filter { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
        var parser = AddressParser(unfolded, limit: limits.addresses, encodedWords: true)
        return parser.list()
    }

    /// A From without an address keeps its text as the name.
    private func damaged(_ header: mail_header) -> MailAddress? {
        let text = EncodedWords.decode(value(header)).foldingWhiteSpace()
        return text.isEmpty ? nil : MailAddress(name: text, address: "")
    }
}
