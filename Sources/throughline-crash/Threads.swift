import Foundation

/// The conversations of the run: each with a customer who has asked, was answered by mail, and has answered that mail, so that their
/// address is proven and their reply address known.
struct Threads: Sendable {
    struct Thread: Sendable {
        var conversation: Int
        var replyAddress: String
        /// Message-ID of our first mail.
        var ours: String
    }

    var threads: [Thread] = []
    /// Mails sent so far; their numbers are their indices.
    var mails: [CustomerMail] = []
    let seed: UInt64

    var count: Int { threads.count }

    /// Where the mail with this number belongs.
    func conversation(ofMail number: Int) -> Int {
        threads[number < mails.count ? mails[number].thread : number % threads.count].conversation
    }

    /// Begins them, with the server alive.
    static func begin(count: Int, seed: UInt64, server: Server, api: AgentAPI, ledger: Ledger) throws -> Threads {
        var threads = Threads(seed: seed)
        for thread in 0..<count { try threads.send(thread, to: CrashRun.inbox, answers: nil, server, ledger) }
        let found = try eventually("\(count) conversations") {
            let found = try api.conversations()
            return (0..<count).allSatisfy { found[Customer.address($0)]?.count == 1 } ? found : nil
        }
        for thread in 0..<count {
            let conversation = found[Customer.address(thread)]?.first ?? 0
            try api.reply("Welcome, customer \(thread). How can we help?", conversation: conversation, echo: "welcome-\(seed)-\(thread)")
            let mail = try eventually("our mail to customer \(thread)") { ledger.with { $0.lastMail[Customer.address(thread)] } }
            threads.threads.append(Thread(conversation: conversation, replyAddress: mail.replyTo, ours: mail.messageID))
            try threads.send(thread, to: mail.replyTo, answers: mail.messageID, server, ledger)
        }
        for thread in threads.threads {
            try eventually("the answer in conversation \(thread.conversation)") {
                try api.messages(thread.conversation).filter(\.isIncoming).count == 2 ? true : nil
            }
        }
        return threads
    }

    /// The mails still to send: by turns to the reply address, and to the inbox with our Message-ID as evidence.
    func furtherMails(upTo total: Int) -> [CustomerMail] {
        (mails.count..<max(total, mails.count)).map { number in
            let index = number % threads.count
            let byToken = (number / threads.count) % 2 == 0
            return Customer.mail(
                seed: seed, number: number, thread: index, recipient: byToken ? threads[index].replyAddress : CrashRun.inbox,
                answers: threads[index].ours)
        }
    }

    private mutating func send(_ thread: Int, to recipient: String, answers: String?, _ server: Server, _ ledger: Ledger) throws {
        let mail = Customer.mail(seed: seed, number: mails.count, thread: thread, recipient: recipient, answers: answers)
        try MailSender.send(mail, port: server.smtpPort)
        ledger.with { _ = $0.answered.insert(mail.number) }
        mails.append(mail)
    }

    @discardableResult
    private static func eventually<Value>(_ what: String, seconds: Double = 60, _ look: () throws -> Value?) throws -> Value {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            if let value = try look() { return value }
            usleep(20_000)
        }
        throw Server.Failure(description: "\(what) did not come within \(Int(seconds)) s")
    }
}
