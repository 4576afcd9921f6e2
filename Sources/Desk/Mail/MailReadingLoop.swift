import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The child's side: reads mails one after the other until its input closes.
public enum MailReadingLoop {
    /// Address space that the child may have: enough for the largest mail many times over, too little to hurt the machine.
    static let memoryLimit = 2 << 30

    /// Runs until standard input closes. Never returns an error: what cannot be answered ends the process, and the server notices.
    public static func run() {
        limitMemory()
        signal(SIGINT, SIG_IGN)  // Ctrl+C goes to the whole group; the server ends us by closing the pipe.
        let encoder = JSONEncoder()
        let decoder = JSONDecoder()
        do {
            while true {
                let envelope = try decoder.decode(MailEnvelope.self, from: Data(try MailReadingProtocol.read(from: 0)))
                let raw = try MailReadingProtocol.read(from: 0)
                var answer = ReadMail.read(raw, envelope: envelope)
                let files = answer.mail.attachments.map { [UInt8]($0.bytes) }
                for index in answer.mail.attachments.indices { answer.mail.attachments[index].bytes = Data() }
                try MailReadingProtocol.write([UInt8](encoder.encode(answer)), to: 1)
                for file in files { try MailReadingProtocol.write(file, to: 1) }
            }
        } catch {
            return
        }
    }

    private static func limitMemory() {
        var limit = rlimit(rlim_cur: rlim_t(memoryLimit), rlim_max: rlim_t(memoryLimit))
        setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }
}
