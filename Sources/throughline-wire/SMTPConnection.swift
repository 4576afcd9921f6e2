/// A blocking SMTP connection to this machine.
public final class SMTPConnection {
    /// The server said no for good (5xx).
    public struct Refused: Error, CustomStringConvertible {
        public var description: String

        public init(description: String) { self.description = description }
    }

    private let socket: Socket

    /// Connects and says EHLO.
    public init(port: Int) throws {
        socket = try Socket.connect(port: port)
        try expect(2)
        try socket.write("EHLO client.test\r\n")
        try expect(2)
    }

    /// Returns when the mail was answered 250.
    /// - Parameter text: with CRLF line ends and without the final dot; no line begins with a dot.
    public func send(from: String, to: String, text: String) throws {
        try socket.write("MAIL FROM:<\(from)>\r\n")
        try expect(2)
        try socket.write("RCPT TO:<\(to)>\r\n")
        try expect(2)
        try socket.write("DATA\r\n")
        try expect(3)
        try socket.write(text + "\r\n.\r\n")
        try expect(2)
    }

    public func quit() { try? socket.write("QUIT\r\n") }

    /// Reads a whole reply (RFC 5321 §4.2.1).
    private func expect(_ kind: Int) throws {
        while true {
            guard let line = try socket.line() else { throw Socket.Failure(description: "the connection ended") }
            if line.dropFirst(3).first == "-" { continue }
            guard let code = Int(line.prefix(3)) else { throw Socket.Failure(description: "no reply: \(line)") }
            if code / 100 == kind { return }
            if code / 100 == 5 { throw Refused(description: line) }
            throw Socket.Failure(description: line)
        }
    }
}
