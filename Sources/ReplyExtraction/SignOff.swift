/// "Best regards," and the name below it. It is part of a letter; but above a signature it goes with the signature.
enum SignOff {
    private static let lengthLimit = 60
    private static let nameLines = 2
    private static let nameWords = 4

    /// Index in `kept` where the sign-off at the end begins; nil where there is none.
    static func begin(in kept: ArraySlice<Int>, of body: MailBody) -> Int? {
        var names = 0
        for index in kept.indices.dropFirst().reversed() {
            let content = body.content(kept[index])
            if content.isEmpty { continue }
            guard body.lines[kept[index]].depth == 0, content.count <= lengthLimit else { return nil }
            if closes(body.lower(kept[index])) { return index }
            names += 1
            guard names <= nameLines, content.wordCount(limit: 8) <= nameWords else { return nil }
        }
        return nil
    }

    /// Also "Thanks, Sam" and "Best regards / Viele Grüße".
    private static func closes(_ lower: ArraySlice<UInt8>) -> Bool {
        let text = Footer.words(lower)
        guard text.last != UInt8(ascii: "?"), let length = SignOffWords.beginnings.prefix(of: text) else { return false }
        let rest = text.dropFirst(length)
        // "Thanks for the parcel" is what somebody wants to say.
        return rest.isEmpty || !(rest.first ?? 0).isLetter && rest.wordCount(limit: 8) <= nameWords
    }
}
