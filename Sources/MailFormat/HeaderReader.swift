/// Reads a message's own headers (RFC 5322 §3.6).
struct HeaderReader {
    let limits: MailReader.Limits

    /// Reads the headers of a list's first part: those of the mail itself.
    func read(_ list: PartList, into mail: inout ParsedMail) {
        mail.headers = decoded(list, of: 0, limit: limits.keptHeaders)
        var seen = Set<String>()
        for header in list.headers(of: 0) where header.name.count <= Self.longestName {
            let name = list.name(of: header).lowercased()
            func value() -> [UInt8] { list.value(of: header, limit: limits.headerBytes) }
            guard Self.read.contains(name), seen.insert(name).inserted else { continue }
            switch name {
            case "from", "sender", "reply-to", "to", "cc":
                let addresses = self.addresses(header, list)
                switch name {
                case "from":
                    mail.from = addresses.first(where: { $0.address.contains("@") }) ?? addresses.first ?? damaged(value())
                    if mail.from.map({ MailAddress.normalise($0.address) == nil }) ?? true {
                        mail.defects.append("the From address is damaged")
                    }
                case "sender": mail.sender = addresses.first
                case "reply-to": mail.replyTo = addresses
                case "to": mail.to = addresses
                default: mail.cc = addresses
                }
            case "subject": mail.subject = EncodedWords.decode(value()).foldingWhiteSpace()
            case "date":
                mail.date = MailDate.parse(String(decoding: value(), as: UTF8.self))
                if mail.date == nil { mail.defects.append("the date cannot be read") }
            case "message-id": mail.messageID = MessageIDs.list(String(decoding: value(), as: UTF8.self)).first
            case "in-reply-to": mail.inReplyTo = MessageIDs.list(String(decoding: value(), as: UTF8.self))
            case "references": mail.references = MessageIDs.list(String(decoding: value(), as: UTF8.self))
            default: break
            }
        }
        if !seen.contains("from") { mail.defects.append("there is no From") }
        if !seen.contains("date") { mail.defects.append("there is no Date") }
    }

    private static let read: Set<String> = [
        "from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references",
    ]

    private static let longestName = 16

    /// The first headers of a part, decoded and unfolded.
    func decoded(_ list: PartList, of part: Int, limit: Int) -> [MailHeader] {
        list.headers(of: part).prefix(limit).map { header in
            MailHeader(
                name: list.name(of: header),
                value: EncodedWords.decode(list.value(of: header, limit: limits.headerBytes)).foldingWhiteSpace())
        }
    }

    private func addresses(_ header: PartList.Header, _ list: PartList) -> [MailAddress] {
        // An address takes some 60 bytes; a list is read further than other headers.
        let bytes = list.value(of: header, limit: max(limits.headerBytes, limits.addresses * 100))
        let unfolded = bytes.filter { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
        var parser = AddressParser(unfolded, limit: limits.addresses, encodedWords: true)
        return parser.list()
    }

    /// A From without an address keeps its text as the name.
    private func damaged(_ value: [UInt8]) -> MailAddress? {
        let text = EncodedWords.decode(value).foldingWhiteSpace()
        return text.isEmpty ? nil : MailAddress(name: text, address: "")
    }
}
