/// A mail that somebody sent on, as it stands inside the mail that carries it.
public struct ForwardedMail: Sendable, Codable, Equatable {
    /// Its author, as the forward names them.
    public struct Sender: Sendable, Codable, Equatable {
        public var name: String?
        /// As it is written there; empty where only a name stands.
        public var address: String

        public init(name: String?, address: String) {
            self.name = name
            self.address = address
        }
    }

    /// nil where the forward does not say.
    public var from: Sender?
    /// nil where the forward does not say.
    public var subject: String?
    /// As it is written there: in any language, often without a zone.
    public var date: String?
    /// Its text, without the quote marks that all of it has; without its files.
    public var text: String
    /// What the forwarder wrote above; empty where nothing.
    public var note: String

    public init(from: Sender?, subject: String?, date: String?, text: String, note: String) {
        self.from = from
        self.subject = subject
        self.date = date
        self.text = text
        self.note = note
    }
}
