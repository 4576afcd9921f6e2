import Conversations

/// What is known of a mail's HTML without reading it.
public struct HTMLShape: Sendable, Equatable, Codable {
    /// Whether the new part has more than words: pictures or tables.
    public var isRich: Bool
    /// Where, in bytes of the HTML, the new part ends; nil where it is all new, or answers stand between quotes.
    public var newBytes: Int?
    /// Pictures of other servers in the new part.
    public var newRemotePictures: Int
    /// Pictures of other servers in all of it.
    public var remotePictures: Int

    public init(isRich: Bool, newBytes: Int?, newRemotePictures: Int, remotePictures: Int) {
        self.isRich = isRich
        self.newBytes = newBytes
        self.newRemotePictures = newRemotePictures
        self.remotePictures = remotePictures
    }
}

extension Connection {
    /// Keeps a mail's HTML, which is safe already; its shape stands in the mail's own row.
    public func keepHTML(_ html: String, of mail: ID<InboundMail>) throws {
        try run(
            "INSERT INTO inbound_html (mail_id, html) VALUES (?, ?) ON CONFLICT (mail_id) DO UPDATE SET html = excluded.html", [mail, html])
    }

    public func html(of mail: ID<InboundMail>) throws -> String? {
        guard var row = try rows("SELECT html FROM inbound_html WHERE mail_id = ?", [mail]).first?.reader() else { return nil }
        return try row.text()
    }

    public func forgetHTML(of mail: ID<InboundMail>) throws { try run("DELETE FROM inbound_html WHERE mail_id = ?", [mail]) }
}
