import Continuity
import Conversations
import Testing

private let tokenA = "0123456789abcdef0123456789abcdef"
private let tokenB = "ffffffffffffffffffffffffffffffff"

private func tokens(_ mail: MailFacts) -> [String] {
    MailEvidence.candidates(mail).filter { $0.kind == .replyToken }.map { "\($0.value)@\($0.place)" }
}

struct TokenRow: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var mail: MailFacts
    var expected: [String]
}

@Test(
    "Where reply tokens are found",
    arguments: [
        TokenRow(
            testDescription: "envelope", mail: MailFacts(envelopeRecipients: ["reply+\(tokenA)@r.test"]),
            expected: ["\(tokenA)@envelope recipient"]),
        TokenRow(
            testDescription: "Delivered-To", mail: MailFacts(fields: [.init("Delivered-To", "reply+\(tokenA)@r.test")]),
            expected: ["\(tokenA)@Delivered-To"]),
        TokenRow(
            testDescription: "X-Original-To", mail: MailFacts(fields: [.init("x-original-to", "reply+\(tokenA)@r.test")]),
            expected: ["\(tokenA)@X-Original-To"]),
        TokenRow(
            testDescription: "To", mail: MailFacts(fields: [.init("To", "\"Acme\" <reply+\(tokenA)@r.test>, b@x.test")]),
            expected: ["\(tokenA)@To"]),
        TokenRow(
            testDescription: "Cc, second address", mail: MailFacts(fields: [.init("CC", "b@x.test,\treply+\(tokenA)@r.test")]),
            expected: ["\(tokenA)@Cc"]),
        TokenRow(
            testDescription: "X-Forwarded-To", mail: MailFacts(fields: [.init("X-Forwarded-To", "reply+\(tokenA)@r.test")]),
            expected: ["\(tokenA)@X-Forwarded-To"]),
        TokenRow(
            testDescription: "capitals", mail: MailFacts(envelopeRecipients: ["REPLY+\(tokenA.uppercased())@R.TEST"]),
            expected: ["\(tokenA)@envelope recipient"]),
        TokenRow(
            testDescription: "on an ordinary mailbox", mail: MailFacts(fields: [.init("To", "support+\(tokenA)@acme.test")]),
            expected: ["\(tokenA)@To"]),
        TokenRow(
            testDescription: "angle brackets lost", mail: MailFacts(fields: [.init("To", "Acme reply+\(tokenA)@r.test>")]),
            expected: ["\(tokenA)@To"]),
        TokenRow(
            testDescription: "the same twice",
            mail: MailFacts(envelopeRecipients: ["reply+\(tokenA)@r.test"], fields: [.init("To", "reply+\(tokenA)@r.test")]),
            expected: ["\(tokenA)@envelope recipient"]),
        TokenRow(
            testDescription: "two, in the order of places",
            mail: MailFacts(fields: [.init("Cc", "reply+\(tokenB)@r.test"), .init("To", "reply+\(tokenA)@r.test")]),
            expected: ["\(tokenA)@To", "\(tokenB)@Cc"]),
        TokenRow(
            testDescription: "two Delivered-To",
            mail: MailFacts(fields: [.init("Delivered-To", "me@x.test"), .init("Delivered-To", "reply+\(tokenA)@r.test")]),
            expected: ["\(tokenA)@Delivered-To"]),
        TokenRow(
            testDescription: "behind a plus that is none", mail: MailFacts(fields: [.init("To", "a+b+\(tokenA)@r.test")]),
            expected: ["\(tokenA)@To"]),
        TokenRow(testDescription: "31 digits", mail: MailFacts(envelopeRecipients: ["reply+\(tokenA.dropLast())@r.test"]), expected: []),
        TokenRow(testDescription: "33 digits", mail: MailFacts(envelopeRecipients: ["reply+\(tokenA)0@r.test"]), expected: []),
        TokenRow(
            testDescription: "not hexadecimal", mail: MailFacts(envelopeRecipients: ["reply+\(tokenA.dropLast())g@r.test"]), expected: []),
        TokenRow(testDescription: "no domain sign", mail: MailFacts(envelopeRecipients: ["reply+\(tokenA)"]), expected: []),
        TokenRow(
            testDescription: "in the subject only",
            mail: MailFacts(fields: [.init("Subject", "reply+\(tokenA)@r.test")], subject: "reply+\(tokenA)@r.test"), expected: []),
        TokenRow(
            testDescription: "From is no place for it", mail: MailFacts(fields: [.init("From", "reply+\(tokenA)@r.test")]), expected: []),
        TokenRow(testDescription: "a bounce token is none", mail: MailFacts(envelopeRecipients: ["bounce+\(tokenA)@r.test"]), expected: []),
    ])
func whereTokensAreFound(row: TokenRow) { #expect(tokens(row.mail) == row.expected) }

@Test func bounceTokensAreReadFromTheEnvelopeAlone() {
    var mail = MailFacts(
        envelopeSender: "", envelopeRecipients: ["Bounce+\(tokenA.uppercased())@r.test"], fields: [.init("To", "bounce+\(tokenB)@r.test")])
    #expect(MailEvidence.bounceTokens(mail) == [tokenA])
    // Fetched from a mailbox: there is no envelope, and To stands for it. What else stands in the mail does not.
    mail = MailFacts(
        envelopeRecipients: ["support@r.test"],
        fields: [
            .init("To", "support+\(tokenB)@r.test"), .init("Cc", "bounce+\(tokenA)@r.test"), .init("Subject", "bounce+\(tokenA)@r.test"),
        ])
    #expect(MailEvidence.bounceTokens(mail) == [tokenB])
    #expect(MailEvidence.bounceTokens(MailFacts(envelopeRecipients: ["reply+\(tokenA)@r.test"])).isEmpty)
}

@Test func theOrderOfEvidence() {
    let mail = MailFacts(
        envelopeRecipients: ["reply+\(tokenA)@r.test"], inReplyTo: ["<near@x>"], references: ["<first@x>", "<near@x>", "<last@x>"])
    let found = MailEvidence.candidates(mail, markers: ["ABC", "abc"]).map { "\($0.kind.rawValue) \($0.value)" }
    #expect(
        found == [
            "reply_token \(tokenA)", "own_message_id near@x", "own_message_id last@x", "own_message_id first@x", "thread_message_id near@x",
            "thread_message_id last@x", "thread_message_id first@x", "marker abc",
        ])
}

@Test func evidenceIsBounded() {
    let many = (0..<10_000).map { "<\($0)@x>" }
    let to = (0..<500).map { "reply+\(String(repeating: "0", count: 29))\(String($0 + 256, radix: 16))@r.test" }.joined(separator: ", ")
    let found = MailEvidence.candidates(MailFacts(fields: [.init("To", to)], inReplyTo: many, references: many), markers: many)
    #expect(found.filter { $0.kind == .replyToken }.count == 16)
    #expect(found.filter { $0.kind == .ownMessageID }.count == 50)
    #expect(found.filter { $0.kind == .marker }.count == 4)
}

@Test func brokenIDsAreNoEvidence() {
    let ids = ["", "<>", "<a b@x>", "<a\u{0}@x>", "<a<b@x>", String(repeating: "a", count: 2_000), " <ok@x>\r\n"]
    #expect(MailEvidence.candidates(MailFacts(inReplyTo: ids)).filter { $0.kind == .ownMessageID }.map(\.value) == ["ok@x"])
}

@Test func theSentenceNeverCarriesTheToken() {
    for candidate in MailEvidence.candidates(
        MailFacts(envelopeRecipients: ["reply+\(tokenA)@r.test"], fields: [.init("To", "reply+\(tokenB)@r.test")]))
    {
        #expect(!candidate.sentence.contains(candidate.value))
    }
}

// MARK: - The choice

private let account = ID<Account>(1)
private let foreign = ID<Account>(2)

private func looked(_ kind: EvidenceCandidate.Kind, _ result: EvidenceLookup.Result) -> EvidenceLookup {
    EvidenceLookup(EvidenceCandidate(kind: kind, value: "v", place: "p"), result)
}

struct ChoiceRow: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var looked: [EvidenceLookup]
    var senderIn: Set<Int64> = []
    var expected: String
}

@Test(
    "Which conversation",
    arguments: [
        ChoiceRow(testDescription: "nothing", looked: [], expected: "new no_evidence"),
        ChoiceRow(
            testDescription: "nothing known", looked: [looked(.replyToken, .unknown), looked(.ownMessageID, .unknown)],
            expected: "new no_evidence"),
        ChoiceRow(
            testDescription: "a good token, whoever writes", looked: [looked(.replyToken, .conversation(ID(7), account: account))],
            expected: "thread 7 reply_token"),
        ChoiceRow(
            testDescription: "the first good token wins",
            looked: [
                looked(.replyToken, .unknown), looked(.replyToken, .conversation(ID(7), account: account)),
                looked(.replyToken, .conversation(ID(8), account: account)),
            ], expected: "thread 7 reply_token"),
        ChoiceRow(
            testDescription: "a token beats an id",
            looked: [
                looked(.ownMessageID, .conversation(ID(8), account: account)), looked(.replyToken, .conversation(ID(7), account: account)),
            ], senderIn: [8], expected: "thread 7 reply_token"),
        ChoiceRow(
            testDescription: "a retired token", looked: [looked(.replyToken, .retired(ID(7), account: account))],
            expected: "new 7 retired_token"),
        ChoiceRow(
            testDescription: "a retired token of a deleted conversation", looked: [looked(.replyToken, .retired(nil, account: account))],
            expected: "new retired_token"),
        ChoiceRow(
            testDescription: "a good token behind a retired one",
            looked: [looked(.replyToken, .retired(ID(6), account: account)), looked(.replyToken, .conversation(ID(7), account: account))],
            expected: "thread 7 reply_token"),
        ChoiceRow(
            testDescription: "a retired token is not undone by an id",
            looked: [
                looked(.replyToken, .retired(ID(7), account: account)), looked(.ownMessageID, .conversation(ID(7), account: account)),
            ], senderIn: [7], expected: "new 7 retired_token"),
        ChoiceRow(
            testDescription: "our id, sender in the conversation", looked: [looked(.ownMessageID, .conversation(ID(7), account: account))],
            senderIn: [7], expected: "thread 7 own_message_id"),
        ChoiceRow(
            testDescription: "our id, sender unknown there", looked: [looked(.ownMessageID, .conversation(ID(7), account: account))],
            expected: "new 7 sender_not_in_conversation"),
        ChoiceRow(
            testDescription: "another mail's id, sender in the conversation",
            looked: [looked(.threadMessageID, .conversation(ID(7), account: account))], senderIn: [7],
            expected: "thread 7 thread_message_id"),
        ChoiceRow(
            testDescription: "another mail's id, sender unknown there",
            looked: [looked(.threadMessageID, .conversation(ID(7), account: account))], expected: "new 7 sender_not_in_conversation"),
        ChoiceRow(
            testDescription: "a marker, sender in the conversation", looked: [looked(.marker, .conversation(ID(7), account: account))],
            senderIn: [7], expected: "thread 7 marker"),
        ChoiceRow(
            testDescription: "a marker, sender unknown there", looked: [looked(.marker, .conversation(ID(7), account: account))],
            expected: "new 7 sender_not_in_conversation"),
        ChoiceRow(
            testDescription: "ours before another's",
            looked: [
                looked(.threadMessageID, .conversation(ID(8), account: account)),
                looked(.ownMessageID, .conversation(ID(7), account: account)),
            ], senderIn: [7, 8], expected: "thread 7 own_message_id"),
        ChoiceRow(
            testDescription: "the first id that resolves decides, also against the sender",
            looked: [
                looked(.ownMessageID, .conversation(ID(7), account: account)),
                looked(.ownMessageID, .conversation(ID(8), account: account)),
            ], senderIn: [8], expected: "new 7 sender_not_in_conversation"),
        ChoiceRow(
            testDescription: "a foreign account's token is unknown", looked: [looked(.replyToken, .conversation(ID(7), account: foreign))],
            expected: "new no_evidence"),
        ChoiceRow(
            testDescription: "a foreign account's retired token too", looked: [looked(.replyToken, .retired(ID(7), account: foreign))],
            expected: "new no_evidence"),
        ChoiceRow(
            testDescription: "a foreign account's id too", looked: [looked(.ownMessageID, .conversation(ID(7), account: foreign))],
            senderIn: [7], expected: "new no_evidence"),
        ChoiceRow(
            testDescription: "an own id behind a foreign token",
            looked: [
                looked(.replyToken, .conversation(ID(9), account: foreign)), looked(.ownMessageID, .conversation(ID(7), account: account)),
            ], senderIn: [7], expected: "thread 7 own_message_id"),
    ])
func whichConversation(row: ChoiceRow) {
    let choice = chooseConversation(row.looked, account: account) { row.senderIn.contains($0.value) }
    let words: String =
        switch choice {
        case .thread(let conversation, let by): "thread \(conversation) \(by.kind.rawValue)"
        case .new(let linked, _, let because): ["new", linked?.description, because.rawValue].compactMap { $0 }.joined(separator: " ")
        }
    #expect(words == row.expected)
}
