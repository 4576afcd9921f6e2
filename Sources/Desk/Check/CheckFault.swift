/// Something that keeps mail from coming back, or from being believed: what it is, and what to write where.
public struct CheckFault: Sendable, Hashable, Codable {
    public enum Level: String, Sendable, Codable {
        /// Mail does not come back.
        case error
        /// It comes back here, but others may take it for forged.
        case warning
    }

    /// One for each link that can break. The raw value is what programs read.
    public enum Code: String, Sendable, Codable, CaseIterable {
        // What is set here.
        case mailStaysHere = "mail_stays_here"
        case noAddress = "no_address"
        case replyDomainUsed = "reply_domain_used"
        case noWayIn = "no_way_in"
        // The relay.
        case relayUnknownHost = "relay_unknown_host"
        case relayClosed = "relay_closed"
        case relaySilent = "relay_silent"
        case relayWithoutTLS = "relay_without_tls"
        case relayCertificate = "relay_certificate"
        case relayPassword = "relay_password"
        case relaySender = "relay_refuses_sender"
        case relayRecipient = "relay_refuses_recipient"
        case relayLater = "relay_says_later"
        case relayRefuses = "relay_refuses"
        case interrupted
        // The way back.
        case dnsSilent = "dns_silent"
        case mxMissing = "mx_missing"
        case mxNone = "mx_says_no_mail"
        case mxAlias = "mx_is_alias"
        case mxUnresolvable = "mx_unresolvable"
        case mxElsewhere = "mx_elsewhere"
        case portClosed = "port_closed"
        case portOther = "port_other_server"
        case bounced
        case tokenStripped = "token_stripped"
        case swallowed
        // Who vouches for the mail.
        case recipientRewritten = "recipient_rewritten"
        case spfMissing = "spf_missing"
        case spfSeveral = "spf_several"
        case spfTooLong = "spf_too_many_lookups"
        case spfDamaged = "spf_damaged"
        case spfWithoutRelay = "spf_without_relay"
        case dkimUnsigned = "dkim_unsigned"
        case dkimKeyMissing = "dkim_key_missing"
        case dkimKeyWrong = "dkim_key_wrong"
        case dkimBroken = "dkim_broken"
        case dmarcMissing = "dmarc_missing"
        case dmarcAlignment = "dmarc_alignment"
    }

    public var code: Code
    public var level: Level
    /// What is wrong, a sentence.
    public var words: String
    /// What to do, a sentence.
    public var advice: String
    /// The setting that holds it, where it is one.
    public var setting: String?
    /// The row to write, where it is one of DNS.
    public var record: DNSRow?

    init(_ code: Code, _ words: String, _ advice: String, setting: String? = nil, record: DNSRow? = nil) {
        self.init(code, .error, words, advice, setting: setting, record: record)
    }

    init(_ code: Code, _ level: Level, _ words: String, _ advice: String, setting: String? = nil, record: DNSRow? = nil) {
        self.code = code
        self.level = level
        self.words = words
        self.advice = advice
        self.setting = setting
        self.record = record
    }
}

/// A row of the domain name system, as a domain's page asks for it.
public struct DNSRow: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable {
        case address = "A"
        case mailExchanger = "MX"
        case text = "TXT"
    }

    public enum State: String, Sendable, Codable {
        case found, missing, different
        /// DNS did not answer, or is not asked.
        case unknown
    }

    public var type: Kind
    public var name: String
    /// nil where only the reader knows it.
    public var value: String?
    public var why: String
    public var state: State
    /// What stands there now.
    public var found: [String]
}

/// One step of the probe's way.
public struct CheckHop: Sendable, Hashable, Codable {
    public enum Name: String, Sendable, Codable {
        case settings, dns, port, written, connected, encrypted
        case signedIn = "signed_in"
        case accepted, received
        case cameBack = "came_back"
        case senderChecks = "sender_checks"
        case inConversation = "in_conversation"
    }

    public enum State: String, Sendable, Codable { case done, failed, unknown }

    public var name: Name
    public var state: State
    /// In milliseconds since 1970.
    public var at: Int64
    public var words: String
}
