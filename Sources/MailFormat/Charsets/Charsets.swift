import CMailParts

/// Bytes to text by an allow-list of charsets; wrong labels are noticed. Never fails: what cannot be read becomes U+FFFD.
enum Charsets {
    struct Decoded {
        /// As UTF-8, in which some bytes may still be none.
        var utf8: [UInt8]
        /// What was wrong, in words.
        var defect: String?

        /// There is no control character but tabs and line feeds in it.
        var isClean = false

        var text: String { String(decoding: utf8, as: UTF8.self) }
        /// With `\n` line ends, no NUL, and no other control character than tab.
        var cleanText: String { isClean ? text : String(cleaning: utf8[...]) }
    }

    /// - Parameter label: the charset as the mail names it; nil where it names none.
    static func decode(_ raw: [UInt8], named label: String?) -> Decoded {
        let charset = CharsetNames.charset(label ?? "")
        let marks = TextMarks(raw[...])
        if let wide = decodeWide(raw, charset, hasNUL: marks.hasNUL) { return wide }
        let bytes = marks.hasNUL ? raw.filter { $0 != 0 } : raw
        let isASCII = !marks.hasEightBit && !marks.hasEscape
        if isASCII, !CharsetNames.wide.contains(charset ?? "") { return Decoded(utf8: bytes, isClean: !marks.hasControl) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return utf8(Array(bytes[3...]), nil) }

        let name = CharsetNames.normal(label ?? "").prefix(40)
        let shape = UTF8Shape(bytes)
        let isUTF8 = shape.isValid && shape.sequences > 0
        guard let charset else {
            return isUTF8 ? utf8(bytes, "charset “\(name)” is not known") : guessed(bytes, "charset “\(name)” is not known")
        }
        switch charset {
        case "ascii":
            if isUTF8 { return utf8(bytes, "8-bit text without a charset") }
            if shape.isValid, !hasEscape(bytes) { return utf8(bytes, nil) }
            if shape.sequences > 0, shape.sequences >= shape.broken { return utf8(bytes, "damaged UTF-8 without a charset") }
            return guessed(bytes, "8-bit text without a charset")
        case "UTF-8":
            if shape.isValid, isUTF8 || !hasEscape(bytes) { return utf8(bytes, nil) }
            // Named UTF-8, but another charset: only a text without one whole sequence is taken for that.
            if shape.sequences == 0, shape.broken > 1 || bytes.count < 200 { return guessed(bytes, "not UTF-8 as it says") }
            return utf8(bytes, "damaged UTF-8")
        case "WINDOWS-1252":
            return isUTF8 ? utf8(bytes, "UTF-8 named \(name)") : Decoded(utf8: western(bytes))
        default:
            // One sequence may be chance; in a charset of two bytes a letter, so may be a few.
            let isWide = CharsetNames.wide.contains(charset)
            let enough = isWide ? 1 : CharsetNames.multiByte.contains(charset) ? 4 : 2
            if isUTF8, shape.sequences >= enough { return utf8(bytes, "UTF-8 named \(name)") }
            if isWide, charset.hasPrefix("ISO-2022"), !hasEscape(bytes), !isASCII { return guessed(bytes, "not \(name) as it says") }
            guard let converted = convert(bytes, charset) else { return guessed(bytes, "charset “\(name)” cannot be read") }
            guard converted.damaged > 0 else { return Decoded(utf8: converted.utf8) }
            if isUTF8 { return utf8(bytes, "UTF-8 named \(name)") }
            if let other = CharsetGuess.charset(of: bytes), other != charset, let better = convert(bytes, other), better.damaged == 0 {
                return Decoded(utf8: better.utf8, defect: "not \(name) as it says")
            }
            return Decoded(utf8: converted.utf8, defect: "damaged \(name) text")
        }
    }

    static func isKnown(_ label: String) -> Bool { !label.isEmpty && CharsetNames.charset(label) != nil }

    /// Whether a charset writes ASCII otherwise than as ASCII: then NUL and control characters are parts of letters.
    static func isWide(_ label: String?) -> Bool { label.flatMap(CharsetNames.charset).map(CharsetNames.wide.contains) ?? false }

    private static func utf8(_ bytes: [UInt8], _ defect: String?) -> Decoded {
        Decoded(utf8: bytes, defect: defect)
    }

    /// Text whose charset nobody says, or which is not what it says.
    private static func guessed(_ bytes: [UInt8], _ defect: String) -> Decoded {
        if let charset = CharsetGuess.charset(of: bytes), let converted = convert(bytes, charset), converted.damaged == 0 {
            return Decoded(utf8: converted.utf8, defect: defect)
        }
        return Decoded(utf8: western(bytes), defect: defect)
    }

    // MARK: - UTF-16 and UTF-32

    /// Where the bytes or their label say UTF-16 or UTF-32; nil where the label is wrong or is another.
    private static func decodeWide(_ bytes: [UInt8], _ charset: String?, hasNUL: Bool) -> Decoded? {
        guard let name = wideName(bytes, charset, hasNUL: hasNUL), var utf8 = convert(bytes, name)?.utf8 else { return nil }
        if utf8.starts(with: [0xEF, 0xBB, 0xBF]) { utf8.removeFirst(3) }
        return Decoded(utf8: utf8, defect: isWideName(charset) ? nil : "UTF-16 without a label")
    }

    private static func isWideName(_ charset: String?) -> Bool { charset.map { $0.hasPrefix("UTF-16") || $0.hasPrefix("UTF-32") } ?? false }

    /// Whether bytes without such a label are UTF-16 or UTF-32 all the same.
    static func isUnlabelledWide(_ bytes: [UInt8], named label: String?) -> Bool {
        wideName(bytes, CharsetNames.charset(label ?? ""), hasNUL: true) != nil
    }

    private static func wideName(_ bytes: [UInt8], _ charset: String?, hasNUL: Bool) -> String? {
        let says = isWideName(charset)
        guard bytes.count >= 2 else { return nil }
        let mark = byteOrderMark(bytes, says: says)
        guard says || mark != nil || hasNUL else { return nil }
        // Letters of two bytes have NUL at every other place in nearly every text: in its spaces and line ends.
        let head = bytes.prefix(4_000)
        var zeros = [0, 0, 0, 0]
        for (index, byte) in head.enumerated() where byte == 0 { zeros[index & 3] += 1 }
        let even = zeros[0] + zeros[2]
        let odd = zeros[1] + zeros[3]
        if let mark { return mark }
        if says {
            if even + odd == 0, UTF8Shape(bytes).isValid { return nil }
            let big = charset?.hasSuffix("BE") ?? false || !(charset?.hasSuffix("LE") ?? false) && (even > odd || even + odd == 0)
            return charset?.hasPrefix("UTF-32") == true ? (big ? "UTF-32BE" : "UTF-32LE") : (big ? "UTF-16BE" : "UTF-16LE")
        }
        if charset == nil || charset == "ascii" || charset == "UTF-8", max(even, odd) * 5 > head.count * 2,
            min(even, odd) * 20 < max(even, odd)
        {
            return even > odd ? "UTF-16BE" : "UTF-16LE"
        }
        return nil
    }

    private static func byteOrderMark(_ bytes: [UInt8], says: Bool) -> String? {
        guard bytes[0] == 0 || bytes[0] >= 0xFE else { return nil }
        if says, bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return "UTF-32LE" }
        if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32BE" }
        return bytes.starts(with: [0xFF, 0xFE]) ? "UTF-16LE" : bytes.starts(with: [0xFE, 0xFF]) ? "UTF-16BE" : nil
    }

    private static func hasEscape(_ bytes: [UInt8]) -> Bool { CharsetGuess.hasEscape(bytes) }

    // MARK: - Conversion

    /// Windows-1252, of which ISO-8859-1 is a part in all that mail programs write.
    static func western(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: bytes.count * 3) { out, count in
            bytes.withUnsafeBufferPointer { source in
                if let from = source.baseAddress, let to = out.baseAddress { count = mail_convert_western(from, source.count, to) }
            }
        }
    }

    private static func convert(_ bytes: [UInt8], _ charset: String) -> (utf8: [UInt8], damaged: Int)? {
        // No charset needs more than three times its bytes in UTF-8, but single bytes that become U+FFFD.
        let capacity = bytes.count * 3 + 16
        var damaged = 0
        var known = true
        let out = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            count = 0
            guard let base = buffer.baseAddress else { return }
            bytes.withUnsafeBufferPointer { source in
                guard let from = source.baseAddress else { return }
                let written = mail_convert(charset, from, source.count, base, capacity, &damaged)
                if written < 0 { known = false } else { count = written }
            }
        }
        return known ? (out, damaged) : nil
    }
}
