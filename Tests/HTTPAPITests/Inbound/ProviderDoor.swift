import Conversations
import Desk
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOEmbedded
import Store

@testable import HTTPAPI

/// The routes of providers on a house's desk, without a socket.
struct ProviderDoor {
    private let house: AgentTestHouse
    private let responder: RouterResponder<DeskRequestContext>

    init(_ house: AgentTestHouse, certificates: SNSCertificates? = nil) {
        self.house = house
        let router = DeskRouter(context: DeskRequestContext.self)
        router.add(middleware: AnswerErrors())
        InboundRoutes(desk: house.desk, receive: ReceiveFromProvider(desk: house.desk, certificates: certificates)).add(to: router)
        responder = router.buildResponder()
    }

    /// The status of an answer.
    func post(_ path: String, _ body: [UInt8], type: String, headers: [String: String] = [:]) async throws -> Int {
        try await answer(path, body, type: type, headers: headers).status.code
    }

    /// - Parameter address: from where it comes; nil: from this machine, which is not limited.
    func answer(
        _ path: String, _ body: [UInt8], type: String, headers: [String: String] = [:], from address: String? = nil
    ) async throws -> Response {
        var fields = HTTPFields()
        fields[.contentType] = type
        for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
        let request = Request(
            head: HTTPRequest(method: .post, scheme: "http", authority: "desk.test", path: path, headerFields: fields),
            body: RequestBody(buffer: ByteBuffer(bytes: body)))
        let channel = NIOAsyncTestingChannel()
        channel.remoteAddress = try SocketAddress(ipAddress: address ?? "127.0.0.1", port: 40_000)
        let context = DeskRequestContext(source: .init(channel: channel, logger: house.desk.logger))
        return try await responder.respond(to: request, context: context)
    }

    /// Recipients of every mail that an account keeps; not of those that were refused, and the fixture's own.
    func recipients(of tenant: Tenant) async throws -> [[String]] {
        try await house.desk.database.read { tx in
            try (1...50).compactMap { try tx.mail(ID($0)) }.filter {
                $0.accountID == tenant.account.id && $0.id != tenant.mail && $0.outcome != .refused
            }.map(
                \.recipients)
        }
    }
}
