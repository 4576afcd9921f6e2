import Continuity
import Conversations
import Testing

struct StandingRow: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var from: String?
    var dmarc: DMARCResult = .pass
    var state: AddressState? = .proven
    var answers = true
    var kind: MailKind = .human
    var expected: String
}

private let known = KnownAddresses(
    contact: ["Ann@X.test"], participants: ["colleague@x.test", "sam@acme.test"], agents: ["sam@acme.test", "ann-agent@acme.test"],
    own: ["support@acme.test"], ownDomains: ["reply.acme.test"])

@Test(
    "Who the sender is and what follows",
    arguments: [
        StandingRow(testDescription: "the contact", from: "ann@x.test", expected: "contact accept visible"),
        StandingRow(testDescription: "the contact in capitals", from: "<ANN@x.TEST> ", expected: "contact accept visible"),
        StandingRow(
            testDescription: "the contact, no sender check made", from: "ann@x.test", dmarc: .notChecked, expected: "contact accept visible"
        ),
        StandingRow(testDescription: "the contact, no policy", from: "ann@x.test", dmarc: .noPolicy, expected: "contact accept visible"),
        StandingRow(
            testDescription: "the contact fails DMARC, p=none", from: "ann@x.test", dmarc: .failNone, expected: "contact accept hidden"),
        StandingRow(
            testDescription: "the contact fails DMARC, p=quarantine", from: "ann@x.test", dmarc: .failQuarantine,
            expected: "contact accept hidden"),
        StandingRow(
            testDescription: "the contact fails DMARC, p=reject", from: "ann@x.test", dmarc: .failReject,
            expected: "contact quarantine hidden"),
        StandingRow(
            testDescription: "claimed and an answer to ours: proves it", from: "ann@x.test", state: .claimed,
            expected: "contact accept visible proves"),
        StandingRow(
            testDescription: "claimed, unchecked, an answer to ours: proves it", from: "ann@x.test", dmarc: .notChecked, state: .claimed,
            expected: "contact accept visible proves"),
        StandingRow(
            testDescription: "claimed, answers nothing: another service's code", from: "ann@x.test", state: .claimed,
            answers: false, expected: "contact accept hidden"),
        StandingRow(
            testDescription: "unknown state counts as claimed", from: "ann@x.test", state: nil, answers: false,
            expected: "contact accept hidden"),
        StandingRow(
            testDescription: "claimed, answers, but fails DMARC: proves nothing", from: "ann@x.test", dmarc: .failNone, state: .claimed,
            expected: "contact accept hidden"),
        StandingRow(
            testDescription: "claimed, a machine's answer proves nothing", from: "ann@x.test", state: .claimed, kind: .autoReply,
            expected: "contact accept hidden"),
        StandingRow(
            testDescription: "an unreachable address that answers is reached", from: "ann@x.test", state: .unreachable,
            expected: "contact accept visible proves"),
        StandingRow(testDescription: "proven and answers nothing", from: "ann@x.test", answers: false, expected: "contact accept visible"),
        StandingRow(testDescription: "proven, a machine's answer", from: "ann@x.test", kind: .autoReply, expected: "contact accept hidden"),
        StandingRow(testDescription: "a participant", from: "colleague@x.test", expected: "participant accept visible"),
        StandingRow(
            testDescription: "a participant fails", from: "colleague@x.test", dmarc: .failNone, expected: "participant accept hidden"),
        StandingRow(
            testDescription: "a participant fails DMARC, p=reject", from: "colleague@x.test", dmarc: .failReject,
            expected: "participant quarantine hidden"),
        StandingRow(
            testDescription: "a participant, the contact is claimed", from: "colleague@x.test", state: .claimed, answers: false,
            expected: "participant accept hidden"),
        StandingRow(
            testDescription: "a participant's answer proves nothing", from: "colleague@x.test", state: .claimed,
            expected: "participant accept visible"),
        StandingRow(testDescription: "an agent, authenticated", from: "sam@acme.test", expected: "agent accept hidden"),
        StandingRow(
            testDescription: "an agent, not checked, although in Cc before", from: "sam@acme.test", dmarc: .notChecked,
            expected: "stranger hold hidden"),
        StandingRow(
            testDescription: "an agent, no policy", from: "ann-agent@acme.test", dmarc: .noPolicy, expected: "stranger hold hidden"),
        StandingRow(
            testDescription: "an agent's forged", from: "sam@acme.test", dmarc: .failReject, expected: "stranger quarantine hidden"),
        StandingRow(testDescription: "a stranger", from: "eve@y.test", expected: "stranger hold hidden"),
        StandingRow(testDescription: "a stranger, unchecked", from: "eve@y.test", dmarc: .notChecked, expected: "stranger hold hidden"),
        StandingRow(testDescription: "a forged stranger", from: "eve@y.test", dmarc: .failReject, expected: "stranger quarantine hidden"),
        StandingRow(testDescription: "nobody", from: nil, expected: "stranger hold hidden"),
        StandingRow(testDescription: "an empty From", from: "", expected: "stranger hold hidden"),
        StandingRow(testDescription: "our support address", from: "Support@acme.test", expected: "own_address quarantine hidden"),
        StandingRow(
            testDescription: "our support address with a detail", from: "support+x@acme.test", expected: "own_address quarantine hidden"),
        StandingRow(
            testDescription: "of the reply domain", from: "reply+abc@reply.acme.test", expected: "own_address quarantine hidden"),
        StandingRow(testDescription: "a look-alike of the contact", from: "ann@x.test.evil.test", expected: "stranger hold hidden"),
    ])
func whoTheSenderIs(row: StandingRow) {
    let verdict = judgeSender(
        from: row.from, known: known, dmarc: row.dmarc, addressState: row.state, answersMailToContact: row.answers, kind: row.kind)
    let words = [
        verdict.standing.rawValue, verdict.handling.rawValue, verdict.visibleToVisitor ? "visible" : "hidden",
        verdict.provesAddress ? "proves" : nil,
    ]
    #expect(words.compactMap { $0 }.joined(separator: " ") == row.expected)
    #expect(verdict.reason.hasSuffix("."))
}

@Test func theContactComesBeforeTheAgents() {
    let both = KnownAddresses(contact: ["sam@acme.test"], agents: ["sam@acme.test"])
    #expect(senderStanding(from: "sam@acme.test", known: both, dmarc: .pass) == .contact)
}

@Test("A fresh mail's address", arguments: DMARCResult.allCases)
func freshAddress(dmarc: DMARCResult) {
    #expect(addressState(ofNewSenderWith: dmarc) == (dmarc == .pass ? .proven : .claimed))
}
