/// Everything that can be set, read and found sensible. `Settings.load` makes it; the parts can be changed afterwards, as tests do.
public struct Settings: Sendable {
    public var data: DataFolder
    public var database: Database
    public var http: HTTP
    public var smtp: SMTP
    public var lmtp: LMTP
    public var mail: Mail
    public var continuity: Continuity
    public var log: Log
    /// Every setting as text with its origin, in the order of the table: for `throughline settings`.
    public let rows: [SettingRow]

    /// The error for a value that makes no sense for a reason that only its user sees: a port in use, a command that does not allow it.
    /// It shows the value without its secrets, and where it was written.
    public func refusal(of key: String, problem: String, advice: String) -> SettingsError {
        let row = rows.first { $0.setting.key == key }
        return SettingsError(key: key, written: row?.value ?? "", problem: problem, advice: advice, origin: row?.origin ?? .standard)
    }

    public struct DataFolder: Sendable, Equatable {
        /// Absolute; it need not exist yet.
        public var directory: String
    }

    public struct Database: Sendable, Equatable {
        /// `postgres://…`, or nil for SQLite in the data directory.
        public var url: String?
    }

    public struct HTTP: Sendable, Equatable {
        public var listen: ListenAddress
        /// Scheme and host, perhaps a port; no slash at the end.
        public var publicURL: String
    }

    public struct SMTP: Sendable, Equatable {
        /// Empty where it is off.
        public var listen: [ListenAddress]
        public var hostname: String
        /// nil: no STARTTLS is offered.
        public var tls: TLSFiles?
        public var maxMessageBytes: Int
        /// IP addresses and networks (CIDR) of the proxies that say for whom they speak.
        public var trustedProxies: [String]
    }

    /// Absolute paths of PEM files that could be read when the settings were.
    public struct TLSFiles: Sendable, Equatable {
        public var certificate: String
        public var key: String
    }

    public struct LMTP: Sendable, Equatable {
        /// nil where it is off. A socket's path is absolute.
        public var listen: ListenSocket?
    }

    public struct Mail: Sendable, Equatable {
        /// `mailbox:`, `smtp://…`, `smtps://…` or a provider's, found valid. Holds a password: never logged or shown.
        public var relayURL: String
        public var relayConnections: Int
        /// 0: no limit.
        public var relayPerMinute: Int
        public var replyDomain: String?
        public var from: String?
        public var keepRawFor: Duration
        public var uncertainWait: Duration
        public var notifyAgentsAfter: Duration
        public var dns: Resolver
        public var checkPatience: Duration
        public var checkPort: Int
        /// The absolute path of a PEM file that could be read when the settings were.
        public var trustedCertificates: String?

        /// Outgoing mail is kept and shown here, and nothing leaves the machine.
        public var staysHere: Bool { relayURL == "mailbox:" }
    }

    /// The defaults of the rules for when a message leaves as email; an inbox can have its own.
    public struct Continuity: Sendable, Equatable {
        public var closedAfter: Duration
        public var unseenAfter: Duration
        public var quietFor: Duration
        public var atLatest: Duration
        public var minInterval: Duration
        public var undoWindow: Duration
    }

    public struct Log: Sendable, Equatable {
        public var level: LogLevel
        public var format: LogFormat
    }
}

/// A setting and its present value, as shown to a person.
public struct SettingRow: Sendable {
    public let setting: SettingEntry
    /// Secrets are hidden in it; empty where the setting is absent.
    public let value: String
    public let origin: SettingOrigin
}
