/// Lines below a mail that no person wrote: "Sent from my phone", legal notices, footers of mailing lists.
enum Footer {
    enum Kind {
        case mobile, legal, list
    }

    /// The footer that begins in this line; nil where none does.
    static func kind(_ line: Int, in body: MailBody, startsParagraph: Bool) -> Kind? {
        let text = words(body.lower(line))
        guard text.count >= 4 else { return announcesList(line, in: body) ? .list : nil }
        if isMobile(body.content(line), text) { return .mobile }
        guard startsParagraph || text.count < 120 else { return nil }
        if ListFooterWords.beginnings.prefix(of: text) != nil { return .list }
        if startsParagraph, LegalNotice.begins(line, text, in: body) { return .legal }
        return nil
    }

    /// "_____" with "… mailing list" below it.
    private static func announcesList(_ line: Int, in body: MailBody) -> Bool {
        guard Separator.isRule(body.content(line), length: 20), let next = body.nextFilled(after: line) else { return false }
        let below = body.lower(next)
        return below.contains("mailing list") || below.contains("unsubscribe") || ListFooterWords.beginnings.prefix(of: below) != nil
    }

    private static func isMobile(_ content: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        guard content.count >= 6, content.count <= 160 else { return false }
        if content.count < 60, MobileFooterWords.endings.suffix(of: text) != nil { return true }
        // "Sent from Ada's phone": any device, in few words.
        if text.starts(with: "sent from ".utf8), text.wordCount(limit: 8) <= 6, content.count < 60 { return true }
        guard let length = MobileFooterWords.beginnings.prefix(of: text) else { return false }
        // A sentence that goes on is a person's: "Sent from my side are three parcels that …".
        return text.count - length <= 110 && content.last != UInt8(ascii: "?") && text.wordCount() <= 14 && !text.contains(" is ")
            && !text.contains(" are ")
    }

    /// Without the marks that such lines are set in.
    static func words(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var words = text.droppingMarks()
        while let last = words.last {
            switch last {
            case 0...0x20, UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: ")"): words.removeLast()
            default: return words
            }
        }
        return words
    }
}
