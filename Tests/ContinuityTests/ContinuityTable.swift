import Continuity
import Conversations
import Testing

/// The table of behaviour §3: one named row for each thing that the rule says, and for each edge between two of them.
///
/// Times are seconds. Unless a row says otherwise: one automatic message (1) written at 0 in chat mode, the page closed long ago, the
/// address proven, no mail before.
struct ContinuityRow: Sendable, CustomTestStringConvertible {
    enum Expected: Sendable {
        case nothing(NothingReason)
        case wait(Int)
        case email([Int])
        case emailTo([Int], String, onlyNew: Bool)
        case emailWithCopies([Int], [String])
    }

    let name: String
    let now: Int
    let expected: Expected
    let change: @Sendable (inout ContinuitySnapshot, inout ContinuitySettings) -> Void
    var testDescription: String { name }

    init(
        _ name: String, at now: Int, _ expected: Expected,
        _ change: @escaping @Sendable (inout ContinuitySnapshot, inout ContinuitySettings) -> Void = { _, _ in }
    ) {
        self.name = name
        self.now = now
        self.expected = expected
        self.change = change
    }
}

func at(_ seconds: Int) -> Instant { Instant(milliseconds: 1_700_000_000_000 + Int64(seconds) * 1000) }

func entry(
    _ id: Int, at seconds: Int, _ choice: Message.Choice = .automatic, kind: Message.Kind = .outgoing, note: Bool = false,
    type: String = "text", delivery: DeliveryState? = nil, copies: [String] = []
) -> ContinuitySnapshot.Entry {
    ContinuitySnapshot.Entry(
        id: ID(Int64(id)), kind: kind, isPrivate: note, contentType: type, choice: choice, createdAt: at(seconds), delivery: delivery,
        copies: copies)
}

func baseSnapshot() -> ContinuitySnapshot {
    ContinuitySnapshot(
        messages: [entry(1, at: 0)], mode: .chat, presence: .disconnected(at: at(-3600)), address: "ann@x.test", addressState: .proven)
}

@Test("The continuity table", arguments: continuityRows)
func continuityTable(row: ContinuityRow) {
    var snapshot = baseSnapshot()
    var settings = ContinuitySettings()
    row.change(&snapshot, &settings)
    let expected: ContinuityDecision =
        switch row.expected {
        case .nothing(let reason): .nothing(reason)
        case .wait(let seconds): .wait(until: at(seconds))
        case .email(let ids):
            .email(ContinuityBatch(messages: ids.map { ID(Int64($0)) }, to: "ann@x.test", onlyNewMessages: false))
        case .emailWithCopies(let ids, let copies):
            .email(ContinuityBatch(messages: ids.map { ID(Int64($0)) }, to: "ann@x.test", onlyNewMessages: false, copies: copies))
        case .emailTo(let ids, let to, let onlyNew):
            .email(ContinuityBatch(messages: ids.map { ID(Int64($0)) }, to: to, onlyNewMessages: onlyNew))
        }
    #expect(decide(snapshot, settings, now: at(row.now)) == expected)
}

@Test func tableIsLongEnoughAndItsNamesAreUnique() {
    #expect(continuityRows.count >= 60)
    #expect(Set(continuityRows.map(\.name)).count == continuityRows.count)
}
