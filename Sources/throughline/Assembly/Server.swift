import Conversations
import Desk
import Foundation
import HTTPAPI
import Logging
import MailTransport
import NIOCore
import NIOPosix
import ServiceLifecycle
import Settings
import Store

/// Puts the parts together and runs them until the program is told to stop, then stops them in reverse.
struct Server {
    struct Addresses: Sendable {
        var publicURL: String
        var smtp: [String]
    }

    let house: House

    private var settings: Settings { house.settings }

    /// - Parameters:
    ///   - prepare: runs once the schema stands, before anything listens.
    ///   - ready: runs when everything listens.
    func run(
        prepare: @Sendable () async throws -> Void = {}, ready: @escaping @Sendable (Addresses) async -> Void
    ) async throws {
        let lock = try DataDirectoryLock(directory: settings.data.directory)
        defer { lock.release() }
        try checkPorts()
        guard let web = WebFolder.find() else {
            throw SettingsError(
                line: "The web files are not built. Run Web/build.sh, or put the folder “web” beside the program.")
        }
        let (bells, logger) = (house.bells, house.logger)
        let resolver = try DNSByUnbound.resolver(settings.mail.dns)
        let desk = house.desk.writingMail(with: try MailTemplates(directory: "\(web)/mail")).asking(resolver)
        try await house.database.migrate()
        // Whoever held work is dead: this process has the store to itself.
        try await house.database.write { try $0.releaseLeases() }
        // The relay's settings may be new ones: one mail finds out.
        try await ResumeRelay(desk: desk).run()
        try await prepare()

        let readers = (0..<2).map { _ in MailReadingChild(command: [Program.path, Program.readMail]) }
        let read = ReadInboundMail(
            desk: desk, readers: readers, checkSender: resolver.map { CheckSender(dns: $0, receiver: settings.smtp.hostname) })
        let send = SendWaitingMail(desk: desk)
        let wayOut = try wayOut()
        let ownRelays = OwnRelays(desk: desk, open: { [settings] in try Self.open($0, settings, logger, isOwn: true) })
        let outbox = SendOutbox(desk: desk, wayOut: wayOut, ownRelays: ownRelays)
        let check = RunContinuityCheck(desk: desk, wayOut: { try await ownRelays.wayOut(of: $0.id) ?? wayOut })
        let hub = EventHub(desk: desk, bell: bells.events)
        let addresses = Addresses(publicURL: settings.http.publicURL, smtp: settings.smtp.listen.map { "\($0)" })
        let mailbox = LocalMailbox(desk: desk, receiver: settings.smtp.listen.first.map { ($0.host, $0.port) }, logger: logger)

        var services: [any Service] = [
            Heartbeat(desk: desk), hub, Housekeeping(desk: desk),
            QueueWorker(desk: desk, bells: bells, queue: .continuity, lease: .seconds(60), batch: 20, work: send.run),
            // Two, so that a relay that keeps one mail waiting does not hold up the others.
            QueueWorker(
                desk: desk, bells: bells, queue: .outbox, lease: SendOutbox.lease, batch: settings.mail.relayConnections, work: outbox.run),
            QueueWorker(
                desk: desk, bells: bells, queue: .outbox, lease: SendOutbox.lease, batch: settings.mail.relayConnections, work: outbox.run),
            LaneWorker.ownRelays(desk: desk, bells: bells, batch: settings.mail.relayConnections, work: outbox.run),
            QueueWorker(
                desk: desk, bells: bells, queue: .autoResolve, lease: .seconds(60), batch: 20, work: AutoResolve(desk: desk).run),
            QueueWorker(
                desk: desk, bells: bells, queue: .inboundMail, lease: .seconds(300), batch: 64, rest: .milliseconds(10),
                yieldsFor: ReadInboundMail.yieldsFor, work: read.run),
            QueueWorker(desk: desk, bells: bells, queue: .notification, lease: .seconds(60), batch: 20, work: NotifyAgent(desk: desk).run),
        ]
        services += [
            LaneWorker.continuityChecks(desk: desk, bells: bells, work: check.run),
            QueueWorker(
                desk: desk, bells: bells, queue: .nightlyCheck, lease: .seconds(60), batch: 20, work: NightlyChecks(desk: desk).run),
        ]
        services.append(FetchMailboxes(desk: desk, bell: bells.mailboxes))
        services += try receivers.services()
        services.append(
            HTTPServer(
                desk: desk, hub: hub, host: settings.http.listen.host,
                port: settings.http.listen.port, assets: web, logger: logger,
                replyFromMailbox: { try await mailbox.reply(to: $0, text: $1) },
                onListening: { [house] _ in
                    house.makeRoomForLog()
                    await ready(addresses)
                    fflush(nil)  // Into a pipe, what was printed would wait.
                }))
        let group = ServiceGroup(
            configuration: .init(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
        for reader in readers { reader.stop() }
        resolver?.close()
        try await house.close()
    }

    private func wayOut() throws -> MailWayOut {
        if settings.mail.staysHere { return .mailbox }
        return .relay(try Self.open(settings.mail.relayURL, settings, house.logger))
    }

    /// A relay by its URL: the installation's, or an inbox's own.
    private static func open(_ url: String, _ settings: Settings, _ logger: Logger, isOwn: Bool = false) throws -> MailWayOut.Relay {
        let (connections, perMinute) = (settings.mail.relayConnections, settings.mail.relayPerMinute)
        if HTTPRelay.isOne(url) {
            let web = try WebClient(maxConnections: connections, maxPerMinute: perMinute, keeps: .seconds(20))
            return .provider(try HTTPRelay(url: url, takesEndpoint: !isOwn), web: web, now: { Instant(Date()) })
        }
        var sending = SMTPClientSettings(hostname: settings.smtp.hostname)
        (sending.maxConnections, sending.maxPerMinute) = (connections, perMinute)
        // Whoever has just written a relay and presses the button wants to know soon that it says nothing.
        if isOwn {
            (sending.timeouts.connect, sending.timeouts.greeting, sending.timeouts.command) = (.seconds(10), .seconds(15), .seconds(15))
        }
        sending.additionalTrustRoots = settings.mail.trustedCertificates
        return .smtp(try SMTPSender(relay: try SMTPRelay(url: url), settings: sending, logger: logger))
    }

    private var receivers: MailReceivers { MailReceivers(settings: settings, desk: house.desk, logger: house.logger) }

    /// Every address is tried before anything runs, so that the message names the one that is taken.
    private func checkPorts() throws {
        let http = settings.http.listen
        try tryPort("http.listen", http.host, http.port, shown: "\(http)")
        for address in settings.smtp.listen { try tryPort("smtp.listen", address.host, address.port, shown: "\(address)") }
        if case .address(let address) = settings.lmtp.listen { try tryPort("lmtp.listen", address.host, address.port, shown: "\(address)") }
        try receivers.checkSocket()
    }

    private func tryPort(_ key: String, _ host: String, _ port: Int, shown: String) throws {
        do {
            let channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1).bind(host: host, port: port).wait()
            try channel.close().wait()
        } catch {
            throw ListenProblem.explain(error, key: key, address: shown)
        }
    }
}
