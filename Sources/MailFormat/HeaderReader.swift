/// Reads a message's own headers (RFC 5322 §3.6).
struct HeaderReader {
    let limits: MailReader.Limits

    /// Reads the headers of a list's first part: those of the mail itself.
    func read(_ list: PartList, into mail: inout ParsedMail) {
        mail.headers = decoded(list, of: 0, limit: limits.keptHeaders)
        func first(_ name: StaticString) -> PartList.Header? { list.headers(of: 0).first { list.isNamed($0, name) } }
        func addresses(_ name: StaticString) -> [MailAddress] { first(name).map { self.addresses($0, list) } ?? [] }
        func text(_ name: StaticString) -> String? {
            first(name).map { String(decoding: list.value(of: $0, limit: limits.headerBytes), as: UTF8.self) }
        }
        if let header = first("From") {
            let authors = self.addresses(header, list)
            mail.from = authors.first { $0.address.utf8.contains(UInt8(ascii: "@")) } ?? authors.first ?? damaged(header, list)
            if mail.from.map({ MailAddress.normalise($0.address) == nil }) ?? true { mail.defects.append("the From address is damaged") }
        } else {
            mail.defects.append("there is no From")
        }
        if let date = text("Date") {
            mail.date = MailDate.parse(date)
            if mail.date == nil { mail.defects.append("the date cannot be read") }
        } else {
            mail.defects.append("there is no Date")
        }
        mail.sender = addresses("Sender").first
        mail.replyTo = addresses("Reply-To")
        mail.to = addresses("To")
        mail.cc = addresses("Cc")
        mail.subject = first("Subject").map { unfolded($0, list) }
        mail.messageID = text("Message-ID").flatMap { MessageIDs.list($0).first }
        mail.inReplyTo = text("In-Reply-To").map(MessageIDs.list) ?? []
        mail.references = text("References").map(MessageIDs.list) ?? []
    }

    /// The first headers of a part, decoded and unfolded.
    func decoded(_ list: PartList, of part: Int, limit: Int) -> [MailHeader] {
        list.headers(of: part).prefix(limit).map { header in
            MailHeader(name: list.name(of: header), value: unfolded(header, list))
        }
    }

    private func unfolded(_ header: PartList.Header, _ list: PartList) -> String {
        EncodedWords.unfolded(list.bytes[header.value.prefix(limits.headerBytes)])
    }

    private func addresses(_ header: PartList.Header, _ list: PartList) -> [MailAddress] {
        // An address takes some 60 bytes; a list is read further than other headers.
        let bytes = list.value(of: header, limit: max(limits.headerBytes, limits.addresses * 100))
        let unfolded = bytes.filter { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
        var parser = AddressParser(unfolded, limit: limits.addresses, encodedWords: true)
        return parser.list()
    }

    /// A From without an address keeps its text as the name.
    private func damaged(_ header: PartList.Header, _ list: PartList) -> MailAddress? {
        let text = unfolded(header, list)
        return text.isEmpty ? nil : MailAddress(name: text, address: "")
    }
}
