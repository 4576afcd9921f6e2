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
        let missing = DeskError.notFound("There is no such file.")
        guard desk.secrets.isToken(token, .attachment, String(id)) else { throw missing }
        return try await desk.database.read { tx in
            guard let file = try tx.attachment(id), let bytes = try tx.blob(file.sha256) else { throw missing }
            return File(filename: file.filename, contentType: file.contentType.lowercased(), bytes: bytes)
        }
    }
}
