import Desk
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Everything that answers over HTTP: the API of agents and visitors, live events, pages and files.
public struct HTTPServer: Service {
    /// How long a connection may be idle between requests; event streams may for ever.
    static let idleTimeout = TimeAmount.seconds(60)

    /// Sends an answer to a mail of the local mailbox by SMTP to our own receiver; throws with its words.
    public typealias MailboxReply = @Sendable (_ mailboxEntry: Int64, _ text: String) async throws -> Void

    private let desk: Desk
    private let host: String
    private let port: Int
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void
    private let responder: RouterResponder<DeskRequestContext>
    private let presence: StreamPresence
    private let memory = ReturnMemory()
    private let streams: EventStreams
    private let group: any EventLoopGroup

    /// - Parameters:
    ///   - hub: must run beside the server.
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
        group = MultiThreadedEventLoopGroup.singleton
        presence = StreamPresence(desk: desk)
        streams = EventStreams(desk: desk, hub: hub, presence: presence, memory: memory, group: group)
        responder = Self.router(
            desk: desk, streams: streams, assets: Assets(folder: assets, logger: logger), replyFromMailbox: replyFromMailbox
        ).buildResponder()
    }

    static func router(desk: Desk, streams: EventStreams, assets: Assets, replyFromMailbox: @escaping MailboxReply) -> DeskRouter {
        let router = DeskRouter(context: DeskRequestContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: SecurityHeaders())
        router.add(middleware: CrossOrigin())
        router.add(middleware: AnswerErrors())
        let visitors = VisitorRoutes(desk: desk, limits: RateLimits(now: desk.now))
        visitors.add(to: router)
        addAgentRoutes(to: router, desk: desk)
        HealthRoutes(desk: desk, streams: streams).add(to: router)
        PageRoutes(desk: desk, assets: assets, visitors: visitors).add(to: router)
        AttachmentRoutes(desk: desk).add(to: router)
        MailLinkRoutes(desk: desk, limits: visitors.limits).add(to: router)
        InboundRoutes(desk: desk).add(to: router)
        if desk.options.isDemo { DemoRoutes(desk: desk, assets: assets, reply: replyFromMailbox).add(to: router) }
        return router
    }

    public func run() async throws {
        let limit = FileDescriptors.connections(limit: FileDescriptors.raiseLimit())
        let streams = self.streams
        let application = Application(
            responder: responder,
            server: .http1(
                configuration: .init(additionalChannelHandlers: [EventStreamHandler(streams: streams)], idleTimeout: Self.idleTimeout)),
            configuration: .init(
                address: .hostname(host, port: port), backlog: 1024, availableConnectionsDelegate: .maximum(limit, logger: logger)),
            services: [presence, memory, streams],
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            eventLoopGroupProvider: .shared(group),
            logger: logger)
        try await application.run()
    }
}
