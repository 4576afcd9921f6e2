import Foundation

/// A blocking TCP connection to this machine. Every wait ends after `patience` seconds, so that a server that hangs is an error and no
/// hang.
public final class Socket {
    public struct Failure: Error, CustomStringConvertible {
        public var description: String

        public init(description: String) { self.description = description }
    }

    public let descriptor: Int32
    private var buffer: [UInt8] = []
    private var taken = 0

    private init(_ descriptor: Int32, patience: Int) {
        self.descriptor = descriptor
        var limit = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    public static func connect(port: Int, patience: Int = 15) throws -> Socket {
        let socket = Socket(Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0), patience: patience)
        let result = withAddress(port) { Glibc.connect(socket.descriptor, $0, $1) }
        guard result == 0 else { throw Failure(description: "no connection to port \(port): \(String(cString: strerror(errno)))") }
        return socket
    }

    /// Listens on a free port of this machine.
    public static func listen() throws -> sending (socket: Socket, port: Int) {
        let socket = Socket(Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0), patience: 0)
        guard withAddress(0, { bind(socket.descriptor, $0, $1) }) == 0, Glibc.listen(socket.descriptor, 64) == 0 else {
            throw Failure(description: "no port to listen on: \(String(cString: strerror(errno)))")
        }
        return (socket, socket.port)
    }

    public var port: Int {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    public func accept(patience: Int = 60) throws -> sending Socket {
        let connected = Glibc.accept(descriptor, nil, nil)
        guard connected >= 0 else { throw Failure(description: "accept: \(String(cString: strerror(errno)))") }
        return Socket(connected, patience: patience)
    }

    public func write(_ text: String) throws {
        let bytes = Array(text.utf8)
        var at = 0
        while at < bytes.count {
            let written = bytes[at...].withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard written > 0 else { throw Failure(description: "write: \(String(cString: strerror(errno)))") }
            at += written
        }
    }

    /// The next line without its line end; nil at the end of the stream.
    public func line() throws -> String? {
        while true {
            if let end = buffer[taken...].firstIndex(of: UInt8(ascii: "\n")) {
                var bytes = buffer[taken..<end]
                if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
                taken = end + 1
                return String(decoding: bytes, as: UTF8.self)
            }
            guard try fill() else { return nil }
        }
    }

    /// Exactly so many bytes.
    public func bytes(_ count: Int) throws -> [UInt8] {
        while buffer.count - taken < count {
            guard try fill() else { throw Failure(description: "the connection ended in the middle of an answer") }
        }
        defer { taken += count }
        return Array(buffer[taken..<(taken + count)])
    }

    /// All that comes until the other side closes.
    public func rest() throws -> [UInt8] {
        while try fill() {}
        defer { taken = buffer.count }
        return Array(buffer[taken...])
    }

    private func fill() throws -> Bool {
        if taken > 0 {
            buffer.removeFirst(taken)
            taken = 0
        }
        guard buffer.count < 64 << 20 else { throw Failure(description: "an endless answer") }
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = piece.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count >= 0 else { throw Failure(description: "read: \(String(cString: strerror(errno)))") }
        buffer += piece[..<count]
        return count > 0
    }

    private static func withAddress(_ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(clamping: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}
