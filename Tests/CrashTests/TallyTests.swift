import Testing

@testable import throughline_crash

/// A crash run that could not see a loss would be worth nothing: each kind of damage must show.
@Suite struct TallyTests {
    private var book = Ledger.Book(seed: 7)
    private var shown = Tally.Shown()

    /// Two mails in conversation 3 and one agent message there, all well.
    init() {
        book.answered = [0, 1]
        book.replies = [Marks.reply(seed: 7, number: 0): 3]
        book.mailed = [Marks.reply(seed: 7, number: 0): ["a@x"]]
        add("This is mail-7-0-end and so on.")
        add("This is mail-7-1-end and so on.")
        add("Here is\nreply-7-0-end\nand nothing else.", isIncoming: false, state: "emailed")
    }

    private mutating func add(_ text: String, isIncoming: Bool = true, state: String? = nil, in conversation: Int = 3) {
        shown.add(
            AgentAPI.Line(id: 0, content: text, isIncoming: isIncoming, isPrivate: false, state: state), in: conversation)
    }

    private func judge() -> (Tally, isAtRest: Bool) { Tally.judge(book, shown) { _ in 3 } }

    @Test func allIsWell() {
        let (tally, isAtRest) = judge()
        #expect(tally.isClean && isAtRest)
        #expect((tally.lost, tally.duplicated) == (0, 0))
    }

    @Test mutating func aMailThatIsNowhereIsLost() {
        shown.places["mail-7-1-end"] = nil
        #expect(judge().0.lostMails == ["mail-7-1-end"])
    }

    @Test mutating func aMailThatWasNeverAnsweredMayBeMissing() {
        shown.places["mail-7-1-end"] = nil
        book.answered = [0]
        #expect(judge().0.isClean)
    }

    @Test mutating func aMailTwiceIsDuplicated() {
        add("This is mail-7-0-end and so on.")
        #expect(judge().0.doubledMails == ["mail-7-0-end"])
    }

    @Test mutating func aMailInAnotherConversationAsWellIsDuplicated() {
        add("This is mail-7-0-end and so on.", in: 4)
        #expect(judge().0.duplicated == 1)
    }

    @Test mutating func aMailInTheWrongConversationIsMisplaced() {
        shown.places["mail-7-0-end"] = [4]
        let tally = judge().0
        #expect(tally.misplacedMails == ["mail-7-0-end"] && !tally.isClean)
    }

    @Test mutating func anAgentMessageThatNobodyGotIsLost() {
        book.mailed = [:]
        #expect(judge().0.lostReplies == ["reply-7-0-end"])
    }

    @Test mutating func anAgentMessageThatIsGoneIsLostAlthoughItWasMailed() {
        shown.states = [:]
        let (tally, isAtRest) = judge()
        #expect(tally.lost == 1 && !isAtRest)
    }

    @Test mutating func anAgentMessageMailedTwiceIsDuplicated() {
        book.mailed["reply-7-0-end"] = ["a@x", "a@x"]
        #expect(judge().0.doubledReplies == ["reply-7-0-end"])
    }

    @Test mutating func uncertainMayHaveBeenMailedOrNot() {
        shown.states["reply-7-0-end"] = ["uncertain"]
        for times in [[], ["a@x"], ["a@x", "a@x"]] {
            book.mailed["reply-7-0-end"] = times
            let (tally, isAtRest) = judge()
            #expect(tally.isClean && isAtRest && tally.uncertain == 1)
        }
    }

    @Test mutating func waitingIsNotTheEnd() {
        shown.states["reply-7-0-end"] = ["queued"]
        #expect(!judge().isAtRest)
    }
}

@Test func marksAreFoundWhereverTheyStand() {
    #expect(
        Marks.replies(in: "a reply-1-2-end,\nreply-1-33-end. reply-1- mail-1-2-end") == [
            "reply-1-2-end", "reply-1-33-end",
        ])
    #expect(Marks.mails(in: "> mail-1-2-end") == ["mail-1-2-end"])
}
