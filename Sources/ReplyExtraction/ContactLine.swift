/// Lines of a signature that say how to reach somebody.
enum ContactLine {
    /// A telephone number, an address, a link, or a label of one.
    static func isContact(_ content: ArraySlice<UInt8>, _ lower: ArraySlice<UInt8>) -> Bool {
        let words = Footer.words(lower)
        if content.contains(UInt8(ascii: "@")) {
            let count = words.wordCount(limit: 8)
            if count == 1 || count <= 4 && labels.prefix(of: words) != nil { return true }
        }
        if !content.contains(0x20), links.prefix(of: words) != nil { return true }
        let label = labels.prefix(of: words)
        if label != nil, links.isPart(of: words.prefix(60)), words.wordCount(limit: 8) <= 4 { return true }
        return hasNumber(content, isLabelled: label != nil)
    }

    /// "+44 20 7946 0000", "(030) 123-456", "Sam Miller - 713-853-1587"; behind a label also shorter ones.
    private static func hasNumber(_ content: ArraySlice<UInt8>, isLabelled: Bool) -> Bool {
        var digits = 0
        var dots = 0
        var others = 0
        for byte in content {
            if byte.isDigit {
                digits += 1
            } else if byte == UInt8(ascii: ".") {
                dots += 1
            } else if byte.isLetter || byte >= 0x80 {
                others += 1
            }
        }
        if isLabelled { return digits >= 5 }
        // A version, a date with a time and a ZIP code are no numbers to call.
        guard digits >= 7, digits <= 40, digits * 3 >= others, dots <= 4 else { return false }
        let shape = LineShape(content)
        guard !shape.isMoment, !shape.hasNumericDate else { return false }
        return others == 0 || !endsWithPostalCode(content)
    }

    /// "NY 10104-3800".
    private static func endsWithPostalCode(_ content: ArraySlice<UInt8>) -> Bool {
        let end = content.suffix(10)
        return end.count == 10 && end[end.startIndex + 5] == UInt8(ascii: "-") && end.prefix(5).allSatisfy(\.isDigit)
            && end.suffix(4).allSatisfy(\.isDigit)
            && !(content.dropLast(10).last?.isDigit ?? false)
    }

    private static let links = WordList(["http://", "https://", "www."])
    static let labels = WordList([
        "tel", "phone", "fax", "mob", "cell", "office", "direct", "main:", "t:", "m:", "f:", "p:", "d:", "o:", "c:", "e:", "w:", "t ", "m ",
        "e-mail",
        "email", "mail:", "web", "website", "skype", "whatsapp", "linkedin", "twitter", "ph", "telefon", "handy", "mobil", "durchwahl",
        "tél",
        "portable", "teléfono", "móvil", "celular", "telefono", "cellulare", "telefoon", "bel mij", "telefone", "telemóvel", "puh", "gsm",
        "tlf",
        "telefonszám", "telefón", "telefonas", "tālr", "τηλ", "κιν", "тел", "моб", "факс", "телефон", "电话", "手机", "传真", "電話", "手機", "携帯",
        "전화",
        "휴대폰", "팩스", "טל", "נייד", "فکس", "هاتف", "جوال", "تلفن", "điện thoại", "telepon", "hp:", "โทร", "iban", "kvk", "btw", "vat",
        "ust-id", "siret",
    ])
}
