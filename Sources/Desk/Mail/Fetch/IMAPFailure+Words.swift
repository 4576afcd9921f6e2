import MailTransport

extension IMAPFailure {
    /// What is wrong and what to do, for an administrator.
    func sentence(_ mailbox: IMAPMailbox) -> String {
        let place = "\(mailbox.host), port \(mailbox.port)"
        let words = String(self.words.prefix(300))
        return switch kind {
        case .unknownHost: "The host name \(mailbox.host) cannot be found. Check its spelling."
        case .noConnection: "There is no connection to \(place): \(words). Check host and port."
        case .lost: "The connection to \(place) did not hold: \(words)."
        case .certificate:
            "The certificate of \(mailbox.host) is not valid: \(words). The password was not sent. Check the host name, or ask who runs the server."
        case .noEncryption: "\(place): \(words). The password was not sent. Check port and security."
        case .notIMAP: "What answers at \(place) is no IMAP server. Check host, port and security."
        case .forbiddenAddress: "\(mailbox.host) leads to an address where no mail server can be."
        case .signIn:
            "The server refuses this user with this \(mailbox.signInWord): \(words). Check both; where sign-in has two steps, it wants an app password."
        case .signInLater: "The server signs nobody in just now: \(words)."
        case .folder: "The folder “\(mailbox.folder)” cannot be opened: \(words). Check its name."
        }
    }
}

extension IMAPMailbox {
    fileprivate var signInWord: String {
        if case .token = credentials { return "token" }
        return "password"
    }
}
