/// One command line, taken apart (RFC 5321 §4.1).
struct SMTPCommand: Equatable {
    enum Verb: String {
        case ehlo = "EHLO"
        case helo = "HELO"
        case mail = "MAIL"
        case rcpt = "RCPT"
        case data = "DATA"
        case rset = "RSET"
        case noop = "NOOP"
        case quit = "QUIT"
        case vrfy = "VRFY"
        case expn = "EXPN"
        case help = "HELP"
        case startTLS = "STARTTLS"
        case auth = "AUTH"
        case bdat = "BDAT"
        /// LMTP's hello (RFC 2033 §4.1).
        case lhlo = "LHLO"
        /// A proxy's first line, in a place where none may speak.
        case proxy = "PROXY"
        // What browsers and other protocols say: whoever says it is no mail client.
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case options = "OPTIONS"
        case connect = "CONNECT"
    }

    var verb: Verb
    /// What follows the verb, without spaces at both ends.
    var argument: Substring

    /// Nil for a verb that nobody knows.
    init?(_ line: String) {
        let text = line.trimmingSpaces
        let end = text.firstIndex { $0 == " " || $0 == "\t" } ?? text.endIndex
        guard let verb = Verb(rawValue: text[..<end].uppercased()) else { return nil }
        self.verb = verb
        argument = text[end...].drop { $0 == " " || $0 == "\t" }
    }

    /// The argument after `FROM:` or `TO:`, whatever its case; nil where the word is missing.
    func argument(after word: String) -> Substring? {
        guard argument.utf8.count >= word.utf8.count else { return nil }
        let end = argument.utf8.index(argument.startIndex, offsetBy: word.utf8.count)
        guard argument[..<end].uppercased() == word else { return nil }
        return argument[end...]
    }

    /// `KEY=value` and `KEY` parameters; keys in capitals.
    static func parameters(_ text: Substring.UTF8View) -> [(key: String, value: String)] {
        Substring(text).split(separator: " ").map { word in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (parts.first.map { $0.uppercased() } ?? "", parts.count > 1 ? String(parts[1]) : "")
        }
    }
}
