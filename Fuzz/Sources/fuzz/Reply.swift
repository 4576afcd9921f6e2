import ReplyExtraction

/// The new text of a reply, from a text and from HTML; and what was forwarded. The input's first byte says which, a NUL divides the two.
@Sendable func fuzzReply(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let kind = bytes.first else { return }
    let halves = bytes.dropFirst().split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self).filter { $0 != "\r" && $0 != "\r\n" && $0 != "\0" } }
    let first = halves.first ?? ""
    let second = halves.count > 1 ? halves[1] : nil
    let isHTML = kind == UInt8(ascii: "<") || kind == UInt8(ascii: "H")
    let text = isHTML && second == nil ? "" : first
    let html = isHTML && second == nil ? first : second
    let extracted = ReplyExtractor.extract(text: text, html: html)
    checkText(extracted.reply, "reply")
    checkText(extracted.quoted, "quoted")
    if html == nil, text.contains(where: { $0.isLetter || $0.isNumber }) {
        check(!extracted.reply.isEmpty, "an empty reply of a text that has words")
    }
    if let forwarded = ForwardedMailReader.read(text: text, html: html) { checkText(forwarded.text, "forwarded text") }
}
