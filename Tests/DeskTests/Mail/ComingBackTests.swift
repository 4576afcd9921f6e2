import Testing

@testable import Desk

/// The small rules of mail that comes back.
@Suite struct ComingBackTests {
    @Test(arguments: [
        ("2.6.0 <0100018f@mail.provider.test> [InternalId=7] Queued mail for delivery", ["0100018f@mail.provider.test"]),
        (
            "Ok 0100018f2c3d4e5f-0a1b2c3d-4e5f-6789-abcd-ef0123456789-000000",
            ["0100018f2c3d4e5f-0a1b2c3d-4e5f-6789-abcd-ef0123456789-000000"]
        ),
        ("2.0.0 Ok: queued as 4XyZ1234567", []), ("2.0.0 taken", []), ("OK id=1abc-def", []), ("", []),
        ("<a@b> <c@d> <e@f>", ["a@b", "c@d"]),
    ])
    func anIDThatARelayNamesIsFoundAndAQueuesNumberIsNot(answer: String, ids: [String]) {
        #expect(RelayMessageID.find(in: answer) == ids)
    }

    @Test func aLongLeftPartIsAsGoodAsTheWholeID() {
        let left = "0100018f2c3d4e5f-0a1b2c3d-4e5f"
        #expect(RelayMessageID.names(of: "\(left)@email.provider.test") == ["\(left)@email.provider.test", left])
        #expect(RelayMessageID.names(of: "short@provider.test") == ["short@provider.test"])
    }

    @Test(arguments: [
        ("#note Only for us.", "Only for us.", true), ("\n #NOTE: Only for us.", "Only for us.", true),
        ("#note\nOnly for us.", "Only for us.", true),
        ("#notebook is cheaper", "#notebook is cheaper", false), ("See #note 5", "See #note 5", false), ("Yes.", "Yes.", false),
        ("#note", "", true),
    ])
    func noteOnTheFirstLineIsPrivate(text: String, words: String, isNote: Bool) {
        #expect(PlaceMail.withoutNoteMark(text) == (words, isNote))
    }
}
