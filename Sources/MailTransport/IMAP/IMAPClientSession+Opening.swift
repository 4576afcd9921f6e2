// Up to the open folder.
extension IMAPClientSession {
    /// The capabilities are known; what next?
    mutating func capable(signedIn: Bool) {
        if signedIn { return examine() }
        if !isEncrypted, mailbox.security == .startTLS {
            guard capabilities.contains("STARTTLS") else { return fail(.noEncryption, "it offers no encryption (STARTTLS)") }
            phase = .startTLS
            return command("STARTTLS")
        }
        guard isEncrypted || mailbox.security == .none && mailbox.isOnThisMachine else {
            return fail(.noEncryption, "a password is not sent in the clear")
        }
        switch IMAPSignIn.choose(capabilities, user: mailbox.user, mailbox.credentials) {
        case .failure(let failure): fail(failure.kind, failure.words)
        case .success(let signIn):
            var signIn = signIn
            let first = signIn.next() ?? ""
            phase = .signingIn(signIn)
            command(first)
        }
    }

    mutating func startTLSAnswered(_ status: IMAPResponse.Status, _ text: String) {
        guard status == .ok else { return fail(.noEncryption, "it does not encrypt: \(text)") }
        // Anything behind the answer was put there in the clear by who knows whom.
        guard reader.isEmpty else { return fail(.noEncryption, "something was put between STARTTLS and the handshake") }
        capabilities = []
        phase = .handshake(first: false)
        pending.append(.startTLS)
    }

    mutating func signInAnswered(_ status: IMAPResponse.Status, _ code: IMAPResponse.Code?, _ text: String) {
        guard status == .ok else {
            // RFC 5530 §3: these pass; whatever else refuses us does so until somebody changes something.
            let passes = ["UNAVAILABLE", "SERVERBUG", "LIMIT", "INUSE"].contains(code?.name ?? "")
            return fail(passes ? .signInLater : .signIn, text)
        }
        code?.name == "CAPABILITY" ? examine() : askCapabilities(signedIn: true)
    }

    private mutating func examine() {
        phase = .examining
        folder = IMAPFolder.Found()
        command("EXAMINE \(IMAPSignIn.quoted(ModifiedUTF7.encode(mailbox.folder)))")
    }

    mutating func examined(_ status: IMAPResponse.Status, _ text: String) {
        guard status == .ok else { return fail(.folder, text) }
        guard folder.uidValidity != nil else { return fail(.folder, "its mails have no lasting numbers (UIDVALIDITY)") }
        hasNews = false
        if folder.uidNext == nil, folder.mails > 0 {
            phase = .lastMail
            return command("FETCH * (UID)")
        }
        opened()
    }

    mutating func opened() {
        guard let uidValidity = folder.uidValidity else { return fail(.folder, "its mails have no lasting numbers (UIDVALIDITY)") }
        answer(.opened(IMAPFolder(uidValidity: uidValidity, uidNext: max(1, folder.uidNext ?? 1), mails: folder.mails)))
    }
}
