import Conversations
import Store

/// What mail asks of the store, both ways.
extension QueryPlanTests {
    func mails(_ tx: ExplainingConnection, _ shop: Shop) throws {
        let envelope = StoredMail(
            accountID: shop.account.id, receivedAt: morning, ingress: "smtp", remoteAddress: nil, helo: nil, envelopeFrom: "",
            recipients: [],
            size: 1)
        let id = try tx.acceptMail(envelope, raw: [1])
        guard var mail = try tx.mail(id) else { throw StoreError.nothingInserted }
        (mail.messageID, mail.contentHash) = ("m", "h")
        try tx.updateMail(mail)
        _ = try tx.mails([id])
        _ = try tx.rawMail(id)
        _ = try tx.unsealedMails(limit: 5)
        _ = try tx.unsealedOutboxMails(limit: 5)
        try tx.sealMail(mail, as: [2])
        try tx.sealOutboxMail(ID(1), sender: "s", as: [2])
        _ = try tx.sameMail(as: mail)
        _ = try tx.isKnownMessageID("m", besides: mail)
        _ = try tx.automaticMails(in: shop.conversation.id, since: morning)
        for outcomes in [[], [.failed], MailOutcome.forTheDesk] {
            for unsettled in [true, false] {
                _ = try tx.mails(of: shop.account.id, outcomes: outcomes, unsettled: unsettled, limit: 25, offset: 0)
                _ = try tx.mailCount(of: shop.account.id, outcomes: outcomes, unsettled: unsettled)
            }
        }
        _ = try tx.mailDeskCounts(of: shop.account.id)
        try tx.releaseMail(id, by: ID(1))
        try tx.settleMail(id, at: morning)
        _ = try tx.keptOriginals(of: [id])
        try tx.rememberMailID("m", account: shop.account.id, conversation: shop.conversation.id, message: nil, ours: true, to: nil)
        _ = try tx.known(mailID: "m", in: shop.account.id)
        _ = try tx.mailIDs(of: shop.conversation.id, limit: 10)
        try tx.createReplyToken(
            account: shop.account.id, conversation: shop.conversation.id, contact: shop.contact.id, nonce: "n", hash: "t", at: morning)
        _ = try tx.replyToken(hash: "t")
        _ = try tx.replyToken(markerHash: "t")
        _ = try tx.liveReplyToken(conversation: shop.conversation.id, contact: shop.contact.id)
        _ = try tx.liveReplyToken(conversation: shop.conversation.id, agent: ID(1))
        _ = try tx.unopenedMessages(in: shop.conversation.id, since: nil, limit: 5)
        try tx.setNotifiedAt(morning, of: shop.conversation.id)
        _ = try tx.notifiedAt(shop.conversation.id)
        try tx.revokeReplyTokens(of: shop.conversation.id, at: morning)
        _ = try tx.outboxMail(bounceHash: "x")
        _ = try tx.outboxMail(carrying: ID(1))
        _ = try tx.mails(of: shop.conversation.id, to: "x@y.test")
        _ = try tx.mailsNotOut(of: shop.conversation.id)
        _ = try tx.messages(inOutboxMail: ID(1))
        _ = try tx.mails(of: shop.conversation.id, for: .transcript, since: morning)
    }

    func chatLinks(_ tx: ExplainingConnection, _ shop: Shop) throws {
        try tx.createChatLink(to: "x@y.test", into: shop.conversation, hash: "l", expiresAt: morning + .seconds(60))
        guard var link = try tx.chatLink(hash: "l") else { throw StoreError.nothingInserted }
        link.browserHash = "b"
        try tx.updateChatLink(link)
        _ = try tx.chatLink(link.id)
        _ = try tx.isKnown(browserHash: "b", in: shop.conversation.id)
        try tx.createChatTicket(for: link.id, hash: "t", browserHash: "b", isKnown: false, expiresAt: morning)
        guard let ticket = try tx.chatTicket(hash: "t") else { throw StoreError.nothingInserted }
        try tx.updateChatTicket(ticket)
        _ = try tx.forgetChatTickets(before: morning, atMost: 10)
        let session = try tx.createVisitorSession(
            inbox: shop.inbox, contact: shop.contact.id, sourceID: "g", streamTokenHash: "g", hmacVerified: false, at: morning)
        try tx.grant(shop.conversation.id, to: session.id, madeSession: true, at: morning)
        _ = try tx.grants(of: session.id)
        try tx.revokeGrants(of: shop.conversation.id)
        let asked = try tx.createMessage(.sample(in: shop.conversation, kind: .template))
        try tx.createSurvey(
            Survey(
                messageID: asked.id, accountID: shop.account.id, conversationID: shop.conversation.id, contactID: shop.contact.id,
                agentID: nil,
                askedAt: morning))
        guard let survey = try tx.survey(asked.id) else { throw StoreError.nothingInserted }
        try tx.answer(survey)
        _ = try tx.lastSurvey(of: shop.conversation.id)
        _ = try tx.answeredSurveys(of: shop.account.id, limit: 25, offset: 0)
        _ = try tx.surveyCounts(of: shop.account.id)
        try tx.keepMailTemplate(StoredMailTemplate(text: "t", html: "h", updatedAt: morning), of: shop.inbox.id)
        _ = try tx.mailTemplate(of: shop.inbox.id)
        try tx.forgetMailTemplate(of: shop.inbox.id)
        try tx.enqueueOpenConversations(of: shop.inbox.id, .autoResolve, after: .seconds(60))
        _ = try tx.revokeChatLinks(of: shop.conversation.id, at: morning)
        try tx.stopRelay(RelayStop(relay: "r", since: morning, reason: "no", retryAt: morning))
        _ = try tx.relayStop("r")
        _ = try tx.relayStops()
        _ = try tx.provider(of: ID(1))
        _ = try tx.providers(ofKind: "mailgun")
        _ = try tx.noteDelivery("mark", account: ID(1), at: Instant(milliseconds: 1), forget: Instant(milliseconds: 0))
        _ = try tx.mailsStopped()
        _ = try tx.accountIDs(limit: 10)
        try tx.resumeAfterLoop(shop.conversation.id, at: morning)
        try tx.keepDKIMKey(
            StoredDKIMKey(
                accountID: shop.account.id, domain: "acme.test", selector: "s", secret: [1], record: "r", isOn: true, madeAt: morning))
        _ = try tx.dkimKey(of: shop.account.id, domain: "acme.test")
        try tx.keepProvider(
            InboxProvider(inboxID: shop.inbox.id, accountID: shop.account.id, kind: "raw", secret: [1], topic: nil, updatedAt: morning))
        try tx.forgetProvider(of: shop.inbox.id)
        _ = try tx.relay(of: shop.inbox.id)
        try tx.keepRelay(InboxRelay(inboxID: shop.inbox.id, accountID: shop.account.id, secret: [1], shown: "smtp://r", updatedAt: morning))
        try tx.forgetRelay(of: shop.inbox.id)
        for which: RelaysToResume in [.named("r"), .of(shop.account.id), .ofInbox(shop.inbox.id), .all] {
            try tx.stopRelay(
                RelayStop(relay: "r", inboxID: shop.inbox.id, accountID: shop.account.id, since: morning, reason: "no", retryAt: morning))
            try tx.resumeRelay(which, at: morning)
        }
    }
}
