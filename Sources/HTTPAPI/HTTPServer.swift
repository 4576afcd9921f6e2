import Desk
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Everything that answers over HTTP: the API of agents and visitors, live events, pages and files.
public struct HTTPServer: Service {
    /// Seconds that a connection may be idle between requests.
    static let idleTimeout = TimeAmount.seconds(60)

    /// Sends an answer to a mail of the local mailbox by SMTP to our own receiver; throws with its words.
    public typealias MailboxReply = @Sendable (_ mailboxEntry: Int64, _ text: String) async throws -> Void

    private let desk: Desk
    private let host: String
    private let port: Int
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void
    private let router: DeskRouter

    /// - Parameters:
    ///   - port: 0 takes any free one, which `onListening` tells.
    ///   - assets: the folder with the built web files (`Web/dist`); nil serves none.
    public init(
        desk: Desk, hub: EventHub, host: String, port: Int, assets: String?, logger: Logger, replyFromMailbox: @escaping MailboxReply,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.desk = desk
        self.host = host
        self.port = port
        self.logger = logger
        self.onListening = onListening
        router = Self.router(desk: desk)
    }

    static func router(desk: Desk) -> DeskRouter {
        let router = DeskRouter(context: DeskRequestContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: SecurityHeaders())
        router.add(middleware: CrossOrigin())
        router.add(middleware: AnswerErrors())
        addVisitorRoutes(to: router, desk: desk)
        addAgentRoutes(to: router, desk: desk)
        return router
    }

    public func run() async throws {
        let limit = FileDescriptors.connections(limit: FileDescriptors.raiseLimit())
        let application = Application(
            responder: router.buildResponder(),
            server: .http1(configuration: .init(idleTimeout: Self.idleTimeout)),
            configuration: .init(
                address: .hostname(host, port: port), backlog: 1024, availableConnectionsDelegate: .maximum(limit, logger: logger)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            logger: logger)
        try await application.run()
    }
}
