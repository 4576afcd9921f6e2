import Foundation
import HTMLReading

/// Walks a mail's parts and decides what of it is its text, its HTML and what came attached (RFC 2046, RFC 2387).
struct BodyCollector {
    let list: PartList
    let limits: MailReader.Limits
    /// Containers around the parts that are read: signed mails, `winmail.dat`.
    let nesting: Int

    /// Pieces of the body in their order; a piece has text, HTML, or the same in both forms.
    struct Piece {
        var text: String?
        var html: String?
    }

    var pieces: [Piece] = []
    var attachments: [MailAttachment] = []
    var report: MailReport?
    var invitation: String?
    /// Bodies that containers brought along, for mails that have no other.
    var spare: [Piece] = []
    /// Headers of the first mail within this one.
    var innerHeaders: [MailHeader] = []
    private(set) var defects: [String] = []
    /// Bytes of bodies that may still be read.
    private var bodyBytes: Int

    init(_ list: PartList, limits: MailReader.Limits, nesting: Int = 0) {
        self.list = list
        self.limits = limits
        self.nesting = nesting
        bodyBytes = limits.bodyBytes
    }

    /// A body's bytes as far as they are read.
    mutating func withinLimit(_ content: [UInt8]) -> [UInt8] {
        if content.count > bodyBytes { note("the body is longer than is read") }
        let read = content.count > bodyBytes ? Array(content[..<bodyBytes]) : content
        bodyBytes -= read.count
        return read
    }

    mutating func collect() {
        guard !list.parts.isEmpty else { return }
        add(0, inRelated: false)
    }

    /// Writes what was found into the mail.
    mutating func finish(_ mail: inout ParsedMail) {
        if pieces.allSatisfy({ ($0.text ?? "").isBlank && ($0.html ?? "").isBlank }) { pieces += spare }
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
        mail.text = texts.count == 1 ? texts[0] : texts.joined(separator: "\n\n")
        mail.html = html
        mail.invitation = invitation
        if mail.text.isBlank, let invitation { mail.text = invitation }
        mail.attachments = attachments
        if let html = mail.html {
            // A picture that the HTML shows is inline whatever its part says.
            let shown = attachments.contains { $0.contentID != nil } ? ShownContentIDs.find(in: html) : []
            for index in attachments.indices {
                guard let id = attachments[index].contentID else { continue }
                if shown.contains(id) || shown.contains(id.replacing("@", with: "%40")) { mail.attachments[index].inline = true }
            }
        }
        mail.report = report
        ReturnedMail.complete(&mail, innerHeaders: innerHeaders)
        mail.defects += defects
    }

    private var html: String? {
        guard pieces.contains(where: { $0.html != nil }) else { return nil }
        if pieces.count == 1 { return pieces[0].html }
        return pieces.map { $0.html ?? "<div style=\"white-space: pre-wrap\">\(($0.text ?? "").escapedForHTML())</div>" }
            .joined(separator: "\n")
    }

    // MARK: - Parts

    mutating func add(_ part: Int, inRelated: Bool) {
        let description = PartDescription(list, part)
        if list.parts[part].isMultipart { addMultipart(part, description) } else { addLeaf(part, description, inRelated: inRelated) }
    }

    private mutating func addMultipart(_ part: Int, _ description: PartDescription) {
        let children = list.parts[part].children
        guard !children.isEmpty else {
            if addByGuess(part) { return }
            // No boundary was found: what stands there is text.
            let text = self.text(withinLimit(Array(list.bytes[list.parts[part].body])), nil)
            if !text.isBlank { pieces.append(Piece(text: text)) }
            note("a multipart without parts")
            return
        }
        switch description.type {
        case "multipart/alternative": addAlternative(children)
        case "multipart/related":
            for (position, child) in children.enumerated() { add(child, inRelated: position > 0) }
        default:
            for child in children { add(child, inRelated: false) }
        }
        if description.type == "multipart/report", report == nil { report = MailReport(kind: .delivery) }
    }

    /// The same content in several forms: the best text and the best HTML; anything else stays as a file.
    private mutating func addAlternative(_ children: [Int]) {
        let before = pieces
        pieces = []
        for child in children { add(child, inRelated: false) }
        // Two different texts are no alternatives: neither may be lost.
        var texts: [String] = []
        for text in pieces.compactMap(\.text) where !text.isBlank && !texts.contains(text) { texts.append(text) }
        let text = texts.count > 1 ? texts.joined(separator: "\n") : texts.first
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

    private mutating func addLeaf(_ part: Int, _ description: PartDescription, inRelated: Bool) {
        if description.parameters.value.hasPrefix("multipart/") { note("a multipart without parts") }
        switch description.type {
        case "message/rfc822", "message/global", "message/news": addMessage(part, description)
        case "message/delivery-status", "message/global-delivery-status": addReport(.delivery, part, description)
        case "message/feedback-report": addReport(.feedback, part, description)
        case "message/disposition-notification", "message/global-disposition-notification": addReport(.disposition, part, description)
        case "text/rfc822-headers", "message/rfc822-headers", "message/global-headers": addReturnedHeaders(part, description)
        case _ where Self.isOnlyFile(description):
            addAttachment(data(of: part, description), description)
        default:
            let content = self.content(of: part, description)
            if addContainer(content, description) { return }
            let isShown = !description.isAttached && !(inRelated && description.contentID != nil)
            if isShown, addBody(content, description) {
                // A text that its sender named as a file is shown, and can be had under its name.
                if description.disposition?["filename"] != nil { addAttachment(content, description) }
                return
            }
            addAttachment(content, description)
        }
    }

    /// A part's bytes with their transfer encoding undone; a text that says base64 and is none stays as it is.
    func content(of part: Int, _ description: PartDescription) -> [UInt8] {
        let body = list.bytes[list.parts[part].body]
        if case .base64 = description.encoding, description.type.hasPrefix("text/") { return TransferDecoding.base64Text(body) }
        return description.encoding.decode(body)
    }

    /// The same for bytes that nobody looks at: they are not copied once more.
    func data(of part: Int, _ description: PartDescription) -> Data { description.encoding.data(list.bytes[list.parts[part].body]) }

    /// Whether a part is neither a body nor a container, by its type alone: most bytes of mails are in such files.
    private static func isOnlyFile(_ description: PartDescription) -> Bool {
        let type = description.type
        let kinds = ["image/", "audio/", "video/", "application/octet-stream", "application/pdf", "application/zip"]
        guard kinds.contains(where: type.hasPrefix) else { return false }
        return description.filename?.lowercased() != "winmail.dat"
    }

    mutating func addAttachment(_ content: [UInt8], _ description: PartDescription) { addAttachment(Data(content), description) }

    mutating func addAttachment(_ content: Data, _ description: PartDescription) {
        attachments.append(
            MailAttachment(
                filename: description.filename, contentType: description.type, inline: description.isInline,
                contentID: description.contentID, bytes: content))
    }

    mutating func note(_ defect: String?) {
        if let defect, defects.count < 50, !defects.contains(defect) { defects.append(defect) }
    }

    /// Takes over what another mail's parts gave: one that was unpacked from a part of this one.
    mutating func absorb(_ other: BodyCollector) {
        pieces += other.pieces
        attachments += other.attachments
        report = report ?? other.report
        invitation = invitation ?? other.invitation
        spare += other.spare
        if innerHeaders.isEmpty { innerHeaders = other.innerHeaders }
        for defect in other.defects { note(defect) }
    }
}
