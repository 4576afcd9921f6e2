import Foundation

extension Settings {
    /// Reads the settings: command line over environment over file over default.
    ///
    /// - Parameters:
    ///   - arguments: the command line without the program's name; what is no setting comes back in `remainingArguments`, in order.
    ///   - workingDirectory: absolute; relative paths are taken from here, and `throughline.yaml` is looked for in it.
    ///   - defaults: texts by key that a command has instead of the table's defaults.
    ///   - fileName: the file that is read where it exists and `--config` names no other; nil for none.
    /// - Throws: `SettingsError`, whose description is one line. Nothing has been opened then but the settings file.
    public static func load(
        arguments: [String], environment: [String: String], workingDirectory: String, defaults: [String: String] = [:],
        fileName: String? = "throughline.yaml"
    ) throws(SettingsError) -> (settings: Settings, remainingArguments: [String]) {
        let commandLine = try CommandLineSettings(arguments)
        let fromEnvironment = try environmentSettings(environment)
        let file = try SettingsFile.find(named: commandLine.configFile, orStandard: fileName, in: workingDirectory)
        let fromFile = try file.map { file throws(SettingsError) in try file.settings() } ?? [:]

        var written = fromFile
        written.merge(fromEnvironment) { _, stronger in stronger }
        written.merge(commandLine.settings) { _, stronger in stronger }
        let texts = WrittenSettings(written: written, defaults: defaults)
        return (try Settings(texts, workingDirectory: workingDirectory), commandLine.remaining)
    }

    /// The command among the arguments, wherever settings stand: for commands that have defaults of their own.
    public static func command(in arguments: [String]) throws(SettingsError) -> String? {
        try CommandLineSettings(arguments).remaining.first
    }

    private init(_ texts: WrittenSettings, workingDirectory: String) throws(SettingsError) {
        typealias Table = SettingsTable
        let absolute = { (path: String) in absolutePath(path, in: workingDirectory) }

        data = DataFolder(directory: absolute(try texts.value(of: Table.dataDirectory)))
        database = Database(url: try texts.value(of: Table.databaseURL))

        let httpListen = try texts.value(of: Table.httpListen)
        let publicURL = try texts.value(of: Table.httpPublicURL, default: "http://localhost:\(httpListen.port)")
        http = HTTP(listen: httpListen, publicURL: publicURL)

        let hostname = try texts.value(of: Table.smtpHostname, default: HostName.ofThisMachine())
        smtp = SMTP(
            listen: try texts.value(of: Table.smtpListen), hostname: hostname, tls: nil,
            maxMessageBytes: try texts.value(of: Table.smtpMaxMessageBytes), trustedProxies: try texts.value(of: Table.smtpTrustedProxies))
        smtp.tls = try tlsFiles(texts, absolute: absolute)

        lmtp = LMTP(listen: try texts.value(of: Table.lmtpListen))
        if case .unix(let path) = lmtp.listen { lmtp.listen = .unix(path: absolute(path)) }

        mail = Mail(
            relayURL: try texts.value(of: Table.mailRelayURL), relayConnections: try texts.value(of: Table.mailRelayConnections),
            relayPerMinute: try texts.value(of: Table.mailRelayPerMinute), replyDomain: try texts.value(of: Table.mailReplyDomain),
            from: try texts.value(of: Table.mailFrom), keepRawFor: try texts.value(of: Table.mailKeepRawFor),
            uncertainWait: try texts.value(of: Table.mailUncertainWait),
            notifyAgentsAfter: try texts.value(of: Table.mailNotifyAgentsAfter), dns: try texts.value(of: Table.mailDNS),
            checkPatience: try texts.value(of: Table.mailCheckPatience), checkPort: try texts.value(of: Table.mailCheckPort),
            trustedCertificates: try readableFile(Table.mailTrustedCertificates, texts, absolute: absolute))
        continuity = Continuity(
            closedAfter: try texts.value(of: Table.closedAfter), unseenAfter: try texts.value(of: Table.unseenAfter),
            quietFor: try texts.value(of: Table.quietFor), atLatest: try texts.value(of: Table.atLatest),
            minInterval: try texts.value(of: Table.minInterval), undoWindow: try texts.value(of: Table.undoWindow))
        log = Log(level: try texts.value(of: Table.logLevel), format: try texts.value(of: Table.logFormat))

        rows = texts.rows(computed: [Table.httpPublicURL.key: publicURL, Table.smtpHostname.key: hostname])
        try checkTogether(texts)
    }
}

/// The texts of all settings, the strongest origin of each.
struct WrittenSettings {
    let written: [String: WrittenValue]
    /// By key, instead of the table's.
    let defaults: [String: String]

    func value<Value>(of setting: Setting<Value>) throws(SettingsError) -> Value {
        try setting.read(text(of: setting.key, default: setting.defaultText))
    }

    /// For a default that is found out only now.
    func value<Value>(of setting: Setting<Value>, default computed: String) throws(SettingsError) -> Value {
        try setting.read(text(of: setting.key, default: computed))
    }

    /// Where the setting was written; `.standard` where it was not.
    func origin(of key: String) -> SettingOrigin { written[key]?.origin ?? .standard }

    func rows(computed: [String: String]) -> [SettingRow] {
        SettingsTable.all.map { entry in
            let value = text(of: entry.key, default: computed[entry.key] ?? entry.tableDefault)
            return SettingRow(setting: entry, value: entry.conceal(value.text), origin: value.origin)
        }
    }

    private func text(of key: String, default standard: String) -> WrittenValue {
        written[key] ?? WrittenValue(text: defaults[key] ?? standard, origin: .standard)
    }
}

func absolutePath(_ path: String, in directory: String) -> String {
    URL(filePath: path, relativeTo: URL(filePath: directory, directoryHint: .isDirectory)).standardizedFileURL.path(percentEncoded: false)
        .removingTrailingSlash
}

extension String {
    fileprivate var removingTrailingSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
