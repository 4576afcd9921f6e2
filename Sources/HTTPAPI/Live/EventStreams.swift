import Desk
import Foundation
import Logging
import NIOCore
import ServiceLifecycle
import Store

/// All open event streams of this process: lets them in, brings them up to date, and hands on what comes.
final class EventStreams: Service {
    /// Events read at once for a stream that catches up.
    static let page = 100
    /// A stream that catches up and takes nothing for so long is cut off.
    static let patience = TimeAmount.seconds(30)

    private let desk: Desk
    private let presence: StreamPresence
    private let memory: ReturnMemory
    private let started = Bell()
    private let loops: [ObjectIdentifier: (loop: any EventLoop, streams: NIOLoopBoundBox<LoopStreams>)]
    /// Bounded by the server's limit of connections: each arrives once.
    private let arrivals: AsyncStream<StreamArrival>
    private let arrive: AsyncStream<StreamArrival>.Continuation

    init(desk: Desk, hub: EventHub, presence: StreamPresence, memory: ReturnMemory, group: any EventLoopGroup) {
        self.desk = desk
        self.presence = presence
        self.memory = memory
        (arrivals, arrive) = AsyncStream.makeStream(of: StreamArrival.self, bufferingPolicy: .unbounded)
        loops = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map { loop in
                (ObjectIdentifier(loop), (loop, NIOLoopBoundBox.makeBoxSendingValue(LoopStreams(), eventLoop: loop)))
            })
        hub.listen { [weak self] events, through in self?.deliver(events, through: through) }
    }

    /// One hop for each loop, whatever the number of its streams.
    private func deliver(_ events: [StoredEvent], through cursor: Int64) {
        let delivery = EventDelivery(events, through: cursor)
        for (loop, streams) in loops.values { loop.execute { streams.value.deliver(delivery) } }
        started.ring()
    }

    func run() async throws {
        for (loop, streams) in loops.values { loop.execute { streams.value.begin(on: loop) } }
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await arrival in arrivals {
                    group.addTask {
                        do {
                            try await self.admit(arrival)
                        } catch {
                            self.desk.logger.error("An event stream could not be opened.", metadata: ["error": "\(error)"])
                            arrival.loop.execute { arrival.handler.value.close() }
                        }
                    }
                }
            }
        } onGracefulShutdown: {
            self.arrive.finish()
        }
        for (loop, streams) in loops.values { loop.execute { streams.value.end() } }
    }

    // MARK: Called by the handlers, on their loops

    func arrived(_ arrival: StreamArrival) { arrive.yield(arrival) }

    func opened(_ handler: EventStreamHandler, _ owner: StreamOwner, on loop: any EventLoop) {
        withLoop(loop) { $0.add(handler) }
        presence.count(owner, by: 1)
    }

    func closed(_ handler: EventStreamHandler, _ owner: StreamOwner, on loop: any EventLoop) {
        withLoop(loop) { $0.remove(handler) }
        presence.count(owner, by: -1)
        memory.streamEnded()
    }

    @discardableResult
    func withLoop<T>(_ loop: any EventLoop, _ body: (LoopStreams) -> T) -> T? {
        loops[ObjectIdentifier(loop)].map { body($0.streams.value) }
    }

    /// How many streams are open.
    func count() async throws -> Int {
        var sum = 0
        for (loop, streams) in loops.values { sum += try await loop.submit { streams.value.all.count }.get() }
        return sum
    }

    // MARK: Letting one in

    private func admit(_ arrival: StreamArrival) async throws {
        let (loop, handler) = (arrival.loop, arrival.handler)
        guard let owner = try await AuthenticateStream(desk: desk).run(arrival.request.token) else {
            return loop.execute {
                handler.value.refuse("401 Unauthorized", "This stream token is not good any more. Reload the page.")
            }
        }
        let head = EventBytes.head(now: desk.now().date)
        guard try await loop.submit({ handler.value.begin(owner, head: head) }).get() else { return }
        await started.wait(after: 0)
        guard let present = try await loop.submit({ self.withLoop(loop) { $0.cursor } ?? nil }).get() else { return }
        try await start(arrival, present: present)
        try await catchUp(arrival, owner)
    }

    private func start(_ arrival: StreamArrival, present: Int64) async throws {
        let handler = arrival.handler
        guard let asked = arrival.request.lastEventID else {
            let words = arrival.request.isUnreadable ? EventBytes.reset(present) : EventBytes.ready(present)
            return try await arrival.loop.submit { handler.value.start(after: present, words) }.get()
        }
        let (oldest, newest) = try await desk.database.read { try $0.eventBounds() }
        // Event numbers have no holes but at the beginning, where old ones were forgotten.
        let isKept = asked + 1 >= oldest && asked <= max(newest, present)
        try await arrival.loop.submit { handler.value.start(after: isKept ? asked : present, isKept ? nil : EventBytes.reset(present)) }
            .get()
    }

    /// Reads from the table what the stream lacks, until it has all that its loop has been handed.
    private func catchUp(_ arrival: StreamArrival, _ owner: StreamOwner) async throws {
        let (loop, handler) = (arrival.loop, arrival.handler)
        while case .behind(let after, let through) = try await loop.submit({ handler.value.goLive() }).get() {
            let events = try await desk.database.read {
                try $0.events(for: owner.audience, after: after, through: through, limit: Self.page)
            }
            var bytes = ByteBuffer()
            for event in events {
                if let payload = EventBytes.payload(of: event, for: owner.audience) {
                    EventBytes.event(event.id, event.name, payload, into: &bytes)
                }
            }
            let last = events.count < Self.page ? through : events.last?.id ?? through
            let written = bytes.readableBytes > 0 ? bytes : nil
            try await loop.flatSubmit {
                guard let left = handler.value.catchUp(written, to: last) else { return loop.makeSucceededVoidFuture() }
                // What a browser does not take in time is given up with its connection.
                let patience = loop.scheduleTask(in: Self.patience) { handler.value.close() }
                left.whenComplete { _ in patience.cancel() }
                return left
            }.get()
        }
    }
}
