import Crypto
import Foundation

/// Writes mail as bytes (RFC 5322, RFC 2045 ff.): CRLF line ends, lines of at most 78 bytes where they can be folded and never over 998, 7-bit only.
/// No field can add a header: line ends in text become spaces, and in addresses, ids and header names are refused.
public enum MailWriter {
    /// - Returns: the whole mail, with CRLF line ends. Its boundaries come from its Message-ID: the same mail gives the same bytes.
    /// - Throws: where an address, an id or a header's name is none; what is too long is folded, and nothing is cut.
    public static func write(_ mail: OutgoingMail) throws(MailWriterError) -> [UInt8] {
        var head = HeaderWriter()
        head.add("Date", MailDate.format(mail.date))
        try head.add("From", [mail.from])
        if let sender = mail.sender { try head.add("Sender", [sender]) }
        if !mail.replyTo.isEmpty { try head.add("Reply-To", mail.replyTo) }
        if !mail.to.isEmpty { try head.add("To", mail.to) }
        if !mail.cc.isEmpty { try head.add("Cc", mail.cc) }
        head.addText("Subject", mail.subject)
        try head.addIDs("Message-ID", [mail.messageID])
        if !mail.inReplyTo.isEmpty { try head.addIDs("In-Reply-To", mail.inReplyTo) }
        if !mail.references.isEmpty { try head.addIDs("References", mail.references) }
        for header in mail.headers {
            guard HeaderWriter.mayBeAdded(header.name) else { throw .headerName(header.name) }
            head.addText(header.name, header.value)
        }
        head.add("MIME-Version", "1.0")
        var boundaries = Boundaries(seed: mail.messageID)
        return head.bytes + body(mail, &boundaries).bytes
    }

    /// Text, or text and HTML, or these with files around them.
    private static func body(_ mail: OutgoingMail, _ boundaries: inout Boundaries) -> Part {
        var body = Part.text(mail.text, subtype: "plain")
        let shown = mail.html == nil ? [] : mail.attachments.filter { $0.inline && $0.contentID != nil }
        if let html = mail.html {
            var rich = Part.text(html, subtype: "html")
            if !shown.isEmpty { rich = .multipart("related", [rich] + shown.map(Part.file), boundaries.next()) }
            body = .multipart("alternative", [body, rich], boundaries.next())
        }
        let files = mail.attachments.filter { !shown.contains($0) }
        if !files.isEmpty { body = .multipart("mixed", [body] + files.map(Part.file), boundaries.next()) }
        return body
    }

    /// Boundaries begin with `=_`, which neither quoted-printable nor base64 can contain; a body that contains it is not sent as it stands.
    struct Boundaries {
        private let stem: String
        private var count = 0

        init(seed: String) {
            stem = Data(seed.utf8).sha256Hexadecimal.prefix(24).description
        }

        mutating func next() -> String {
            count += 1
            return "=_\(stem)_\(count)"
        }
    }

    /// A MIME entity: headers, blank line, content.
    struct Part {
        var bytes: [UInt8]

        static func text(_ text: String, subtype: String) -> Part {
            let lines = TransferEncoding.canonicalLines(text)
            let encoding = TransferEncoding.choose(lines)
            var head = HeaderWriter()
            head.add("Content-Type", "text/\(subtype); charset=utf-8")
            head.add("Content-Transfer-Encoding", encoding.rawValue)
            return Part(bytes: head.bytes + [0x0D, 0x0A] + encoding.encode(lines))
        }

        static func multipart(_ subtype: String, _ parts: [Part], _ boundary: String) -> Part {
            var head = HeaderWriter()
            head.add("Content-Type", "multipart/\(subtype); boundary=\"\(boundary)\"")
            var bytes = head.bytes
            for part in parts {
                bytes += "\r\n--\(boundary)\r\n".utf8
                bytes += part.bytes
            }
            bytes += "\r\n--\(boundary)--\r\n".utf8
            return Part(bytes: bytes)
        }

        static func file(_ attachment: OutgoingAttachment) -> Part {
            var head = HeaderWriter()
            // RFC 2046 §5.2.1: message types may not be base64, which is the only way to send any bytes unchanged.
            let type = HeaderWriter.isContentType(attachment.contentType) ? attachment.contentType.lowercased() : "application/octet-stream"
            head.add("Content-Type", type.hasPrefix("message/") || type.hasPrefix("multipart/") ? "application/octet-stream" : type)
            let name = FileName.clean(attachment.filename) ?? "attachment"
            head.addDisposition(attachment.inline ? "inline" : "attachment", filename: name)
            if let id = attachment.contentID, HeaderWriter.isID(id) { head.add("Content-ID", "<\(id)>") }
            head.add("Content-Transfer-Encoding", "base64")
            return Part(bytes: head.bytes + [0x0D, 0x0A] + TransferEncoding.base64.encode(Array(attachment.bytes)))
        }
    }
}
