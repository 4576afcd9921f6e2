extension BodyCollector {
    /// Takes a part as body; false where it is a file.
    mutating func addBody(_ content: [UInt8], _ description: PartDescription) -> Bool {
        let type = description.type
        guard type.hasPrefix("text/") || type == "application/xhtml+xml" || type == "message/plain" else { return false }
        // A text with a name, behind the body, is a file that the mail program would also show.
        if description.filename != nil, !pieces.isEmpty || type != "text/plain" && type != "text/html" { return false }
        if Self.isBinary(content, description) {
            note("a text that cannot be read is kept as a file")
            return false
        }
        let charset = description.parameters["charset"]
        switch type {
        case "text/html", "application/xhtml+xml":
            let bytes = withinLimit(content)
            pieces.append(Piece(html: text(bytes, charset ?? HTMLCharset.declared(bytes))))
        case "text/enriched", "text/richtext":
            // Only where there is no better form of the text.
            if pieces.contains(where: { $0.text != nil }) { return false }
            pieces.append(Piece(text: EnrichedText.text(of: text(withinLimit(content), charset))))
        case "text/plain", "text/markdown", "text/x-markdown", "text/unknown", "text/x-plain", "text/ascii", "message/plain":
            addPlain(text(withinLimit(content), charset), description)
        default: return false
        }
        return true
    }

    private mutating func addPlain(_ source: String, _ description: PartDescription) {
        var text = source
        if description.parameters["format"]?.lowercased() == "flowed" {
            text = FlowedText.unwrap(text, deleteSpace: description.parameters["delsp"]?.lowercased() == "yes")
        }
        let (rest, files) = UUEncodedFiles.extract(text)
        attachments += files
        pieces.append(Piece(text: rest))
    }

    /// Bytes as clean text: `\n` line ends, no NUL.
    mutating func text(_ bytes: [UInt8], _ charset: String?) -> String {
        let decoded = Charsets.decode(bytes, named: charset)
        note(decoded.defect)
        return decoded.cleanText
    }

    /// Whether what was decoded is no text in any charset: control characters all over.
    private static func isBinary(_ content: [UInt8], _ description: PartDescription) -> Bool {
        guard TextMarks(content.prefix(4_096)).hasControl, !Charsets.isWide(description.parameters["charset"]) else { return false }
        var controls = 0
        var nuls = 0
        for byte in content.prefix(4_096) where byte < 0x20 && !(0x09...0x0D).contains(byte) && byte != 0x1B {
            if byte == 0 { nuls += 1 } else { controls += 1 }
        }
        let others = min(content.count, 4_096) - nuls
        guard controls * 20 > others || nuls > 0 && controls * 100 > others else { return false }
        return nuls == 0 || !Charsets.isUnlabelledWide(content, named: description.parameters["charset"])
    }
}
