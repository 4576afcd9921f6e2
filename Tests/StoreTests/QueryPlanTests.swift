import Conversations
import Store
import Testing

/// No statement reads a large table from end to end.
@Suite struct QueryPlanTests {
    @Test func `statements of the agents' and visitors' day use indexes`() async throws {
        try await DatabaseUnderTest.sqlite.run { database in
            let shop = try await Shop.open(database)
            let scans = ExplainingConnection.Scans()
            try await database.write { inner in
                let tx = ExplainingConnection(inner: inner, scans: scans)
                try people(tx, shop)
                try threads(tx, shop)
                try lists(tx, shop)
                try together(tx, shop)
                try mails(tx, shop)
                try chatLinks(tx, shop)
                try continuityChecks(tx, shop)
                try health(tx, shop)
                try reports(tx, shop)
                try notices(tx, shop)
                try machinery(tx, shop)
                try endings(tx, shop)
            }
            #expect(scans.looked.withLock { $0 } > 80)
            let found = scans.found.withLock { $0 }
            #expect(found.isEmpty, "\(found.joined(separator: "\n\n"))")
        }
    }

    @Test func `the check sees a scan`() async throws {
        try await DatabaseUnderTest.sqlite.run { database in
            let scans = ExplainingConnection.Scans()
            _ = try await database.write {
                try ExplainingConnection(inner: $0, scans: scans).rows("SELECT id FROM messages WHERE content = ?", ["x"])
            }
            #expect(scans.found.withLock { $0.count } == 1)
        }
    }

    private func continuityChecks(_ tx: ExplainingConnection, _ shop: Shop) throws {
        let draft = ContinuityCheck(
            accountID: shop.account.id, inboxID: shop.inbox.id, nonce: "n", origin: .button, startedAt: morning, deadline: morning)
        let check = try tx.beginCheck(draft, tokenHash: "h")
        try tx.updateCheck(check)
        _ = try tx.check(check.id)
        _ = try tx.check(tokenHash: "h")
        _ = try tx.lastCheck(of: shop.inbox.id)
        _ = try tx.lastPassed(of: shop.inbox.id)
        _ = try tx.checkLanes(at: morning)
        try tx.forgetOldChecks(of: shop.inbox.id, keep: 30)
        try tx.forgetProbe(ID(1))
    }

    private func health(_ tx: ExplainingConnection, _ shop: Shop) throws {
        _ = try tx.waitingMails(of: shop.account.id)
        _ = try tx.lastMails(of: shop.account.id)
        _ = try tx.stoppedLoops(of: shop.account.id)
        for queue in QueueName.allCases { _ = try tx.depth(queue) }
    }

    private func reports(_ tx: ExplainingConnection, _ shop: Shop) throws {
        for name in ReportingEvent.Name.allCases {
            try tx.record(ReportingEvent(name, took: .seconds(1), at: morning), of: shop.conversation)
        }
        let days = (0..<3).map { day in
            ReportSpan(begins: morning + .seconds(day * 86_400), ends: morning + .seconds((day + 1) * 86_400))
        }
        for inbox in [nil, shop.inbox.id] {
            for (agent, team, label) in [(nil, nil, nil), (ID<Agent>(1), nil, nil), (nil, Int64(1), "urgent")] {
                let scope = ReportScope(account: shop.account.id, spans: days, inbox: inbox, agent: agent, team: team, label: label)
                for key in [ReportScope.Key.nothing, .inbox, .agent, .team, .label] {
                    _ = try tx.reportedConversations(scope, by: key)
                    _ = try tx.reportedMessages(scope, by: key)
                    for name in ReportingEvent.Name.allCases { _ = try tx.reportedTimes(name, scope, by: key) }
                }
                _ = try tx.reportedHandOver(scope)
                _ = try tx.reportedMails(scope)
            }
        }
    }

    private func notices(_ tx: ExplainingConnection, _ shop: Shop) throws {
        let agent = try tx.createAgent(
            account: shop.account.id, name: "n", email: "notices@x.test", role: .agent, passwordHash: "", tokenNonce: "",
            accessTokenHash: "n",
            streamTokenHash: "n", at: morning)
        for _ in 0..<2 { _ = try tx.addNotice(.mention, to: agent, in: shop.conversation.id, message: nil, at: morning) }
        let notices = try tx.notices(of: agent.id, limit: 25, offset: 0)
        #expect(notices.count == 1)
        for notice in notices {
            _ = try tx.notice(notice.id)
            try tx.setNotice(notice.id, readAt: nil)
        }
        _ = try tx.noticeCounts(of: agent.id)
        try tx.readNotices(of: agent.id, in: shop.conversation.id, at: morning)
        try tx.readNotices(of: agent.id, in: nil, at: morning)
        try tx.forgetNotices(of: agent.id, before: morning, keep: 1000)
        _ = try tx.conversations(withIDs: [shop.conversation.id])
    }

    private func people(_ tx: ExplainingConnection, _ shop: Shop) throws {
        _ = try tx.credentials(accessTokenHash: "x")
        _ = try tx.credentials(streamTokenHash: "x")
        _ = try tx.credentials(sessionTokenHash: "x", at: morning)
        _ = try tx.credentials(forEmail: "x")
        _ = try tx.contact(owning: "x@y.test", in: shop.account.id)
        _ = try tx.contactWithProven("x@y.test", in: shop.account.id, otherThan: shop.contact.id)
        _ = try tx.contact(identifier: "x", in: shop.account.id)
        _ = try tx.addresses(of: shop.contact.id)
        try tx.updateContact(shop.contact, at: morning)
        let session = try tx.createVisitorSession(
            inbox: shop.inbox, contact: shop.contact.id, sourceID: "s", streamTokenHash: "h", hmacVerified: false, at: morning)
        _ = try tx.visitorSession(sourceID: "s")
        _ = try tx.visitorSession(session.id)
        _ = try tx.visitorSession(streamTokenHash: "h")
        _ = try tx.visitorSession(of: shop.contact.id, inbox: shop.inbox.id)
        _ = try tx.visitorSessions(of: [shop.contact.id])
        try tx.countStream(.visitor(session.id), node: "n", by: 1, at: morning)
        try tx.notePage(.visitor(session.id), node: "n", widgetOpen: true, documentVisible: true, at: morning)
        _ = try tx.presence(of: shop.contact.id, inbox: shop.inbox.id)
        _ = try tx.presence(of: [shop.contact.id])
    }

    private func threads(_ tx: ExplainingConnection, _ shop: Shop) throws {
        let message = try tx.createMessage(.sample(in: shop.conversation, kind: .outgoing, echoID: "e"))
        try tx.updateMessage(message)
        _ = try tx.messages([message.id])
        _ = try tx.message(echoID: "e", in: shop.conversation.id)
        _ = try tx.messages(in: shop.conversation.id, limit: 20)
        _ = try tx.messages(in: shop.conversation.id, before: 5, limit: 20)
        _ = try tx.messages(in: shop.conversation.id, after: 5, limit: 20)
        _ = try tx.messages(in: shop.conversation.id, before: 9, after: 5, visitorOnly: true, limit: 20)
        _ = try tx.lastMessages(of: [shop.conversation.id])
        _ = try tx.openForDelivery(in: shop.conversation.id, limit: 200)
        _ = try tx.outgoing(in: shop.conversation.id, states: [.emailed], limit: 50)
        _ = try tx.lastAgentMessage(in: shop.conversation.id)
        _ = try tx.lastCustomerMessage(in: shop.conversation.id)
        _ = try tx.unreadMessages(in: shop.conversation.id, since: nil)
        _ = try tx.troubles(of: [shop.conversation.id])
        _ = try tx.attach([1], sha256: "x", filename: "f", contentType: "t", isInline: false, contentID: nil, to: message, at: morning)
        _ = try tx.attachments(of: [message.id])
        _ = try tx.blob("x")
        _ = try tx.participant("x@y.test", in: shop.conversation.id)
        try tx.setLabels(["a"], of: shop.conversation)
        try tx.markSeenByVisitor(shop.conversation.id, at: morning, now: morning)
        _ = try tx.conversations(of: shop.contact.id, inbox: nil, limit: 5)
        _ = try tx.conversations(of: shop.contact.id, inbox: shop.inbox.id, limit: 5)
        _ = try tx.snoozedConversations(due: morning, limit: 10)
        _ = try tx.displayIDs(of: [shop.conversation.id])
        _ = try tx.linkedConversations(of: shop.conversation.id)
        _ = try tx.participants(in: shop.conversation.id)
        try tx.rememberIfNew(
            Participant(address: "a", contactID: nil, name: "a", standing: .participant), in: shop.conversation.id, at: morning)
        try tx.forgetParticipant("a", in: shop.conversation.id)
        _ = try tx.conversationsAwaitingMail(in: shop.inbox.id, limit: 10)
    }

    private func lists(_ tx: ExplainingConnection, _ shop: Shop) throws {
        let assignees: [ConversationFilter.Assignee] = [.all, .unassigned, .assigned, .agent(ID(1))]
        for status in Conversation.Status.allCases.map(Optional.some) + [nil] {
            for assignee in assignees {
                for sort in ConversationFilter.Sort.allCases {
                    var filter = ConversationFilter()
                    (filter.status, filter.assignee, filter.sort) = (status, assignee, sort)
                    _ = try tx.conversations(in: shop.account.id, matching: filter, limit: 25, offset: 0)
                    _ = try tx.conversationCounts(in: shop.account.id, matching: filter, mine: ID(1))
                    filter.team = 1
                    (filter.isUnattended, filter.isHeld) = (true, true)
                    _ = try tx.conversations(in: shop.account.id, matching: filter, limit: 25, offset: 0)
                    _ = try tx.conversationCounts(in: shop.account.id, matching: filter, mine: ID(1))
                    filter.inbox = shop.inbox.id
                    filter.labels = ["a"]
                    let found = try tx.find(SearchWords("hello"), in: shop.account.id)
                    _ = try tx.hits(of: found, in: found.conversations)
                    filter.found = found
                    _ = try tx.conversations(in: shop.account.id, matching: filter, limit: 25, offset: 0)
                    _ = try tx.conversationCounts(in: shop.account.id, matching: filter, mine: ID(1))
                }
            }
        }
        for sort in ContactSort.allCases {
            _ = try tx.contacts(of: shop.account.id, search: [], sort: sort, limit: 15, offset: 0)
            _ = try tx.contacts(of: shop.account.id, search: ["x", "y"], sort: sort, limit: 15, offset: 0)
        }
        _ = try tx.contactCount(of: shop.account.id, search: [])
    }

    private func together(_ tx: ExplainingConnection, _ shop: Shop) throws {
        let agent = try tx.createAgent(
            account: shop.account.id, name: "n", email: "plan@x.test", role: .agent, passwordHash: "h", tokenNonce: "n",
            accessTokenHash: "a", streamTokenHash: "s", at: morning)
        try tx.keepViewing(shop.conversation, by: agent.id, until: morning)
        _ = try tx.viewing(shop.conversation.id, by: agent.id)
        _ = try tx.viewers(in: shop.account.id, at: morning)
        try tx.forgetViewers(in: shop.account.id, before: morning)
        _ = try tx.endViewing(shop.conversation.id, by: agent.id)
        try tx.keepDraft(Draft(reply: "r", note: "", updatedAt: morning), of: agent.id, in: shop.conversation.id)
        _ = try tx.draft(of: agent.id, in: shop.conversation.id)
        _ = try tx.draftPreviews(of: agent.id, limit: 5)
        let draft = Team(id: 0, accountID: shop.account.id, name: "t", description: "", allowAutoAssign: true)
        if let team = try tx.createTeam(draft, at: morning) {
            _ = try tx.teams(in: shop.account.id, limit: 5)
            _ = try tx.teams([team.id])
            _ = try tx.updateTeam(team)
            try tx.addMember(agent.id, to: team.id)
            _ = try tx.members(of: team.id)
            _ = try tx.teamIDs(of: agent.id)
            try tx.removeMember(agent.id, from: team.id)
            try tx.deleteTeam(team.id)
        }
        try tx.updateAgent(agent)
        try tx.removeAgent(agent, at: morning)
        let filter = try tx.createCustomFilter(of: agent, name: "f", kind: .conversation, query: "{}", at: morning)
        _ = try tx.customFilters(of: agent.id, kind: .conversation, limit: 5)
        try tx.updateCustomFilter(filter)
        try tx.deleteCustomFilter(filter.id)
        let note = try tx.createNote(about: shop.contact, by: agent.id, content: "c", at: morning)
        _ = try tx.notes(about: shop.contact.id, limit: 5)
        try tx.updateNote(note)
        try tx.deleteNote(note.id)
        _ = try tx.keep(VisitorPage(url: "https://a.test/", title: "t", seenAt: morning), of: shop.contact, atMost: 10)
        _ = try tx.pages(of: shop.contact.id, limit: 10)
        _ = try tx.forgetPages(before: morning, atMost: 10)
    }

    private func endings(_ tx: ExplainingConnection, _ shop: Shop) throws {
        let other = try tx.createConversation(.sample(in: shop.inbox, with: shop.contact))
        try tx.merge(other, into: shop.conversation, at: morning)
        #expect(try tx.conversation(other.id)?.id == shop.conversation.id)
        let contact = try tx.createContact(.sample(in: shop.account, email: "z@y.test"))
        try tx.merge(contact, into: shop.contact, at: morning)
        _ = try tx.contactMergedInto(contact.id)
        let third = try tx.createConversation(.sample(in: shop.inbox, with: shop.contact))
        try tx.delete(third, at: morning)
        _ = try tx.deletedConversation(third.id)
    }

    private func machinery(_ tx: ExplainingConnection, _ shop: Shop) throws {
        _ = try tx.eventBounds()
        _ = try tx.forgetEvents(before: morning, atMost: 10)
        try tx.append(.messageCreated, account: shop.account.id, inbox: shop.inbox.id, contact: shop.contact.id, payload: "{}", at: morning)
        _ = try tx.events(after: 0, limit: 100)
        _ = try tx.events(for: .agents(shop.account.id), after: 0, through: 9, limit: 100)
        _ = try tx.events(for: .visitor(shop.contact.id, shop.inbox.id), after: 0, through: 9, limit: 100)
        for queue in QueueName.allCases {
            try tx.enqueue(queue, 1, due: morning)
            let jobs = try tx.lease(queue, at: morning, until: morning + .seconds(1), limit: 5)
            for job in jobs {
                _ = try tx.holds(job)
                _ = try tx.extend(job, until: morning + .seconds(2))
                try tx.postpone(job, to: morning)
                _ = try tx.finish(job)
            }
            _ = try tx.nextDue(queue)
            _ = try tx.lease(queue, lane: shop.inbox.id, at: morning, until: morning + .seconds(1), limit: 5)
            _ = try tx.due(queue, 1)
            try tx.dequeue(queue, 1)
        }
    }
}
