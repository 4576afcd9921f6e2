import Store

/// Somebody opens a file by the address that a message gave them.
public struct OpenAttachment: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public struct File: Sendable {
        public let filename: String
        /// Lower-cased `type/subtype`.
        public let contentType: String
        public let bytes: [UInt8]
    }

    /// A wrong token and a missing file give the same answer.
    public func run(_ id: Int64, token: String) async throws -> File {
        guard desk.secrets.isToken(token, .attachment, String(id)) else { throw Self.missing }
        return try await file(id)
    }

    /// By the link in a mail, until its moment has come.
    public func run(_ id: Int64, until: Int64, token: String) async throws -> File {
        guard desk.secrets.isToken(token, .mailedFile, "\(id):\(until)") else { throw Self.missing }
        guard desk.now().seconds < until else {
            throw DeskError.notFound("This link was good for 14 days and is over. Reply to the email to get the file again.")
        }
        return try await file(id)
    }

    private static let missing = DeskError.notFound("There is no such file.")

    private func file(_ id: Int64) async throws -> File {
        let missing = Self.missing
        return try await desk.database.read { tx in
            guard let file = try tx.attachment(id), let bytes = try tx.blob(file.sha256) else { throw missing }
            return File(filename: file.filename, contentType: file.contentType.lowercased(), bytes: bytes)
        }
    }
}
