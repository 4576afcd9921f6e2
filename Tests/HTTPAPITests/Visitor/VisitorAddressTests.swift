import Conversations
import Crypto
import Desk
import Foundation
import Store
import Testing

/// Who a visitor is (behaviour §7).
@Suite struct VisitorAddressTests {
    private func contact(_ server: TestServer, _ id: Int64) async throws -> Contact? {
        try await server.desk.database.read { try $0.contact(ID<Contact>(id)) }
    }

    @Test func aTypedAddressIsClaimedAndReleasesWhatWaits() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            let number = try await visitor.begin("Hello")
            let agent = try await server.agent()
            var draft = OutgoingDraft()
            draft.content = "We look into it"
            let sent = try await SendAgentMessage(desk: server.desk).run(draft, in: number, by: agent)
            #expect(sent.message.delivery?.reason == "no_address")

            let answer = try await visitor.call("PATCH", "contact", #"{"email":" Ann@GMIAL.com "}"#)
            #expect(answer["email"].stringValue == "ann@gmial.com")
            #expect(answer["suggestion"].stringValue == "ann@gmail.com")
            #expect(try await contact(server, visitor.contactID)?.emailState == .claimed)
            let after = try await server.desk.database.read { try $0.message(sent.message.id)?.delivery }
            #expect(after?.name == .waiting)
        }
    }

    @Test(arguments: ["nobody", "a@b", "a b@c.test", "support@example.test", "x@reply.example.test", "\"a b\"@c.test", "a@[127.0.0.1]"])
    func whatIsNoUsableAddressIsRefused(_ address: String) async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            let body = JSON.object([("email", .string(address))]).text
            let answer = try await visitor.call("PATCH", "contact", body)
            #expect(answer.status == (address == "support@example.test" ? 200 : 422) || answer.status == 422)
            if answer.status == 422 { #expect(answer["message"].stringValue?.isEmpty == false) }
            if address != "support@example.test" { #expect(try await contact(server, visitor.contactID)?.email == nil) }
        }
    }

    @Test func anAddressOfSomebodyElseOpensNothingOfTheirs() async throws {
        try await TestServer.run { server in
            let (ann, thief) = (try await server.visitor(), try await server.visitor())
            _ = try await ann.begin("My order number is 7")
            _ = try await ann.call("PATCH", "contact", #"{"email":"ann@example.test"}"#)
            try await server.desk.database.write { tx in
                guard var contact = try tx.contact(ID<Contact>(ann.contactID)) else { return }
                contact.emailState = .proven
                try tx.updateContact(contact, at: server.desk.now())
            }
            #expect(try await thief.call("PATCH", "contact", #"{"email":"ann@example.test"}"#).status == 200)
            #expect(try await thief.messages.isEmpty)
            #expect(try await contact(server, thief.contactID)?.emailState == .claimed)
            #expect(try await contact(server, ann.contactID)?.emailState == .proven)
        }
    }

    @Test func anotherAddressThanTheProvenOneIsClaimed() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            _ = try await visitor.call("PATCH", "contact", #"{"email":"ann@example.test"}"#)
            try await server.desk.database.write { tx in
                guard var contact = try tx.contact(ID<Contact>(visitor.contactID)) else { return }
                contact.emailState = .proven
                try tx.updateContact(contact, at: server.desk.now())
            }
            _ = try await visitor.call("PATCH", "contact", #"{"email":"ann@example.test"}"#)
            #expect(try await contact(server, visitor.contactID)?.emailState == .proven)
            _ = try await visitor.call("PATCH", "contact", #"{"email":"other@example.test"}"#)
            #expect(try await contact(server, visitor.contactID)?.emailState == .claimed)
            _ = try await visitor.call("PATCH", "contact", #"{"email":"ann@example.test"}"#)
            #expect(try await contact(server, visitor.contactID)?.emailState == .proven)
        }
    }

    @Test func theEmailQuestionIsAnsweredOnce() async throws {
        try await TestServer.run { server in
            let visitor = try await server.visitor()
            _ = try await visitor.begin("Hello")
            let question = try await visitor.messages.first { $0["content_type"]?.stringValue == "input_email" }?["id"]?.int ?? 0
            let answer = try await visitor.call("PATCH", "messages/\(question)", #"{"contact":{"email":"ann@example.test"}}"#)
            #expect(answer.status == 200)
            let shown = try await visitor.messages.first { $0["id"]?.int == question }
            #expect(shown?["content_attributes"]?["submitted_email"]?.stringValue == "ann@example.test")
            #expect(try await visitor.call("PATCH", "messages/\(question)", #"{"contact":{"email":"no"}}"#).status == 422)
        }
    }

    private func hash(_ identifier: String, _ server: TestServer) -> String {
        let key = SymmetricKey(data: Data(server.inbox.hmacToken.utf8))
        return Secrets.hex(HMAC<SHA256>.authenticationCode(for: Data(identifier.utf8), using: key))
    }

    @Test func aSignedIdentityBringsItsHistoryAndAnUnsignedOneDoesNot() async throws {
        try await TestServer.run { server in
            let (home, phone, stranger) = (try await server.visitor(), try await server.visitor(), try await server.visitor())
            let signed = #"{"identifier":"user-7","identifier_hash":"\#(hash("user-7", server))","name":"Ann"}"#
            #expect(try await home.call("PATCH", "contact/set_user", signed).status == 200)
            _ = try await home.begin("From home")

            let moved = try await phone.call("PATCH", "contact/set_user", signed)
            let token = moved["widget_auth_token"].stringValue ?? ""
            let there = TestVisitor(server: server, authToken: token, streamToken: "", contactID: 0)
            #expect(try await there.messages.first?["content"]?.stringValue == "From home")

            let unsigned = try await stranger.call("PATCH", "contact/set_user", #"{"identifier":"user-7"}"#)
            #expect(unsigned.status == 200)
            #expect(try await stranger.messages.isEmpty)
            let wrong = try await stranger.call(
                "PATCH", "contact/set_user", #"{"identifier":"user-7","identifier_hash":"\#(hash("user-8", server))"}"#)
            #expect(wrong.status == 401)
        }
    }

    @Test func anIdentifierThatNobodySignedIsNoTrapForItsOwner() async throws {
        try await TestServer.run { server in
            let (thief, owner) = (try await server.visitor(), try await server.visitor())
            _ = try await thief.call("PATCH", "contact/set_user", #"{"identifier":"user-7"}"#)
            _ = try await thief.begin("I wait here")
            let signed = #"{"identifier":"user-7","identifier_hash":"\#(hash("user-7", server))"}"#
            let answer = try await owner.call("PATCH", "contact/set_user", signed)
            #expect(answer["id"].int == owner.contactID)
            _ = try await owner.begin("My secret")
            #expect(try await thief.messages.contains { $0["content"]?.stringValue == "My secret" } == false)
        }
    }

    @Test func whereSigningIsDemandedNothingElseCounts() async throws {
        try await TestServer.run(inbox: { $0.hmacMandatory = true }) { server in
            let visitor = try await server.visitor()
            #expect(try await visitor.call("PATCH", "contact/set_user", #"{"identifier":"user-7"}"#).status == 401)
            #expect(try await visitor.call("PATCH", "contact/set_user", #"{"identifier":"user-7","identifier_hash":""}"#).status == 401)
        }
    }
}
