import Foundation
import Logging
import NIOCore
import Synchronization
import Testing

@testable import MailTransport

/// Both sides over real sockets.
@Suite struct LoopbackTests {
    @Test func aMailArrivesAsItWasSent() async throws {
        let desk = RecordingDesk()
        let outcome = try await withServer(desk: desk) { server in
            let sender = try server.sender()
            return await sender.send(
                ByteBuffer(string: "Subject: Hi\r\n\r\n.dot\r\nbare\nend"),
                envelope: OutboundEnvelope(sender: "a@example.test", recipients: ["b@example.test"]))
        }
        guard case .accepted(let reply, let refused) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reply.code == 250)
        #expect(refused.isEmpty)
        let mails = desk.mails
        #expect(mails.count == 1)
        let mail = try #require(mails.first)
        #expect(mail.text.hasSuffix("Subject: Hi\r\n\r\n.dot\r\nbare\r\nend\r\n"))
        #expect(
            mail.text.hasPrefix(
                "Return-Path: <a@example.test>\r\nReceived: from client.test ([127.0.0.1])\r\n\tby mail.test with ESMTP id "))
        #expect(mail.envelope.recipients == ["b@example.test"])
    }
}
