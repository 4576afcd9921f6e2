import Conversations
import Testing

/// Every pair of delivery states, readable: a row may be followed by the columns with an x.
@Suite struct DeliveryTransitionTests {
    private static let table = """
                   seen waiting queued emailed deferred uncertain failed bounced answered not_sent
        undecided  x    x       x      .       .        .         .      .       .        x
        seen       x    .       .      .       .        .         .      .       .        .
        waiting    x    x       x      .       .        .         .      .       .        x
        queued     x    x       x      x       x        x         x      x       x        x
        emailed    .    .       .      x       .        .         .      x       x        .
        deferred   x    x       .      x       x        x         x      x       x        x
        uncertain  x    x       .      x       x        x         x      x       x        x
        failed     x    x       .      .       .        .         x      .       x        x
        bounced    x    x       .      .       .        .         .      x       x        x
        answered   .    .       .      .       .        .         .      .       x        .
        not_sent   x    x       x      .       .        .         .      .       .        x
        """

    @Test func everyPair() throws {
        let lines = Self.table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let columns = try #require(lines.first).compactMap(DeliveryState.Name.init(rawValue:))
        #expect(Set(columns) == Set(DeliveryState.Name.allCases))
        #expect(lines.count == DeliveryState.Name.allCases.count + 2)
        for line in lines.dropFirst() {
            let before = DeliveryState.Name(rawValue: line[0]).map { DeliveryState($0) }
            for (column, mark) in zip(columns, line.dropFirst()) {
                #expect(DeliveryState(column).mayFollow(before) == (mark == "x"), "\(line[0]) → \(column.rawValue)")
            }
        }
    }

    @Test func whatIsFinalIsSeenOrAnswered() {
        #expect(DeliveryState.Name.allCases.filter(\.isFinal) == [.seen, .answered])
    }

    @Test func aMailIsLateAfterFourHours() {
        let state = DeliveryState(.deferred, until: at(20_000), at: at(0))
        #expect(!state.warns(asOf: at(4 * 3_600 - 1)))
        #expect(state.warns(asOf: at(4 * 3_600)))
        #expect(!DeliveryState(.emailed, at: at(0)).warns(asOf: at(100_000)))
    }
}
