import Foundation
import throughline_wire

/// One connection of a mail client: takes the next mail, sends it until it is answered 250, and goes on. A mail is sent again only where
/// no answer came, or an answer that says to try again.
struct MailSender {
    let port: Int
    let ledger: Ledger

    /// Until the ledger says that it is over. Returns the mail that was refused for good, if one was.
    func run() -> String? {
        while true {
            let next: CustomerMail? = ledger.with { book in
                guard book.taken < book.open.count else { return nil }
                book.taken += 1
                return book.open[book.taken - 1]
            }
            guard let mail = next else {
                if ledger.with({ $0.isOver }) { return nil }
                usleep(2_000)
                continue
            }
            do { try deliver(mail) } catch { return "mail \(mail.number): \(error)" }
        }
    }

    private func deliver(_ mail: CustomerMail) throws {
        for attempt in 1...10_000 {
            do {
                try Self.send(mail, port: port)
                ledger.with { _ = $0.answered.insert(mail.number) }
                return
            } catch let refused as SMTPConnection.Refused {
                throw refused
            } catch {
                ledger.with { $0.repeated += 1 }
                usleep(UInt32(min(attempt, 20)) * 5_000)
            }
        }
        throw SMTPConnection.Refused(description: "10,000 attempts without an answer")
    }

    static func send(_ mail: CustomerMail, port: Int) throws {
        let connection = try SMTPConnection(port: port)
        try connection.send(from: Customer.address(mail.thread), to: mail.recipient, text: mail.text)
        connection.quit()
    }
}

/// The customers of the run, one for each thread.
enum Customer {
    static func address(_ thread: Int) -> String { "customer\(thread)@customers.test" }

    /// A mail as an ordinary client writes it.
    static func mail(
        seed: UInt64, number: Int, thread: Int, recipient: String, answers: String?
    ) -> CustomerMail {
        let mark = Marks.mail(seed: seed, number: number)
        var lines = [
            "From: Customer \(thread) <\(address(thread))>", "To: <\(recipient)>", "Subject: Question of customer \(thread)",
            "Message-ID: <\(seed).\(number)@customers.test>", "Date: \(date())", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
        ]
        if let answers { lines += ["In-Reply-To: <\(answers)>", "References: <\(answers)>"] }
        lines += ["", "This is \(mark) and it says where the parcel with the blue chair should go.", "Number \(number) of this run."]
        return CustomerMail(number: number, thread: thread, recipient: recipient, text: lines.joined(separator: "\r\n"), mark: mark)
    }

    private static func date() -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
        return format.string(from: Date())
    }
}
