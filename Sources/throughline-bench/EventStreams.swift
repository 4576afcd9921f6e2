import Foundation
import throughline_linux
import throughline_wire

/// Many open event streams on one thread, by epoll, so that the reader costs little beside the server that it measures.
final class EventStreams {
    private struct Stream {
        var descriptor: Int32
        var isOpen = false
        /// The end of the last piece: a mark may begin in it.
        var tail: [UInt8] = []
    }

    private let port: Int
    private let poll: Int32
    private var streams: [Stream] = []
    private var events = [epoll_event](repeating: epoll_event(), count: 1_024)
    private var scratch = [UInt8](repeating: 0, count: 262_144)
    private(set) var openCount = 0

    init(port: Int) throws {
        self.port = port
        poll = epoll_create1(0)
        guard poll >= 0 else { throw Socket.Failure(description: "epoll: \(String(cString: strerror(errno)))") }
    }

    deinit {
        close()
        Glibc.close(poll)
    }

    /// Opens a stream for each path and waits until every one was answered 200.
    func open(_ paths: [String]) throws {
        let begin = streams.count
        for (index, path) in paths.enumerated() {
            try connect(path)
            // Not more at a time than a listener's backlog holds.
            if index % 100 == 99 { try waitForOpen(begin + index + 1) }
        }
        try waitForOpen(begin + paths.count)
    }

    func close() {
        for stream in streams where stream.descriptor >= 0 { Glibc.close(stream.descriptor) }
        streams = []
        openCount = 0
    }

    /// Reads what is there, waiting for so many seconds at most; calls back with stream and number for every mark.
    func wait(_ limit: Double, onMark: (Int, Int) -> Void) throws {
        let count = epoll_wait(poll, &events, Int32(events.count), Int32(limit * 1000))
        guard count >= 0 || errno == EINTR else { throw Socket.Failure(description: "epoll: \(String(cString: strerror(errno)))") }
        for index in 0..<max(0, Int(count)) { try read(Int(events[index].data.u32), onMark) }
    }

    private func connect(_ path: String) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Socket.Failure(description: "socket: \(String(cString: strerror(errno)))") }
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
        // From several addresses of this machine: three rounds of 10,000 streams would use up one address's ports.
        setsockopt(descriptor, Int32(IPPROTO_IP), IP_BIND_ADDRESS_NO_PORT, &yes, 4)
        guard bindTo(descriptor, host: UInt32(0x7f00_0002 + streams.count % 16)), connectTo(descriptor) else {
            let reason = String(cString: strerror(errno))
            Glibc.close(descriptor)
            throw Socket.Failure(description: "stream \(streams.count): \(reason)")
        }
        let request = HTTPConnection.text("GET", path, port: port, headers: ["Accept": "text/event-stream"], body: nil)
        let bytes = Array(request.utf8)
        guard bytes.withUnsafeBytes({ send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }) == bytes.count else {
            throw Socket.Failure(description: "stream \(streams.count): the request could not be written")
        }
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        event.data.u32 = UInt32(streams.count)
        epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event)
        streams.append(Stream(descriptor: descriptor))
    }

    private func waitForOpen(_ wanted: Int) throws {
        let end = seconds() + 30
        while openCount < wanted {
            try wait(0.5) { _, _ in }
            if seconds() > end { throw Socket.Failure(description: "only \(openCount) of \(wanted) streams were answered within 30 s") }
        }
    }

    private func read(_ index: Int, _ onMark: (Int, Int) -> Void) throws {
        let count = recv(streams[index].descriptor, &scratch, scratch.count, Int32(MSG_DONTWAIT))
        guard count > 0 else {
            if count < 0 && (errno == EAGAIN || errno == EINTR) { return }
            throw Socket.Failure(description: "the server closed stream \(index)")
        }
        if !streams[index].isOpen {
            guard scratch.starts(with: Array("HTTP/1.1 200".utf8)) else {
                throw Socket.Failure(description: "stream \(index): " + String(decoding: scratch[..<min(count, 200)], as: UTF8.self))
            }
            streams[index].isOpen = true
            openCount += 1
        }
        if !streams[index].tail.isEmpty {
            let both = streams[index].tail + scratch[..<min(count, Marks.longest)]
            both.withUnsafeBytes { Marks.find(in: $0) { onMark(index, $0) } }
        }
        scratch.withUnsafeBytes { Marks.find(in: UnsafeRawBufferPointer(rebasing: $0[..<count])) { onMark(index, $0) } }
        streams[index].tail = Array(scratch[max(0, count - Marks.longest)..<count])
    }

    private func bindTo(_ descriptor: Int32, host: UInt32) -> Bool {
        withAddress(host: host, port: 0) { bind(descriptor, $0, $1) } == 0
    }

    private func connectTo(_ descriptor: Int32) -> Bool {
        withAddress(host: 0x7f00_0001, port: port) { Glibc.connect(descriptor, $0, $1) } == 0
    }

    private func withAddress(host: UInt32, port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(clamping: port).bigEndian
        address.sin_addr.s_addr = host.bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}
