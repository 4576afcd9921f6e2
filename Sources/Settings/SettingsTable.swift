/// Every setting there is. The program, `throughline settings` and docs/settings.md all read this one table.
public enum SettingsTable {
    static let dataDirectory = Setting<String>(
        "data.directory", .path, default: "./data", "Folder of the database, attachments, raw mail and the generated secret.")
    static let databaseURL = Setting<String?>(
        "database.url", ValueKind<String>.databaseURL.optional, default: "", note: "SQLite in data.directory",
        "Where the data is kept, if not in SQLite: postgres://user:password@host/database.")

    static let httpListen = Setting<ListenAddress>(
        "http.listen", .listenAddress, default: "127.0.0.1:3000", "Where the web server listens: dashboard, widget, API.")
    static let httpPublicURL = Setting<String>(
        "http.public-url", .webURL, default: "http://localhost:3000", note: "http://localhost:3000, with the port of http.listen",
        "Under which address browsers reach the web server; links in mails begin with it.")

    static let smtpListen = Setting<[ListenAddress]>(
        "smtp.listen", .listenAddresses, default: "127.0.0.1:2525", "Where mail is received by SMTP; several with commas, or off.")
    static let smtpHostname = Setting<String>(
        "smtp.hostname", .domain(example: "mail.example.com"), default: "", note: "the machine's host name",
        "Name of this server in greetings, Received lines and Message-IDs.")
    static let smtpTLSCertificate = Setting<String?>(
        "smtp.tls-certificate", ValueKind<String>.path.optional, default: "",
        "PEM file with the certificate chain that STARTTLS shows; without it mail is received unencrypted.")
    static let smtpTLSKey = Setting<String?>(
        "smtp.tls-key", ValueKind<String>.path.optional, default: "", "PEM file with the private key to smtp.tls-certificate.")
    static let smtpMaxMessageBytes = Setting<Int>(
        "smtp.max-message-bytes", .bytes(1024...268_435_456), default: "26214400", "Largest mail that is taken, attachments as encoded.")
    static let smtpTrustedProxies = Setting<[String]>(
        "smtp.trusted-proxies", .addressRanges, default: "none",
        "Proxies before the receiver that say for whom they speak (PROXY protocol), and must; several with commas, or none.")

    static let lmtpListen = Setting<ListenSocket?>(
        "lmtp.listen", .listenSocket, default: "off",
        "Where a mail server hands mail over by LMTP: host:port, a unix socket's path, or off.")

    static let mailRelayURL = Setting<String>(
        "mail.relay-url", .relayURL, default: "mailbox:",
        "Who outgoing mail is given to: a server (smtp:// demands STARTTLS unless ?tls=opportunistic or ?tls=none) or a provider. "
            + "mailbox: keeps it here.")
    static let mailRelayConnections = Setting<Int>(
        "mail.relay-connections", .count(1...32), default: "4", "How many mails are handed to one relay at the same time.")
    static let mailRelayPerMinute = Setting<Int>(
        "mail.relay-per-minute", .count(0...100_000), default: "0", "How many mails a relay is given in a minute; 0: as many as there are.")
    static let mailReplyDomain = Setting<String?>(
        "mail.reply-domain", ValueKind<String>.domain(example: "reply.example.com").optional, default: "",
        "Domain of the reply addresses, used for nothing else, for website inboxes that have none of their own.")
    static let mailFrom = Setting<String?>(
        "mail.from", ValueKind<String>.mailAddress.optional, default: "", "Sender of mail from inboxes that have no address of their own.")
    static let mailKeepRawFor = Setting<Duration>(
        "mail.keep-raw-for", .duration(.seconds(60) ... .seconds(3650 * 86400)), default: "30d",
        "How long the original of every received mail is kept.")
    static let mailUncertainWait = Setting<Duration>(
        "mail.uncertain-wait", .duration(.seconds(1) ... .seconds(86_400)), default: "30m",
        "How long a mail whose last answer from the relay was lost waits for a bounce before it is sent once more.")
    static let mailNotifyAgentsAfter = Setting<Duration>(
        "mail.notify-agents-after", .duration(.zero ... .seconds(7 * 86400)), default: "3m",
        "How long what a customer wrote may lie unopened before an agent is told by mail, who can answer it; 0s: never.")
    static let mailDNS = Setting<Resolver>(
        "mail.dns", .resolver, default: "system",
        """
        Which DNS resolver is asked who may send mail, and whether a domain that a visitor types has mail: an address, system for those of \
        the machine, or off: then nobody is asked.
        """)

    static let mailCheckPatience = Setting<Duration>(
        "mail.check-patience", .duration(.seconds(1) ... .seconds(3600)), default: "3m",
        "How long the continuity check waits for its probe to come back.")
    static let mailCheckPort = Setting<Int>(
        "mail.check-port", .port, default: "25",
        "At which port the continuity check looks for the hosts of the MX row; the world uses 25.")
    static let mailTrustedCertificates = Setting<String?>(
        "mail.trusted-certificates", ValueKind<String>.path.optional, default: "",
        "PEM file with certificates that are trusted beside the system's, for mail servers with a certificate of one's own.")

    /// No wait of the continuity rules makes sense beyond a week.
    private static let wait = ValueKind<Duration>.duration(.zero ... .seconds(7 * 86400))
    static let closedAfter = Setting<Duration>(
        "continuity.closed-after", wait, default: "45s", "How long after its last connection a visitor's page still counts as open.")
    static let unseenAfter = Setting<Duration>(
        "continuity.unseen-after", wait, default: "3m", "How long a message may stay unseen on an open page before it is emailed.")
    static let quietFor = Setting<Duration>(
        "continuity.quiet-for", wait, default: "45s", "How long the agent must have been quiet before waiting messages are emailed.")
    static let atLatest = Setting<Duration>(
        "continuity.at-latest", wait, default: "10m", "Longest time that a message waits, however busy the agent types.")
    static let minInterval = Setting<Duration>(
        "continuity.min-interval", wait, default: "5m", "Shortest time between two mails of a conversation that goes on in chat.")
    static let undoWindow = Setting<Duration>(
        "continuity.undo-window", wait, default: "20s", "How long an answer by email can still be taken back.")

    static let logLevel = Setting<LogLevel>("log.level", .word, default: "info", "How much is logged.")
    static let logFormat = Setting<LogFormat>("log.format", .word, default: "text", "Lines for people, or one JSON object a line.")

    /// In the order of the documentation.
    public static let all: [SettingEntry] = [
        dataDirectory.entry, databaseURL.entry,
        httpListen.entry, httpPublicURL.entry,
        smtpListen.entry, smtpHostname.entry, smtpTLSCertificate.entry, smtpTLSKey.entry, smtpMaxMessageBytes.entry,
        smtpTrustedProxies.entry,
        lmtpListen.entry,
        mailRelayURL.entry, mailRelayConnections.entry, mailRelayPerMinute.entry, mailReplyDomain.entry, mailFrom.entry,
        mailKeepRawFor.entry, mailUncertainWait.entry,
        mailNotifyAgentsAfter.entry,
        mailDNS.entry, mailTrustedCertificates.entry, mailCheckPatience.entry, mailCheckPort.entry,
        closedAfter.entry, unseenAfter.entry, quietFor.entry, atLatest.entry, minInterval.entry, undoWindow.entry,
        logLevel.entry, logFormat.entry,
    ]
}

/// The levels of swift-log, by their names there.
public enum LogLevel: String, CaseIterable, Sendable {
    case trace, debug, info, notice, warning, error, critical
}

public enum LogFormat: String, CaseIterable, Sendable {
    case text, json
}
