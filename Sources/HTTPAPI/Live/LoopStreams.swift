import Conversations
import Desk
import NIOCore
import Store

/// The streams of one event loop. Everything here happens on that loop.
final class LoopStreams {
    /// Each stream gets a comment this often.
    static let commentEvery = TimeAmount.seconds(15)
    /// The comments are spread over that many turns, so that thousands of streams never hold up a message.
    static let turns = 60

    /// What this loop has been handed up to here; nil until the hub has begun.
    private(set) var cursor: Int64?
    private var live: [Audience: [ObjectIdentifier: EventStreamHandler]] = [:]
    private(set) var all: [EventStreamHandler] = []
    private var nextComment = 0
    private var ticking: RepeatedTask?

    func begin(on loop: any EventLoop) {
        let every = TimeAmount.nanoseconds(Self.commentEvery.nanoseconds / Int64(Self.turns))
        let bound = NIOLoopBound(self, eventLoop: loop)
        ticking = loop.scheduleRepeatedTask(initialDelay: every, delay: every) { _ in bound.value.turn() }
    }

    /// Ends all streams; browsers come back by their cursor.
    func end() {
        ticking?.cancel()
        ticking = nil
        for stream in all { stream.close() }
    }

    func add(_ stream: EventStreamHandler) {
        stream.place = all.count
        all.append(stream)
    }

    func remove(_ stream: EventStreamHandler) {
        if let owner = stream.owner {
            live[owner.audience]?[ObjectIdentifier(stream)] = nil
            if live[owner.audience]?.isEmpty == true { live[owner.audience] = nil }
        }
        guard let place = stream.place, place < all.count, all[place] === stream else { return }
        stream.place = nil
        let last = all.removeLast()
        guard last !== stream else { return }
        all[place] = last
        last.place = place
    }

    /// From now on the stream gets what comes.
    func goLive(_ stream: EventStreamHandler, audience: Audience) { live[audience, default: [:]][ObjectIdentifier(stream)] = stream }

    /// What came. Each stream is flushed once.
    func deliver(_ delivery: EventDelivery) {
        cursor = delivery.through
        // Those that still catch up are among them.
        if delivery.endsStreams { for stream in all where delivery.ends(stream.owner) { stream.close() } }
        for (audience, bytes) in delivery.byAudience {
            guard let streams = live[audience] else { continue }
            for stream in streams.values { stream.send(bytes.all, bytes.events) }
        }
    }

    private func turn() {
        guard !all.isEmpty else { return }
        // Streams that end while they are written to only make this turn shorter.
        let count = (all.count + Self.turns - 1) / Self.turns
        for _ in 0..<count {
            if nextComment >= all.count { nextComment = 0 }
            guard nextComment < all.count else { return }
            all[nextComment].comment()
            nextComment += 1
        }
    }
}

/// Events that came together, written out once for each audience that may see any of them.
struct EventDelivery: Sendable {
    struct Bytes: Sendable {
        /// All of them, one after the other.
        var all: ByteBuffer
        /// Where each begins in `all`, with its number, for a stream that already has the first ones.
        var events: [(id: Int64, at: Int)]
    }

    var through: Int64
    var byAudience: [(Audience, Bytes)]
    /// Whose streams end here, because some of them may read no more; the others come back by their cursor.
    private var ending: Set<Audience> = []
    /// Agents who were removed: theirs do not come back.
    private var removed: Set<PresenceSubject> = []

    var endsStreams: Bool { !ending.isEmpty || !removed.isEmpty }

    func ends(_ owner: StreamOwner?) -> Bool {
        owner.map { ending.contains($0.audience) || removed.contains($0.subject) } ?? false
    }

    init(_ events: [StoredEvent], through: Int64) {
        self.through = through
        var bytes: [Audience: Bytes] = [:]
        for event in events {
            if event.name == EventName.sessionsRevoked.rawValue, let contact = event.contactID, let inbox = event.inboxID {
                ending.insert(.visitor(contact, inbox))
                continue
            }
            if event.name == EventName.agentRemoved.rawValue, let agent = RemovedAgent.id(in: event) { removed.insert(.agent(agent)) }
            Self.add(event, for: .agents(event.accountID), to: &bytes)
            if let contact = event.contactID, let inbox = event.inboxID { Self.add(event, for: .visitor(contact, inbox), to: &bytes) }
        }
        byAudience = Array(bytes)
    }

    private static func add(_ event: StoredEvent, for audience: Audience, to bytes: inout [Audience: Bytes]) {
        guard let payload = EventBytes.payload(of: event, for: audience) else { return }
        var written = bytes[audience] ?? Bytes(all: ByteBuffer(), events: [])
        bytes[audience] = nil
        written.events.append((event.id, written.all.writerIndex))
        EventBytes.event(event.id, event.name, payload, into: &written.all)
        bytes[audience] = written
    }
}
