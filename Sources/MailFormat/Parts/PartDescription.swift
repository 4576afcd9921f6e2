/// How a part is described by its headers, with what is usually wrong put right.
struct PartDescription {
    /// `type/subtype` in lower case.
    var type: String
    var parameters: HeaderParameters
    var disposition: HeaderParameters?
    /// Without angle brackets.
    var contentID: String?
    var encoding: TransferDecoding
    /// Whether the part itself says what it is.
    var namesType: Bool

    var isAttached: Bool { disposition?.value == "attachment" }
    var isInline: Bool { disposition?.value == "inline" }

    /// Without folders and control characters; nil where it has none.
    let filename: String?

    init(_ list: PartList, _ part: Int) {
        let parameters = list.parts[part].type
        let disposition = list.value("Content-Disposition", of: part).map(HeaderParameters.init)
        self.parameters = parameters
        self.disposition = disposition
        func clean(_ parameters: HeaderParameters?, _ name: String) -> String? { parameters?[name].flatMap(FileName.clean) }
        filename =
            clean(disposition, "filename") ?? clean(parameters, "name") ?? clean(disposition, "name") ?? clean(parameters, "filename")
        encoding = TransferDecoding(list.value("Content-Transfer-Encoding", of: part, limit: 1_000))
        contentID = list.value("Content-ID", of: part, limit: 2_000).flatMap {
            let text = String(decoding: $0, as: UTF8.self)
            return MessageIDs.list(text).first ?? text.foldingWhiteSpace().nonEmpty
        }
        namesType = parameters.value.utf8.contains(UInt8(ascii: "/"))
        let isDigest = list.parts[part].parent.map { list.parts[$0].type.value == "multipart/digest" } ?? false
        switch parameters.value {
        case "" where isDigest: type = "message/rfc822"
        case "", "text", "plain", "7bit", "8bit": type = "text/plain"
        case "html": type = "text/html"
        case let value where !value.utf8.contains(UInt8(ascii: "/")): type = "application/octet-stream"
        // A multipart without a boundary that could be used is text.
        case let value where value.hasPrefix("multipart/") && !list.parts[part].isMultipart: type = "text/plain"
        case let value: type = value
        }
    }
}

extension String {
    var isBlank: Bool { utf8.allSatisfy { $0 <= 0x20 } }
    var nonEmpty: String? { isEmpty ? nil : self }
}
