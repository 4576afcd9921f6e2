import Continuity
import Conversations
import Testing

private func states(at now: Int, _ change: (inout ContinuitySnapshot) -> Void) -> [Int64: DeliveryState] {
    var snapshot = baseSnapshot()
    change(&snapshot)
    let states = deliveryStates(snapshot, ContinuitySettings(), now: at(now))
    return Dictionary(uniqueKeysWithValues: states.map { ($0.key.value, $0.value) })
}

@Test func aWaitingMessageSaysUntilWhenAndTo() {
    #expect(states(at: 0) { _ in } == [1: DeliveryState(.waiting, until: at(45), to: "ann@x.test")])
}

@Test func onlyWhatIsForTheCustomerHasAState() {
    let found = states(at: 0) { s in
        s.messages = [
            entry(1, at: 0, note: true), entry(2, at: 0, kind: .activity), entry(3, at: 0, kind: .template),
            entry(4, at: 0, kind: .incoming),
            entry(5, at: 0), entry(6, at: 0, kind: .template, type: "input_csat"),
        ]
    }
    #expect(found.keys.sorted() == [5, 6])
}

@Test func everyReasonIsNamed() {
    func reason(_ change: (inout ContinuitySnapshot) -> Void) -> String? { states(at: 0, change)[1]?.reason }
    #expect(reason { $0.address = nil } == "no_address")
    #expect(reason { $0.addressState = .unreachable } == "unreachable")
    #expect(reason { $0.muted = true } == "muted")
    #expect(reason { $0.blocked = true } == "blocked")
    #expect(reason { $0.loopStopped = true } == "loop_stopped")
    #expect(reason { $0.continuityViaEmail = false } == "continuity_off")
    #expect(reason { $0.mailConfigured = false } == "mail_not_configured")
    #expect(reason { $0.messages = [entry(1, at: 0, .chatOnly)] } == "chat_only")
    #expect(reason { ($0.addressState, $0.unprovenMails) = (.claimed, 3) } == "unproven_limit")
    #expect(states(at: 0) { $0.muted = true }[1]?.name == .notSent)
}

@Test func seenStaysSeenAndWhatTheOutboxHasKeepsItsState() {
    let emailed = DeliveryState(.emailed, at: at(5), to: "old@x.test")
    let found = states(at: 100) { s in
        s.messages = [
            entry(1, at: 0, delivery: emailed), entry(2, at: 10), entry(3, at: 11, .chatOnly), entry(4, at: 30),
            entry(5, at: 2, delivery: DeliveryState(.seen, at: at(3))),
        ]
        s.contactLastSeenAt = at(20)
        s.muted = true
    }
    #expect(found[1] == emailed)
    #expect(found[2] == DeliveryState(.seen, at: at(20)))
    #expect(found[3] == DeliveryState(.seen, at: at(20)))
    #expect(found[4]?.reason == "muted")
    #expect(found[5] == DeliveryState(.seen, at: at(3)))
}

@Test func theTwentyFirstWaitsForTheSecondMail() {
    let found = states(at: 30) { s in s.messages = (1...25).map { entry($0, at: $0) } }
    #expect(found[20]?.until == at(70))
    #expect(found[21]?.until == at(370))
}

@Test func toAClaimedAddressOnlyTheMailsThatItStillGetsArePromised() {
    let found = states(at: 60) { s in
        s.messages = (1...45).map { entry($0, at: $0) }
        (s.addressState, s.unprovenMails) = (.claimed, 1)
    }
    #expect(found[1]?.name == .waiting)
    #expect(found[40]?.name == .waiting)
    #expect(found[41] == DeliveryState(.notSent, reason: "unproven_limit"))
}

@Test func aSurveyToAClaimedAddressIsNotPromised() {
    let found = states(at: 0) { s in
        s.messages.append(entry(2, at: 0, kind: .template, type: "input_csat"))
        s.addressState = .claimed
    }
    #expect(found[1]?.name == .waiting)
    #expect(found[2] == DeliveryState(.notSent, reason: "unproven"))
}

@Test(
    "A queued mail is withdrawn",
    arguments: [
        ("nothing happened", false), ("first seen", true), ("all seen", true), ("chat only", true), ("deleted", true), ("muted", true),
        ("blocked", true),
        ("unreachable", true), ("another address", true), ("third unproven mail", false),
    ])
func withdrawal(what: String, withdraws: Bool) {
    var snapshot = baseSnapshot()
    let queued = DeliveryState(.queued)
    snapshot.messages = [entry(1, at: 0, delivery: queued), entry(2, at: 10, delivery: queued), entry(3, at: 500)]
    switch what {
    case "first seen": snapshot.contactLastSeenAt = at(0)
    case "all seen": snapshot.contactLastSeenAt = at(10)
    case "chat only": snapshot.messages[1].choice = .chatOnly
    case "deleted": snapshot.messages.remove(at: 1)
    case "muted": snapshot.muted = true
    case "blocked": snapshot.blocked = true
    case "unreachable": snapshot.addressState = .unreachable
    case "another address": snapshot.address = "bea@x.test"
    case "third unproven mail": (snapshot.addressState, snapshot.unprovenMails) = (.claimed, 3)
    default: break
    }
    #expect(snapshot.withdraws(queued: [ID(1), ID(2)], to: "ann@x.test", ContinuitySettings()) == withdraws)
}
