import Testing

@testable import HTMLReading
@testable import MailFormat

/// Passes that look at several bytes together say the same as looking at one after the other, wherever what they look for stands.
@Suite struct TextPassTests {
    /// Every byte at every place of a short text, with plain text around it.
    private static let texts: [[UInt8]] = (0...255).flatMap { byte in
        [0, 1, 7, 8, 9, 15, 16, 17, 31].map { place in
            var text = Array("The lamp flickers since the storm of Monday.".utf8)
            text[place] = UInt8(byte)
            return text
        }
    }

    @Test func textIsCleanedByteByByte() {
        for text in Self.texts + Self.texts.map({ $0 + [0x0D, 0x0A] + $0 }) {
            var clean: [UInt8] = []
            var last: UInt8 = 0
            for byte in text {
                if byte >= 0x20 && byte != 0x7F || byte == 0x09 {
                    clean.append(byte)
                } else if byte == 0x0D || byte == 0x0C || byte == 0x0A && last != 0x0D {
                    clean.append(0x0A)
                }
                last = byte
            }
            #expect(String(cleaning: text[...]) == String(decoding: clean, as: UTF8.self))
        }
    }

    @Test func marksAreFoundAnywhere() {
        for text in Self.texts {
            let marks = TextMarks(text[...])
            #expect(marks.hasNUL == text.contains(0))
            #expect(marks.hasEscape == text.contains(0x1B))
            #expect(marks.hasEightBit == text.contains { $0 >= 0x80 })
            #expect(marks.hasControl == text.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || $0 == 0x7F })
        }
    }

    @Test func validUTF8IsWhatTheStandardLibrarySays() {
        for lead in UInt8(0x80)...0xFF {
            for second in stride(from: UInt8(0x70), through: 0xF0, by: 8) {
                let text = Array("Lamp ".utf8) + [lead, second, 0x80, 0xBF] + Array(" and more".utf8)
                #expect(UTF8Shape(text).isValid == (String(validating: text, as: UTF8.self) != nil))
            }
        }
    }

    @Test func westernBytesAreTheirCharacters() {
        #expect(Charsets.decode([0x47, 0x72, 0xF6, 0xDF, 0x65, 0x20, 0x80, 0x81, 0x9F], named: "windows-1252").text == "Größe €\u{FFFD}Ÿ")
    }

    @Test func aConverterThatStaysOpenForgetsWhatItRead() {
        // The first ends within its shift state, the second in the middle of a letter.
        let cut: [UInt8] = [0x1B, 0x24, 0x42, 0x46, 0x7C]
        #expect(Charsets.decode(cut, named: "iso-2022-jp").text == "日")
        #expect(Charsets.decode(Array("abc".utf8) + cut, named: "iso-2022-jp").text == "abc日")
        #expect(Charsets.decode([0x93], named: "shift_jis").text == "\u{FFFD}")
        #expect(Charsets.decode([0x93, 0xFA], named: "shift_jis").text == "日")
        #expect(Charsets.decode([0xC8, 0xD5], named: "gb2312").text == "日")
    }

    @Test(arguments: ["l", "lamp", "The", "Monday.", "storm of", "Mondays", "x"])
    func partsAreFoundAnywhere(_ part: String) {
        let text = "The lamp flickers since the storm of Monday."
        for begin in 0..<text.utf8.count {
            let rest = String(text.dropFirst(begin))
            let isPart = rest.utf8.indices.contains { rest.utf8[$0...].starts(with: part.utf8) }
            #expect(rest.utf8.withContiguousStorageIfAvailable { $0.next(UInt8(ascii: "."), from: 0) } == rest.utf8.count - 1)
            switch part {
            case "l": #expect(rest.hasPart("l") == isPart)
            case "lamp": #expect(rest.hasPart("lamp") == isPart)
            case "The": #expect(rest.hasPart("The") == isPart)
            case "Monday.": #expect(rest.hasPart("Monday.") == isPart)
            case "storm of": #expect(rest.hasPart("storm of") == isPart)
            case "Mondays": #expect(!rest.hasPart("Mondays"))
            default: #expect(!rest.hasPart("x"))
            }
        }
    }

    @Test func headersWithoutEncodedWordsAreUnfolded() {
        #expect(EncodedWords.unfolded(Array("  a\r\n\tb  c \r\n".utf8)[...]) == "a b c")
        #expect(EncodedWords.unfolded(Array(" =?utf-8?Q?L=C3=A4mp?= =\r\n".utf8)[...]) == "Lämp =")
        #expect(EncodedWords.unfolded([0x4C, 0xE4, 0x6D, 0x70]) == "Lämp")
    }
}
