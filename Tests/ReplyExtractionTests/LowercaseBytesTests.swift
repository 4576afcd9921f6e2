import Testing

@testable import ReplyExtraction

/// Eight bytes are looked at together where all are ASCII: every byte at every place comes out as it would alone.
@Suite struct LowercaseBytesTests {
    @Test func everyLetterAtEveryPlace() {
        for byte in UInt8(0)...0x7F {
            for place in 0..<20 {
                var text = Array("AbC dEf GhI jKl MnO pQ".utf8)
                text[place] = byte
                let expected = text.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
                #expect(LowercaseBytes.of(text) == expected)
            }
        }
    }

    @Test func otherAlphabetsBetween() {
        #expect(
            LowercaseBytes.of("AAAAAAAA Über ÄÖÜ BBBBBBBBÉ ПРИВЕТ CCCCCCCC") == Array("aaaaaaaa über äöü bbbbbbbbé привет cccccccc".utf8))
    }
}
