import Continuity
import Conversations
import Desk
import Foundation
import Logging
import MailTransport
import Settings
import Store
import StoreSQLite

#if canImport(Glibc)
    import Glibc
#endif

/// The parts that every command needs: the store, the secret, the desk. The only place that picks implementations.
struct House {
    static var schema: Int { Migrations.current }

    let settings: Settings
    let database: any Database
    /// For a process that will write much; returns at once.
    let makeRoomForLog: @Sendable () -> Void
    let desk: Desk
    let bells: Bells
    let logger: Logger

    init(settings: Settings, isDemo: Bool = false) throws {
        if settings.database.url != nil {
            throw settings.refusal(
                of: "database.url", problem: "names a database that this version cannot use yet",
                advice: "Leave it out: SQLite in data.directory is used.")
        }
        self.settings = settings
        logger = Self.logger(settings)
        let directory = settings.data.directory
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw SettingsError(
                key: "data.directory", written: directory, problem: "cannot be made (\(error.localizedDescription))",
                advice: "Name a folder that this user may write to.")
        }
        let bells = Bells()
        self.bells = bells
        let logger = self.logger
        let store = try SQLiteDatabase(
            path: "\(directory)/throughline.sqlite", onCommit: { bells.ring($0) },
            onFailure: { failure in
                logger.critical("\(failure)")
                // Everything acknowledged is on disk; nothing more may be promised on this handle.
                Glibc._exit(74)
            })
        database = store
        makeRoomForLog = { store.makeRoomForLog() }
        desk = Desk(
            database: database, options: Self.options(settings, isDemo: isDemo), secrets: Secrets(key: try Self.secret(directory)),
            node: UUID().uuidString.lowercased(), logger: logger)
    }

    /// Runs one command's work and closes the store, whatever comes of it.
    func end(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch {
            try? await database.close()
            throw error
        }
        try await close()
    }

    func close() async throws { try await database.close() }

    private static func options(_ settings: Settings, isDemo: Bool) -> DeskOptions {
        var options = DeskOptions(
            publicURL: settings.http.publicURL, replyDomain: settings.mail.replyDomain?.lowercased(),
            mailFrom: settings.mail.from?.lowercased(),
            continuity: timing(settings), keepRawFor: settings.mail.keepRawFor, uncertainWait: settings.mail.uncertainWait, isDemo: isDemo,
            maxMessageBytes: settings.smtp.maxMessageBytes)
        options.check = check(settings)
        (options.machine.version, options.machine.dataDirectory) = (Program.version, settings.data.directory)
        options.machine.certificate = settings.smtp.listen.isEmpty ? nil : settings.smtp.tls?.certificate
        options.notifyAgentsAfter = settings.mail.notifyAgentsAfter
        options.trustedCertificates = settings.mail.trustedCertificates
        return options
    }

    private static func check(_ settings: Settings) -> CheckOptions {
        var check = CheckOptions()
        check.hostname = settings.smtp.hostname
        check.receivers = settings.smtp.listen.map { "\($0)" } + (settings.lmtp.listen.map { ["\($0) (LMTP)"] } ?? [])
        check.mailStaysHere = settings.mail.staysHere
        check.relayHost = settings.mail.staysHere ? nil : try? SMTPRelay(url: settings.mail.relayURL).host
        (check.patience, check.port) = (settings.mail.checkPatience, settings.mail.checkPort)
        return check
    }

    /// The installation's timing, which holds where an inbox has none of its own.
    static func timing(_ settings: Settings) -> ContinuitySettings {
        let timing = settings.continuity
        return ContinuitySettings(
            closedAfter: timing.closedAfter, unseenAfter: timing.unseenAfter, quietFor: timing.quietFor, atLatest: timing.atLatest,
            minInterval: timing.minInterval, undoWindow: timing.undoWindow)
    }

    /// The installation's secret: made once, readable by its owner alone, beside the database and not in it.
    private static func secret(_ directory: String) throws -> [UInt8] {
        let path = "\(directory)/secret"
        if let data = FileManager.default.contents(atPath: path), data.count >= 32 { return [UInt8](data) }
        let bytes = Secrets.systemRandom(32)
        // Whole or not at all: a kill in the middle leaves only the other name behind, and the first of two commands wins.
        let draft = "\(path).\(Secrets.hex(bytes.prefix(4)))"
        defer { unlink(draft) }
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        let written = descriptor < 0 ? -1 : bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if descriptor >= 0 {
            fsync(descriptor)
            Glibc.close(descriptor)
        }
        guard written == bytes.count, link(draft, path) == 0 || errno == EEXIST, let kept = FileManager.default.contents(atPath: path),
            kept.count >= 32
        else {
            throw SettingsError(
                key: "data.directory", written: directory, problem: "holds a secret that cannot be read or made",
                advice: "Give this user the right to read and write there, and make room.")
        }
        return [UInt8](kept)
    }

    private static func logger(_ settings: Settings) -> Logger {
        let level = Logger.Level(rawValue: settings.log.level.rawValue) ?? .info
        var logger = Logger(label: "throughline") { label in
            let handler: any LogHandler = settings.log.format == .json ? JSONLogHandler() : StreamLogHandler.standardError(label: label)
            return handler
        }
        logger.logLevel = level
        return logger
    }
}
