import Conversations
import Desk
import Store
import Testing

@testable import HTTPAPI

/// The health page's facts as the store really has them.
@Suite struct HealthPageTests {
    private func item(_ code: String, _ json: JSON) -> JSON? {
        guard case .array(let items)? = json["items"] else { return nil }
        return items.first { $0["code"]?.text == "\"\(code)\"" }
    }

    @Test func itShowsWhatWaitsWhatWasHeldAndTheLastMails() async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme")
            let path = "/api/v1/accounts/\(acme.account.id)/health"
            let fresh = try await house.call(.get, path, token: acme.token).json
            #expect(item("held", fresh)?["count"]?.number == 0 && fresh["last_mail_out_at"]?.isNull == true)
            let start = house.clock.now
            try await house.desk.database.write { tx in
                guard var mail = try tx.mail(acme.mail), var conversation = try tx.conversation(acme.conversation.id) else { return }
                (mail.outcome, mail.reason, mail.processedAt) = (.held, "because", start)
                try tx.updateMail(mail)
                let before = conversation
                conversation.loopStopped = true
                try tx.updateConversation(conversation, from: before)
                var draft = OutboxMail(
                    accountID: acme.account.id, conversationID: conversation.id, inboxID: acme.inbox.id, contactID: acme.contact.id,
                    toAddress: "a@b.test", envelopeSender: "", bounceHash: "h1", messageID: "m1", subject: "s", createdAt: start)
                _ = try tx.addToOutbox(draft, raw: [1], messages: [], due: start)
                (draft.bounceHash, draft.messageID) = ("h2", "m2")
                var sent = try tx.addToOutbox(draft, raw: [1], messages: [], due: start)
                sent.sentAt = start
                try tx.settle(&sent, as: .bounced, "mailbox full")
            }
            house.clock.advance(by: .seconds(5 * 3_600))
            let now = try await house.call(.get, path, token: acme.token).json
            #expect(item("held", now)?["count"]?.number == 1 && item("held", now)?["link"]?.text == "\"/app/mail\"")
            #expect(item("loops", now)?["link"]?.text == "\"/app/conversations/\(acme.conversation.displayID)\"")
            #expect(item("waiting_mail", now)?["state"]?.text == "\"attention\"" && item("waiting_mail", now)?["count"]?.number == 1)
            #expect(item("bounces", now)?["count"]?.number == 1)
            #expect(item("queues", now)?["state"]?.text == "\"bad\"")
            #expect(now["state"]?.text == "\"bad\"")
            #expect(now["last_mail_in_at"]?.number == start.seconds && now["last_mail_out_at"]?.number == start.seconds)
            // Another account sees nothing of it.
            let other = try await house.tenant("other")
            let theirs = try await house.call(.get, "/api/v1/accounts/\(other.account.id)/health", token: other.token).json
            for code in ["held", "loops", "waiting_mail", "bounces"] { #expect(item(code, theirs)?["count"]?.number == 0, "\(code)") }
            #expect(theirs["last_mail_out_at"]?.isNull == true && !theirs.text.contains("acme"))
        }
    }

    @Test func onlyAdministratorsSeeIt() async throws {
        try await AgentTestHouse.with { house in
            let acme = try await house.tenant("acme", role: .agent)
            #expect(try await house.call(.get, "/api/v1/accounts/\(acme.account.id)/health", token: acme.token).status == 403)
        }
    }
}
