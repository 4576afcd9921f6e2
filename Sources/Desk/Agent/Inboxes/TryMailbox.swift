import Conversations
import MailTransport
import NIOCore
import Store

/// Connects to a mailbox now and tells in words what came of it. Nothing is fetched and nothing kept.
public struct TryMailbox: Sendable {
    public struct Result: Sendable {
        public let works: Bool
        /// A sentence for the administrator.
        public let words: String
        /// What is wrong, as one word; nil where it works.
        public let problem: String?
        /// Mails in the folder.
        public let mails: Int?
        /// The server tells of new mail by itself.
        public let tellsOfNewMail: Bool?
    }

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter draft: what is not given is taken from the settings that are kept.
    public func run(_ draft: InboxMailbox.Draft, of number: Int64, by agent: Agent) async throws -> Result {
        let mailbox = try await InboxMailbox(desk: desk).read(draft, of: number, by: agent)
        var settings = desk.imapSettings()
        // Somebody waits for the answer.
        settings.timeouts.connect = .seconds(10)
        settings.timeouts.handshake = .seconds(10)
        settings.timeouts.command = .seconds(10)
        do {
            let connection = try await IMAPConnection.open(mailbox, settings: settings)
            let idles = await connection.canIdle
            connection.leave()
            let mails = connection.folder.mails
            let words = "It works: the folder “\(mailbox.folder)” has \(mails) \(mails == 1 ? "mail" : "mails")."
            let speed = idles ? " New mail is here at once." : " New mail is here within half a minute: this server does not tell of it."
            return Result(works: true, words: words + speed, problem: nil, mails: mails, tellsOfNewMail: idles)
        } catch {
            return Result(works: false, words: error.sentence(mailbox), problem: error.kind.rawValue, mails: nil, tellsOfNewMail: nil)
        }
    }
}
