import Continuity
import Conversations
import Testing

@Test(
    "A website conversation's subject",
    arguments: [
        ("My order 17 has not arrived. Can you help?", "My order 17 has not arrived"),
        ("Hi! Where is my parcel? It should be here.", "Hi! Where is my parcel?"),
        ("Hello\nI cannot log in", "Hello"),
        ("  \n\n  too   many \t spaces ", "too many spaces"),
        ("👍", "Your question"), ("", "Your question"), ("...\nReally", "Really"),
        (
            "I would like to know whether the blue chair that I saw last week on your website is still available",
            "I would like to know whether the blue chair that I saw…"
        ),
        (String(repeating: "x", count: 100), String(repeating: "x", count: 59) + "…"),
        ("お問い合わせありがとうございます。配送について", "お問い合わせありがとうございます"),
        ("Version 2.5 crashes", "Version 2.5 crashes"), ("a\r\nBcc: evil@x.test", "a"),
    ])
func subjectFromFirstWords(text: String, subject: String) {
    #expect(ConversationSubject.fromFirstWords(text, fallback: "Your question") == subject)
}

@Test(
    "The subject without marks",
    arguments: [
        ("Re: Order", "Order"), ("RE: AW: Fwd: Order", "Order"), ("Re[2]: Order", "Order"), ("Re(3) : Order", "Order"), ("回复：订单", "订单"),
        ("Réf : Order", "Order"), ("Ответ: Заказ", "Заказ"), ("Order: Re: x", "Order: Re: x"), ("Question: x", "Question: x"), ("Re:", ""),
        ("", ""),
        ("Re:Re:Re: x", "x"),
    ])
func subjectWithoutMarks(subject: String, base: String) { #expect(ConversationSubject.base(subject) == base) }

@Test func anAnswersSubject() {
    #expect(ConversationSubject.ofMail("Order", answered: false) == "Order")
    #expect(ConversationSubject.ofMail("Order", answered: true) == "Re: Order")
    #expect(ConversationSubject.ofMail(ConversationSubject.base("AW: Order"), answered: true) == "Re: Order")
}

private func history(_ ids: [(String, Bool)]) -> [ThreadReferences.Entry] { ids.map { .init(id: $0.0, fromCustomer: $0.1) } }

@Test func theFirstMailOfAChatNamesOnlyItsRoot() {
    let thread = ThreadReferences(history: [], root: "root@acme.test")
    #expect(thread.inReplyTo == "root@acme.test")
    #expect(thread.references == ["root@acme.test"])
    #expect(ThreadReferences(history: []) == ThreadReferences(history: [], root: nil))
    #expect(ThreadReferences(history: []).references.isEmpty)
}

@Test func anAnswerNamesTheCustomersLastMailLast() {
    let thread = ThreadReferences(
        history: history([("<1@us>", false), ("<2@them>", true), ("<3@us>", false), ("<4@us>", false)]), root: "root@us")
    #expect(thread.inReplyTo == "2@them")
    #expect(thread.references == ["root@us", "1@us", "3@us", "4@us", "2@them"])
}

@Test func withoutAnAnswerItFollowsOurOwnLastMail() {
    #expect(ThreadReferences(history: history([("1@us", false), ("2@us", false)])).inReplyTo == "2@us")
}

@Test func aLongHistoryKeepsItsFirstAndItsNewest() {
    let ids = (0..<1_000).map { ("\($0)-\(String(repeating: "x", count: 60))@us", $0 % 2 == 1) }
    let thread = ThreadReferences(history: history(ids))
    let bytes = thread.references.map { $0.utf8.count + 3 }.reduce(0, +)
    #expect(bytes <= 4_000 && bytes > 3_800)
    #expect(thread.references.first == ids[0].0)
    #expect(thread.references.last == ids[999].0)
    #expect(thread.inReplyTo == ids[999].0)
}

@Test func brokenAndRepeatedIDsAreLeftOut() {
    let thread = ThreadReferences(history: history([("<1@us>", false), ("a b@x", true), ("1@us", false), ("2@x\r\nBcc: e@x", true)]))
    #expect(thread.references == ["1@us"])
    #expect(thread.inReplyTo == "1@us")
}

@Test("The outbox's pauses", arguments: zip(1...7, [60, 300, 900, 3_600, 14_400, 14_400, 14_400]))
func pauses(attempt: Int, seconds: Int) {
    let plain = OutboxRetry.standard.after(attempt: attempt, firstAttemptAt: at(0), now: at(10), jitter: 0)
    #expect(plain == .again(at: at(10 + seconds)))
    let longest = OutboxRetry.standard.after(attempt: attempt, firstAttemptAt: at(0), now: at(10), jitter: 1)
    #expect(longest == .again(at: at(10 + seconds + seconds / 5)))
}

@Test func theOutboxGivesUpAfterFiveDaysAndNotBefore() {
    let retry = OutboxRetry.standard
    let end = 5 * 86_400
    #expect(retry.after(attempt: 30, firstAttemptAt: at(0), now: at(end - 60), jitter: 0.5) == .again(at: at(end)))
    #expect(retry.after(attempt: 31, firstAttemptAt: at(0), now: at(end), jitter: 0) == .giveUp)
    #expect(!retry.warns(firstAttemptAt: at(0), now: at(14_399)))
    #expect(retry.warns(firstAttemptAt: at(0), now: at(14_400)))
}
