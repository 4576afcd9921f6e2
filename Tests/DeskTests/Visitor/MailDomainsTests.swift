import Conversations
import MailTrust
import Synchronization
import Testing

@testable import Desk

/// Typed addresses whose domain has no mail (behaviour §7).
@Suite struct MailDomainsTests {
    /// Knows one domain with mail and one that never answers; counts.
    private final class Resolver: DNS {
        let asked = Mutex(0)

        func ask(_ name: String, _ type: DNSRecordType) async -> DNSAnswer {
            asked.withLock { $0 += 1 }
            switch name {
            case "good.test": return .records([.mailExchanger(preference: 10, host: "mx.good.test")])
            case "silent.test":
                // Longer than anybody waits; ends when it is given up.
                try? await Task.sleep(for: .seconds(3600))
                return .failed
            case "broken.test": return .failed
            default: return .nothing
            }
        }
    }

    private let now = Instant(milliseconds: 1_790_000_000_000)

    private func refuses(_ address: String, _ domains: MailDomains, at now: Instant? = nil) async -> Bool {
        do {
            try await domains.check(address, now: now ?? self.now)
            return false
        } catch {
            return true
        }
    }

    @Test(arguments: [
        ("ann@good.test", false), ("ann@nothing.test", true), ("ann@broken.test", false), ("ann@silent.test", false),
        ("no address", false), ("ann@", false),
    ])
    func onlyWhatDNSSaysForCertainIsRefused(address: String, refused: Bool) async {
        #expect(await refuses(address, MailDomains(dns: Resolver())) == refused)
    }

    @Test func anAnswerIsRememberedForAWhile() async {
        let resolver = Resolver()
        let domains = MailDomains(dns: resolver)
        for _ in 0..<5 { #expect(await refuses("ann@nothing.test", domains)) }
        #expect(resolver.asked.withLock { $0 } == 3)
        #expect(await refuses("ann@nothing.test", domains, at: now + MailDomains.remembered + .seconds(1)))
        #expect(resolver.asked.withLock { $0 } == 6)
    }

    @Test func theWidgetsFieldRefusesADomainWithoutMailAndKeepsWhatThereWas() async throws {
        try await MailHouse.with { house in
            let desk = house.desk.asking(Resolver())
            let website = try #require(house.inbox.websiteToken)
            let session = try await BeginVisitorSession(desk: desk).run(VisitorCredentials(websiteToken: website, authToken: nil))
            let credentials = VisitorCredentials(websiteToken: website, authToken: session.authToken)
            let change = ChangeVisitorContact(desk: desk)
            _ = try await change.run(credentials, VisitorDetails(email: "ann@good.test"))
            await #expect(throws: DeskError.self) { try await change.run(credentials, VisitorDetails(email: "ann@nothing.test")) }
            #expect(try await change.show(credentials).email == "ann@good.test")
            // Without anybody to ask it is believed.
            _ = try await ChangeVisitorContact(desk: house.desk).run(credentials, VisitorDetails(email: "ann@nothing.test"))
            #expect(try await change.show(credentials).email == "ann@nothing.test")
        }
    }
}
