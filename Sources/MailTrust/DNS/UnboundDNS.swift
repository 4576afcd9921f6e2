import CUnbound
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// DNS by libunbound: its own thread asks, a small cache of its own remembers (a few megabytes, by the records' times to live).
///
/// At most `mostAtOnce` questions are on their way; one more is answered `.failed` at once. So is one that has no answer in time.
public final class UnboundDNS: DNS {
    public enum Problem: Error, CustomStringConvertible {
        case noContext
        /// What libunbound said to an option, a resolver's address or the system's list of resolvers.
        case refused(String)

        public var description: String {
            switch self {
            case .noContext: "libunbound could not be started."
            case .refused(let words): "libunbound cannot use these settings: \(words)."
            }
        }
    }

    static let mostAtOnce = 256

    /// Where libunbound's context stands in memory, from `init` until the thread of `deliver` ends. libunbound locks it; only that thread
    /// takes answers out.
    private let address: Int
    private var context: OpaquePointer? { OpaquePointer(bitPattern: address) }
    private let timeout: Duration
    private let waiting = Mutex<[ObjectIdentifier: Question]>([:])
    /// Wakes the thread: a new question, or the end.
    private let wake: Int32
    private let closed = Atomic(false)

    /// - Parameters:
    ///   - resolver: where to ask, nil for the system's resolvers (`/etc/resolv.conf`).
    ///   - timeout: for one question.
    public init(resolver: (address: IPAddress, port: Int)? = nil, timeout: Duration = .seconds(5)) throws {
        guard let context = ub_ctx_create() else { throw Problem.noContext }
        address = Int(bitPattern: context)
        self.timeout = timeout
        wake = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        do {
            for (name, value) in Self.options { try Self.check(ub_ctx_set_option(context, name, value)) }
            if let resolver {
                try Self.check(ub_ctx_set_fwd(context, "\(resolver.address)@\(resolver.port)"))
            } else {
                try Self.check(ub_ctx_resolvconf(context, nil))
            }
            try Self.check(ub_ctx_async(context, 1))
            // The resolver that we ask knows which names are its own; libunbound's built-in answers stay out.
            try Self.check(ub_ctx_zone_remove(context, "test."))
        } catch {
            ub_ctx_delete(context)
            Glibc.close(wake)
            throw error
        }
        let thread = Thread { [self] in deliver() }
        thread.name = "dns"
        thread.start()
    }

    /// Ends the thread. Questions that are on their way are answered `.failed`.
    public func close() {
        closed.store(true, ordering: .sequentiallyConsistent)
        eventfd_write(wake, 1)
    }

    private static let options: [(String, String)] = [
        ("module-config:", "iterator"), ("msg-cache-size:", "2m"), ("rrset-cache-size:", "4m"), ("cache-max-ttl:", "3600"),
        ("do-not-query-localhost:", "no"), ("unblock-lan-zones:", "yes"), ("num-queries-per-thread:", "\(mostAtOnce)"),
        // A resolver that was away is asked again soon.
        ("infra-host-ttl:", "30"), ("infra-keep-probing:", "yes"),
    ]

    private static func check(_ code: Int32) throws {
        guard code != 0 else { return }
        throw Problem.refused(ub_strerror(code).map { String(cString: $0) } ?? "error \(code)")
    }

    public func ask(_ name: String, _ type: DNSRecordType) async -> DNSAnswer {
        guard isDNSName(name) else { return .nothing }
        let question = Question(type: type, deadline: .now + timeout)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                question.wait(continuation)
                send(name, question)
            }
        } onCancel: {
            question.answer(.failed)
        }
    }

    private func send(_ name: String, _ question: Question) {
        let admitted = waiting.withLock { waiting in
            guard waiting.count < Self.mostAtOnce, !closed.load(ordering: .sequentiallyConsistent) else { return false }
            waiting[ObjectIdentifier(question)] = question
            return true
        }
        guard admitted else { return question.answer(.failed) }
        let call = Unmanaged.passRetained(Call(question: question, dns: self))
        // A backslash would begin an escape (RFC 1035 §5.1).
        let code = ub_resolve_async(
            context, name.replacing("\\", with: "\\\\"), question.type.rawValue, 1, call.toOpaque(), takeAnswer, nil)
        if code != 0 {
            call.release()
            finish(question, .failed)
        }
        eventfd_write(wake, 1)
    }

    fileprivate func finish(_ question: Question, _ answer: DNSAnswer) {
        waiting.withLock { $0[ObjectIdentifier(question)] = nil }
        question.answer(answer)
    }

    /// The thread: takes answers out as they come, and gives up what is late. A question that was given up stays counted until libunbound
    /// lets go of it, so that no more than `mostAtOnce` are ever with it.
    private func deliver() {
        while !closed.load(ordering: .sequentiallyConsistent) {
            let open = waiting.withLock { $0.count }
            var files = [
                pollfd(fd: ub_fd(context), events: Int16(POLLIN), revents: 0), pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
            ]
            poll(&files, 2, open == 0 ? -1 : 100)
            var count: eventfd_t = 0
            eventfd_read(wake, &count)
            _ = ub_process(context)
            let now = ContinuousClock.now
            let late = waiting.withLock { $0.values.filter { $0.deadline <= now } }
            for question in late { question.answer(.failed) }
        }
        // Ends libunbound's thread; the calls that it still held are answered with an error, or dropped with the process.
        for question in waiting.withLock({ Array($0.values) }) { question.answer(.failed) }
        ub_ctx_delete(context)
    }
}

/// One question and who waits for it; answered once, whoever comes first.
private final class Question: Sendable {
    private enum State {
        case new
        case waiting(CheckedContinuation<DNSAnswer, Never>)
        case answered(DNSAnswer)
    }

    let type: DNSRecordType
    let deadline: ContinuousClock.Instant
    private let state = Mutex(State.new)

    init(type: DNSRecordType, deadline: ContinuousClock.Instant) {
        self.type = type
        self.deadline = deadline
    }

    func wait(_ continuation: CheckedContinuation<DNSAnswer, Never>) {
        let early: DNSAnswer? = state.withLock { state in
            if case .answered(let answer) = state { return answer }
            state = .waiting(continuation)
            return nil
        }
        if let early { continuation.resume(returning: early) }
    }

    func answer(_ answer: DNSAnswer) {
        let waiter: CheckedContinuation<DNSAnswer, Never>? = state.withLock { state in
            defer { if case .answered = state {} else { state = .answered(answer) } }
            if case .waiting(let continuation) = state { return continuation }
            return nil
        }
        waiter?.resume(returning: answer)
    }
}

/// What libunbound carries for us from question to answer.
private final class Call: Sendable {
    let question: Question
    let dns: UnboundDNS

    init(question: Question, dns: UnboundDNS) {
        self.question = question
        self.dns = dns
    }
}

private func takeAnswer(_ data: UnsafeMutableRawPointer?, _ error: Int32, _ result: UnsafeMutablePointer<ub_result>?) {
    defer { if let result { ub_resolve_free(result) } }
    guard let data else { return }
    let call = Unmanaged<Call>.fromOpaque(data).takeRetainedValue()
    guard error == 0, let result else { return call.dns.finish(call.question, .failed) }
    call.dns.finish(call.question, read(result.pointee, type: call.question.type))
}

private func read(_ result: ub_result, type: DNSRecordType) -> DNSAnswer {
    if result.nxdomain != 0 { return .nothing }
    guard result.rcode == 0 else { return .failed }
    guard result.havedata != 0, let data = result.data, let lengths = result.len else { return .nothing }
    var records: [DNSRecord] = []
    var index = 0
    while let item = data[index], records.count < 1000 {
        let bytes = Array(UnsafeRawBufferPointer(start: item, count: Int(max(0, lengths[index]))))
        if let record = DNSRecordData.read(bytes, type: type) { records.append(record) }
        index += 1
    }
    return records.isEmpty ? .nothing : .records(records)
}
