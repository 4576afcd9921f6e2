import Continuity
import Testing

/// The hidden mark comes back through whatever quoting a mail program does (behaviour §5.1, evidence 4).
@Suite struct HiddenMarkerTests {
    private static let mark = "0123456789abcdef0123456789abcdef"

    @Test(arguments: [
        "ref:\(mark)", "> > ref:\(mark)", ">ref:\(mark)\r\n", "| REF:0123456789ABCDEF0123456789ABCDEF |",
        "<div style=3D\"display:none\">ref:\(mark)</div>", "<span>ref:\(mark)<o:p></o:p></span>", "… (ref:\(mark))", "[ref:\(mark)]",
    ])
    func itIsFound(body: String) {
        #expect(HiddenMarker.find(in: "Hello\n\n\(body)\nBye") == [Self.mark])
    }

    @Test(arguments: ["href:\(mark)", "ref:\(mark)0", "ref:\(mark.dropLast())", "ref: \(mark)", "reference", "ref:", ""])
    func nothingElseIs(body: String) {
        #expect(HiddenMarker.find(in: body).isEmpty)
    }

    @Test func aBodyFullOfMarksGivesOnlyTheFirstFew() {
        let many = (0..<10_000).map { number in
            let hex = String(number, radix: 16)
            return "ref:" + String(repeating: "0", count: 32 - hex.count) + hex
        }
        #expect(HiddenMarker.find(in: many.joined(separator: " ")).count == 4)
    }

    @Test func evidenceCountsItLast() {
        let mail = MailFacts(
            envelopeRecipients: ["reply+\(String(repeating: "a", count: 32))@r.test"], inReplyTo: ["<x@y.test>"])
        #expect(MailEvidence.candidates(mail, markers: [Self.mark]).map(\.kind) == [.replyToken, .ownMessageID, .threadMessageID, .marker])
    }
}
