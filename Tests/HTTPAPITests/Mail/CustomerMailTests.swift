import Conversations
import Desk
import Foundation
import MailFormat
import Store
import Testing

/// The mail that the customer gets (behaviour §4).
@Suite struct CustomerMailTests {
    @Test func itSaysWhoWroteWhatAndHowToAnswer() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let (_, conversation) = try await server.customer()
            let mail = try await server.say("Yes, for <b>9 €</b>: https://shop.example.test/norway.", in: conversation, by: agent).mail
            #expect(mail.from?.name == "Sam at Shop")
            #expect(mail.from?.address == "support@example.test")
            #expect(mail.subject == "Do you ship to Norway?")
            #expect(mail.replyTo.first?.address.hasSuffix("@reply.example.test") == true)
            #expect(mail.text.contains("Yes, for <b>9 €</b>: https://shop.example.test/norway."))
            #expect(mail.text.contains("Reply to this email, or continue in chat."))
            #expect(mail.text.contains("Mute this conversation: http://localhost:3000/mail/mute/"))
            let html = mail.html ?? ""
            #expect(html.contains("Yes, for &lt;b&gt;9 €&lt;/b&gt;"))
            #expect(html.contains(#"href="https://shop.example.test/norway">https://shop.example.test/norway</a>."#))
            // The earlier message is quoted for a proven address, in both parts.
            #expect(mail.text.contains("> Do you ship to Norway?") && html.contains("Do you ship to Norway?"))
            #expect(mail.headerValue("Auto-Submitted") == nil)
            #expect(mail.headerValue("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click")
            #expect(mail.headerValue("Thread-Topic") == "Do you ship to Norway?")
        }
    }

    @Test func whatIsAButtonInChatIsALineInMail() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let (visitor, conversation) = try await server.customer()
            func ask(_ words: String, _ kind: String, _ items: String) async throws -> MessageView {
                var draft = OutgoingDraft()
                (draft.content, draft.contentType) = (words, kind)
                draft.contentAttributes = #"{"delivery":"email_now","items":\#(items)}"#
                return try await SendAgentMessage(desk: server.desk).run(draft, in: conversation.displayID, by: agent)
            }
            let size = try await ask("Which size?", "input_select", #"[{"title":"Large","value":"l"},{"title":"Small","value":"s"}]"#)
            _ = try await ask(
                "Read this", "article", #"[{"title":"Care","link":"https://kiln.test/care"},{"title":"No","link":"javascript:x"}]"#)
            let asked = try await server.leave().mail
            #expect(asked.text.contains("Which size?") && asked.text.contains("• Large") && asked.text.contains("• Small"))
            #expect(asked.text.contains("• Care https://kiln.test/care") && !asked.text.contains("javascript"))
            _ = try await visitor.call(
                "PATCH", "messages/\(size.message.id)", #"{"message":{"submitted_values":[{"title":"Small","value":"s"}]}}"#)
            server.clock.advance(.seconds(3600))
            let later = try await server.say("Noted.", in: conversation, by: agent).mail
            #expect(later.text.contains("> → Small") && !later.text.contains("• Large"))
        }
    }

    @Test func theNextOneStandsInTheSameThread() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let (_, conversation) = try await server.customer()
            let first = try await server.say("One", in: conversation, by: agent).mail
            server.clock.advance(.seconds(3600))
            let second = try await server.say("Two", in: conversation, by: agent).mail
            #expect(second.subject == "Re: Do you ship to Norway?")
            #expect(second.inReplyTo == [first.messageID])
            #expect(second.references.last == first.messageID && second.references.first == first.references.first)
            let indexes = [first, second].map { Data(base64Encoded: $0.headerValue("Thread-Index") ?? "") ?? Data() }
            #expect(indexes[0].count == 22 && indexes[1].count == 27)
            #expect(indexes[1].prefix(22) == indexes[0])
            #expect(first.replyTo == second.replyTo)
        }
    }

    @Test func aClaimedAddressGetsTheNewWordsAndNothingElse() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let (_, conversation) = try await server.customer(proven: false, words: "My card number is 4711")
            let file = IncomingFile(filename: "invoice.pdf", contentType: "application/pdf", bytes: Array("%PDF".utf8))
            let (mail, raw) = try await server.say("Here it is.", in: conversation, by: agent, files: [file])
            #expect(!mail.text.contains("4711") && !(mail.html ?? "").contains("4711"))
            #expect(mail.attachments.isEmpty)
            #expect(!raw.contains("/attachments/") && !raw.contains("invoice.pdf"))
            #expect(mail.text.contains("Files came with this message. They are in the chat."))
            #expect((mail.html ?? "").contains("Files came with this message."))
        }
    }

    @Test func filesUpToTenMegabytesTravelAndTheRestIsLinkedForAWhile() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let (_, conversation) = try await server.customer()
            let files = [
                IncomingFile(filename: "small.txt", contentType: "text/plain", bytes: Array("small".utf8)),
                IncomingFile(filename: "page.html", contentType: "text/html", bytes: Array(repeating: 60, count: 10 << 20)),
            ]
            let mail = try await server.say("Two files", in: conversation, by: agent, files: files).mail
            #expect(mail.attachments.map(\.filename) == ["small.txt"])
            #expect(mail.text.contains("Attached: small.txt") && (mail.html ?? "").contains("Attached: small.txt"))
            #expect(mail.text.contains("page.html (good until") && (mail.html ?? "").contains(">page.html</a>"))
            let link = try #require(server.link("/attachments/", in: mail))
            let opened = try await server.request("GET", link)
            #expect(opened.status == 200 && opened.body.utf8.count == 10 << 20)
            #expect(opened.headers["content-disposition"]?.hasPrefix("attachment") == true)
            #expect(opened.headers["content-type"] == "application/octet-stream")
            // Another moment is another signature.
            var parts = link.split(separator: "/").map(String.init)
            parts[3] = String((Int64(parts[3]) ?? 0) + 1)
            #expect(try await server.request("GET", "/" + parts.joined(separator: "/")).status == 404)
            server.clock.advance(.seconds(14 * 86_400 + 1))
            #expect(try await server.request("GET", link).status == 404)
        }
    }

    @Test func timesAreInTheCustomersZoneAndWordsInTheirLanguage() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let (visitor, conversation) = try await server.customer(extra: #","language":"de-AT","timezone":"Asia/Kolkata""#)
            #expect(try await server.contact(of: visitor)?.additionalAttributes.contains("Asia\\/Kolkata") == false)
            // 1 800 000 000 is 08:00 UTC, 13:30 in Kolkata.
            let mail = try await server.say("Ja.", in: conversation, by: agent).mail
            #expect(mail.text.contains("13:30"), "\(mail.text)")
            #expect(mail.headerValue("Content-Language") == "de")
            let (_, other) = try await server.customer("bo@customer.test", extra: #","language":"<script>","timezone":"Moon/Base""#)
            let plain = try await server.say("Yes.", in: other, by: agent).mail
            #expect(plain.text.contains("8:00") && plain.text.contains("GMT"), "\(plain.text)")
            #expect(plain.headerValue("Content-Language") == "en")
        }
    }

    @Test func oneClickMutesAndLookingDoesNot() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let (visitor, conversation) = try await server.customer()
            let mail = try await server.say("Yes", in: conversation, by: agent).mail
            let link = try #require(server.link("/mail/mute/", in: mail))
            #expect(mail.headerValue("List-Unsubscribe") == "<http://localhost:3000\(link)>")
            let page = try await server.request("GET", link)
            #expect(page.status == 200 && page.body.contains("<form method=\"post\"") && page.headers["referrer-policy"] == "no-referrer")
            #expect(try await server.request("HEAD", link).status == 200)
            #expect(try await !server.conversation(of: visitor).muted)
            let guessed = String(link.dropLast()) + (link.last == "0" ? "1" : "0")
            let refused = try await server.request("POST", guessed, type: "application/x-www-form-urlencoded", body: [])
            #expect(refused.status == 404 && refused.headers["content-type"] == "text/html; charset=utf-8")
            #expect(try await !server.conversation(of: visitor).muted)
            let done = try await server.request(
                "POST", link, type: "application/x-www-form-urlencoded", body: Array("List-Unsubscribe=One-Click".utf8))
            #expect(done.status == 200)
            #expect(try await server.conversation(of: visitor).muted)
        }
    }
}
