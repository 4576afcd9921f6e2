import CMailParts
import Foundation
import HTMLReading

/// Walks a mail's parts and decides what of it is its text, its HTML and what came attached (RFC 2046, RFC 2387).
struct BodyCollector {
    private let document: MailDocument
    private let limits: MailReader.Limits

    /// Pieces of the body in their order; a piece has text, HTML, or the same in both forms.
    private struct Piece {
        var text: String?
        var html: String?
    }

    private var pieces: [Piece] = []
    private var attachments: [MailAttachment] = []
    private var report: MailReport?
    private var defects: [String] = []

    /// How a part was described by its headers.
    private struct Description {
        var type: HeaderParameters
        var disposition: HeaderParameters?
        var contentID: String?

        var isAttached: Bool { disposition?.value == "attachment" }
        var filename: String? {
            guard let name = disposition?["filename"] ?? type["name"] else { return nil }
            return FileName.clean(name)
        }
    }

    init(document: MailDocument, limits: MailReader.Limits) {
        self.document = document
        self.limits = limits
    }

    mutating func collect() {
        guard !document.parts.isEmpty else { return }
        add(0, inRelated: false)
    }

    /// Writes what was found into the mail.
    mutating func finish(_ mail: inout ParsedMail) {
        let htmlCount = pieces.count { $0.html != nil }
        var texts: [String] = []
        for piece in pieces {
            if let text = piece.text, !text.isBlank {
                texts.append(text)
            } else if let html = piece.html {
                let made = HTMLText.text(of: html)
                if !made.isBlank {
                    texts.append(made)
                    mail.textIsFromHTML = true
                }
            }
        }
        mail.text = texts.joined(separator: "\n\n")
        if htmlCount > 0 {
            mail.html =
                pieces.count == 1
                ? pieces[0].html
                : pieces.map { $0.html ?? "<div style=\"white-space: pre-wrap\">\(($0.text ?? "").escapedForHTML())</div>" }.joined(
                    separator: "\n")
        }
        if let html = mail.html {
            // A picture that the HTML shows is inline whatever its part says.
            for index in attachments.indices {
                if let id = attachments[index].contentID, html.contains("cid:" + id) { attachments[index].inline = true }
            }
        }
        mail.attachments = attachments
        if report == nil, ReturnedMail.mayBe(mail) { report = ReturnedMail.find(in: mail.text) }
        mail.report = report
        mail.defects += defects
    }

    // MARK: - Parts

    private func describe(_ part: Int) -> Description {
        var type = HeaderParameters(document.header("Content-Type", of: part) ?? Array("text/plain".utf8))
        if !type.value.contains("/") {
            type = HeaderParameters(Array(((type.value == "text" || type.value.isEmpty) ? "text/plain" : "application/octet-stream").utf8))
        }
        let contentID = document.header("Content-ID", of: part).flatMap {
            MessageIDs.list(String(decoding: $0, as: UTF8.self)).first ?? String(decoding: $0, as: UTF8.self).foldingWhiteSpace().nonEmpty
        }
        return Description(
            type: type, disposition: document.header("Content-Disposition", of: part).map(HeaderParameters.init), contentID: contentID)
    }

    private mutating func add(_ part: Int, inRelated: Bool) {
        guard part < document.parts.count else { return }
        let description = describe(part)
        switch document.parts[part].kind {
        case MAIL_PART_MULTIPART: addMultipart(part, description)
        case MAIL_PART_MESSAGE: addMessage(part, description)
        default: addLeaf(part, description, inRelated: inRelated)
        }
    }

    private mutating func addMultipart(_ part: Int, _ description: Description) {
        let children = document.children[part]
        guard !children.isEmpty else {
            // No boundary was found: what stands there is text.
            let text = Charsets.decode(document.loose(of: part).cleanText(), named: nil).text
            if !text.isBlank { addText(text) }
            defects.append("a multipart without parts")
            return
        }
        switch description.type.value {
        case "multipart/alternative": addAlternative(children)
        case "multipart/related":
            for (position, child) in children.enumerated() { add(child, inRelated: position > 0) }
        case "multipart/report":
            for child in children { add(child, inRelated: false) }
            if report == nil { report = MailReport(kind: .delivery) }
        default:
            for child in children { add(child, inRelated: false) }
        }
    }

    /// The same content in several forms: the best text and the best HTML; anything else stays as a file.
    private mutating func addAlternative(_ children: [Int]) {
        let before = pieces
        pieces = []
        for child in children { add(child, inRelated: false) }
        // Two different texts are no alternatives: neither may be lost.
        var texts: [String] = []
        for text in pieces.compactMap(\.text) where !text.isBlank && !texts.contains(text) { texts.append(text) }
        let text = texts.isEmpty ? nil : texts.joined(separator: "\n")
        let html = pieces.compactMap(\.html).last
        // An alternative holds one text; a mixed part within it may hold more, which belong together.
        let withHTML = pieces.filter { $0.html != nil }
        pieces = before
        if withHTML.count > 1 {
            pieces.append(Piece(text: text, html: withHTML.compactMap(\.html).joined(separator: "\n")))
        } else if text != nil || html != nil {
            pieces.append(Piece(text: text, html: html))
        }
    }

    private mutating func addMessage(_ part: Int, _ description: Description) {
        let bytes = document.message(in: part)
        let inner = document.children[part].first
        let headers = inner.map { document.headers(of: $0) }
        if let headers {
            var returned = report ?? MailReport(kind: .returned)
            returned.takeOriginal(HeaderReader(limits: limits).decoded(headers, limit: 200))
            if report != nil || ReturnedMail.isReport(document.header("Content-Type", of: 0)) { report = returned }
        }
        var name = description.filename
        if name == nil, let inner, let subject = document.header("Subject", of: inner) {
            name = FileName.clean(EncodedWords.decode(subject).foldingWhiteSpace() + ".eml")
        }
        attachments.append(
            MailAttachment(
                filename: name, contentType: description.type.value, inline: false, contentID: description.contentID, bytes: Data(bytes)))
    }

    private mutating func addLeaf(_ part: Int, _ description: Description, inRelated: Bool) {
        // A multipart without a boundary that could be used is text.
        let type = description.type.value.hasPrefix("multipart/") ? "text/plain" : description.type.value
        let content = document.content(of: part)
        switch type {
        case "message/delivery-status", "message/global-delivery-status": addReport(.delivery, content)
        case "message/feedback-report": addReport(.feedback, content)
        case "message/disposition-notification": addReport(.disposition, content)
        case "text/rfc822-headers", "message/rfc822-headers", "message/global-headers":
            var returned = report ?? MailReport(kind: .returned)
            let text = String(decoding: content.cleanText(), as: UTF8.self)
            returned.takeOriginal(MailReport.blocks(text).first ?? [])
            report = returned
        default:
            if !description.isAttached, !(inRelated && description.contentID != nil), addBody(type, content, description) { return }
        }
        addAttachment(part, type, content, description)
    }

    private mutating func addReport(_ kind: MailReport.Kind, _ content: [UInt8]) {
        var found = report ?? MailReport(kind: kind)
        found.kind = kind
        found.read(String(decoding: content.cleanText(), as: UTF8.self))
        report = found
    }

    /// Takes a part as body; false where it is a file.
    private mutating func addBody(_ type: String, _ content: [UInt8], _ description: Description) -> Bool {
        guard type.hasPrefix("text/") || type == "application/xhtml+xml" || type == "message/plain" else { return false }
        // A text with a name, behind the body, is a file that the mail program would also show.
        if description.filename != nil, !pieces.isEmpty || type != "text/plain" && type != "text/html" { return false }
        let bytes = content.count > limits.bodyBytes ? Array(content[..<limits.bodyBytes]) : content
        if bytes.count < content.count { defects.append("the body is longer than is read") }
        let isWide = description.type["charset"].map { $0.lowercased().hasPrefix("utf-16") || $0.lowercased().hasPrefix("utf-32") } ?? false
        switch type {
        case "text/html", "application/xhtml+xml":
            let decoded = Charsets.decode(bytes, named: description.type["charset"] ?? HTMLCharset.declared(bytes))
            note(decoded.defect)
            pieces.append(Piece(html: String(decoding: Array(decoded.text.utf8).cleanText(), as: UTF8.self)))
        case "text/enriched", "text/richtext":
            // Only where there is no better form of the text.
            if pieces.contains(where: { $0.text != nil }) { return false }
            let decoded = Charsets.decode(bytes, named: description.type["charset"])
            addText(EnrichedText.text(of: String(decoding: Array(decoded.text.utf8).cleanText(), as: UTF8.self)))
        case "text/plain", "text/markdown", "text/x-markdown", "text/unknown", "text/x-plain", "text/ascii", "message/plain":
            let decoded = Charsets.decode(isWide ? bytes : bytes.cleanEscapes(), named: description.type["charset"])
            note(decoded.defect)
            var text = String(decoding: Array(decoded.text.utf8).cleanText(), as: UTF8.self)
            if description.type["format"]?.lowercased() == "flowed" {
                text = FlowedText.unwrap(text, deleteSpace: description.type["delsp"]?.lowercased() == "yes")
            }
            addText(text)
        default: return false
        }
        return true
    }

    private mutating func addText(_ text: String) {
        pieces.append(Piece(text: text))
    }

    private mutating func addAttachment(_ part: Int, _ type: String, _ content: [UInt8], _ description: Description) {
        attachments.append(
            MailAttachment(
                filename: description.filename, contentType: type, inline: description.disposition?.value == "inline",
                contentID: description.contentID, bytes: Data(content)))
    }

    private mutating func note(_ defect: String?) {
        if let defect, defects.count < 50, !defects.contains(defect) { defects.append(defect) }
    }
}

extension String {
    var isBlank: Bool { utf8.allSatisfy { $0 <= 0x20 } }
    var nonEmpty: String? { isEmpty ? nil : self }

    /// For text between tags and within double-quoted attributes.
    func escapedForHTML() -> String {
        var out: [UInt8] = []
        out.reserveCapacity(utf8.count)
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "&"): out += "&amp;".utf8
            case UInt8(ascii: "<"): out += "&lt;".utf8
            case UInt8(ascii: ">"): out += "&gt;".utf8
            case UInt8(ascii: "\""): out += "&quot;".utf8
            case UInt8(ascii: "'"): out += "&#39;".utf8
            default: out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension Array where Element == UInt8 {
    /// Without NUL, which no ASCII-based charset has in text.
    func cleanEscapes() -> [UInt8] { contains(0) ? filter { $0 != 0 } : self }
}
