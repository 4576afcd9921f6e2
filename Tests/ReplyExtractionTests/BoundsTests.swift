import Testing

@testable import ReplyExtraction

/// Bodies that are made to cost time. Each is small enough for every run; anything quadratic would take minutes.
@Suite(.serialized) struct BoundsTests {
    static let units = [
        ">", "> ", "On ", "<div>", "\"", "&#", "x", " ", "\n", "> a\n", ">:\n", "--\n", "From: a@b.test\n", "From: a@b.test\n\n",
        "Date: 1.1.2026 10:00\nTo: x\n", "On 1 Jan 2026 wrote:\n", "On 1 Jan 2026 10:00 <a@b.test\n", "Sent from my iPhone\n",
        "-----Original Message-----\n", "____________________\n", "x:\n",
        "a\n> b\n", "-x\n\n", "Tel 1234567\n", "Tel 1234567\n\n", "Forwarded message:\n", "<blockquote>", "1:", "\u{200E}", "<\n",
        "---- a ----\n",
    ]

    @Test(arguments: units)
    func repeated(_ unit: String) {
        let text = String(repeating: unit, count: 100_000 / unit.utf8.count)
        let begun = ContinuousClock.now
        let got = ReplyExtractor.extract(text: text)
        _ = ReplyExtractor.extract(text: "", html: text)
        _ = ForwardedMailReader.read(text: text)
        #expect(ContinuousClock.now - begun < .seconds(30))
        #expect(!got.reply.isEmpty || text.allSatisfy(\.isWhitespace))
    }

    /// One own line between very many quoted ones and very many attributions: what stands above is looked at once, not once for each.
    @Test func manyAttributionsBelowManyQuotedLines() {
        let text =
            String(repeating: "> a\n", count: 200_000) + "own\n"
            + String(repeating: "On 1 Jan 2026 Sam <a@b.test> wrote:\n> a\n", count: 15_000)
        let begun = ContinuousClock.now
        let got = ReplyExtractor.extract(text: text)
        #expect(ContinuousClock.now - begun < .seconds(30))
        #expect(got.reply.hasSuffix("own"))
    }
}
