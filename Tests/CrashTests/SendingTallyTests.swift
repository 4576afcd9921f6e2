import Testing

@testable import throughline_crash

/// Each kind of damage to mail that goes out must show.
@Suite struct SendingTallyTests {
    private var book = Ledger.Book(seed: 7)
    private var shown: [String: [AgentAPI.Line]] = [:]
    private let mark = Marks.reply(seed: 7, number: 0)

    init() {
        book.replies = [mark: 3]
        book.mailed = [mark: ["a@x"]]
        book.copies = ["a@x": 1]
        shown = [mark: [line("emailed")]]
    }

    private func line(_ state: String, reason: String? = nil, until: Double? = nil) -> AgentAPI.Line {
        AgentAPI.Line(id: 0, content: mark, isIncoming: false, isPrivate: false, state: state, reason: reason, until: until)
    }

    private func judge() -> SendingTally { SendingTally.judge(book, shown, begun: 0) }

    @Test func allIsWell() { #expect(judge().isClean) }

    @Test mutating func whatTheRelayNeverGotIsLost() {
        (book.mailed, book.copies) = ([:], [:])
        #expect(judge().lost == [mark])
    }

    @Test mutating func twoMailsWithOneMessageAreADuplicate() {
        book.mailed[mark] = ["a@x", "b@x"]
        #expect(judge().duplicated == [mark])
    }

    @Test mutating func theSameMailTwiceIsADuplicateUnlessItWasUncertain() {
        book.copies["a@x"] = 2
        #expect(judge().duplicated == [mark])
        shown[mark] = [line("emailed", reason: "It was sent a second time.")]
        #expect(judge().isClean && judge().twice == 1)
        book.copies["a@x"] = 3
        #expect(judge().duplicated == [mark])
    }

    @Test mutating func whatStillWaitsIsUnsettled() {
        for state in [line("uncertain", until: 5), line("deferred", until: 5), line("queued"), line("waiting")] {
            shown[mark] = [state]
            #expect(judge().unsettled.count == 1)
        }
        shown[mark] = [line("uncertain")]
        #expect(judge().isClean)
    }
}
