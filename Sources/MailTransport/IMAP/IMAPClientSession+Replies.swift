// What each reply of the server means.
extension IMAPClientSession {
    mutating func handle(_ response: IMAPResponse) {
        switch response {
        case .status(.bye, _, let text) where phase != .leaving:
            return fail(phase == .greeting ? .noConnection : .lost, text.isEmpty ? "it closed the connection" : "it said: \(text)")
        case .status(let status, let code, let text):
            if phase == .greeting { return greeted(status, code, text) }
            if let code { noted(code) }
        case .capability(let names):
            capabilities = names
        case .exists(let mails): exists(mails)
        case .fetch(let fetched): self.fetched(fetched)
        case .goOn: granted()
        case .tagged(tag, let status, let code, let text):
            steps += 1
            answered(status, code, text)
        case .tagged, .other:
            // An answer to nothing that was asked.
            if phase == .greeting { fail(.notIMAP, "what it answered is not IMAP") }
        }
    }

    private mutating func greeted(_ status: IMAPResponse.Status, _ code: IMAPResponse.Code?, _ text: String) {
        steps += 1
        if let code { noted(code) }
        switch status {
        case .ok: capabilities.isEmpty ? askCapabilities(signedIn: false) : capable(signedIn: false)
        case .preauth where isEncrypted || mailbox.security == .none: askCapabilities(signedIn: true)
        // Somebody in between keeps us from encrypting (RFC 9051 §11.1).
        case .preauth: fail(.noEncryption, "it skips encryption (PREAUTH)")
        default: fail(.noConnection, "it said: \(text)")
        }
    }

    private mutating func noted(_ code: IMAPResponse.Code) {
        switch code.name {
        case "CAPABILITY": capabilities = Set(code.words)
        case "UIDVALIDITY":
            let found = code.words.first.flatMap { UInt32($0) }
            if let known = folder.uidValidity, known != found, phase != .examining {
                return fail(.lost, "the folder's mails were numbered anew")
            }
            folder.uidValidity = found
        case "UIDNEXT": folder.uidNext = code.words.first.flatMap { UInt32($0) }
        case "UIDNOTSTICKY": folder.uidValidity = nil
        default: break
        }
    }

    private mutating func exists(_ mails: Int) {
        folder.mails = mails
        hasNews = true
        if phase == .idling(isGranted: true) { endIdle() }
    }

    private mutating func granted() {
        switch phase {
        case .idling(isGranted: false):
            phase = .idling(isGranted: true)
            steps += 1
            if hasNews { endIdle() }
        case .signingIn(var signIn):
            guard let piece = signIn.next() else { return fail(.notIMAP, "it asks for more than there is to say") }
            phase = .signingIn(signIn)
            steps += 1
            send(piece)
        default: break
        }
    }

    private mutating func fetched(_ fetched: IMAPResponse.Fetched) {
        switch phase {
        case .listing(let limit):
            // What the server says of a mail by itself, such as a changed flag, has neither; a mail of which it knows no size is fetched all the same.
            guard let uid = fetched.uid, fetched.size != nil || fetched.internalDate != nil else { return }
            steps += 1
            listed.append(IMAPListedMail(uid: uid, size: fetched.size ?? 0, receivedAt: fetched.internalDate.flatMap(IMAPDate.seconds)))
            if listed.count >= 2 * limit { keepOldest(limit) }
        case .fetching(let uid):
            guard fetched.uid == uid, let body = fetched.body, self.body == nil else { return }
            self.body = body
        case .lastMail:
            if let uid = fetched.uid { folder.uidNext = uid &+ 1 }
        default: break
        }
    }

    private mutating func keepOldest(_ limit: Int) {
        listed = Array(listed.sorted { $0.uid < $1.uid }.prefix(limit))
    }

    // MARK: Tagged: what was asked for is done

    private mutating func answered(_ status: IMAPResponse.Status, _ code: IMAPResponse.Code?, _ text: String) {
        if let code, status == .ok { noted(code) }
        guard phase != .closed else { return }
        switch phase {
        case .capability(let signedIn):
            status == .ok ? capable(signedIn: signedIn) : fail(.notIMAP, "it does not say what it can")
        case .startTLS: startTLSAnswered(status, text)
        case .signingIn: signInAnswered(status, code, text)
        case .examining: examined(status, text)
        case .lastMail: opened()
        case .listing(let limit):
            guard status == .ok else { return fail(.lost, "it does not list its mails: \(text)") }
            keepOldest(limit)
            let mails = listed
            listed = []
            answer(.listed(mails))
        case .fetching(let uid): fetchAnswered(uid, status, text)
        case .idling, .endingIdle:
            if status != .ok { refusesIdle = true }
            answer(.news)
        case .checking: status == .ok ? answer(.news) : fail(.lost, "it said: \(text)")
        case .leaving: close()
        case .greeting, .handshake, .ready, .closed: break
        }
    }

    private mutating func fetchAnswered(_ uid: UInt32, _ status: IMAPResponse.Status, _ text: String) {
        let body = self.body
        self.body = nil
        switch (status, body) {
        case (.ok, .bytes(let bytes)?): answer(.fetched(uid, .mail(bytes)))
        case (.ok, .tooLarge(let count)?): answer(.fetched(uid, .tooLarge(count)))
        case (.ok, .some(.none)): answer(.fetched(uid, .refused("it has no text for it")))
        case (.ok, nil): answer(.fetched(uid, .gone))
        default: answer(.fetched(uid, .refused(text)))
        }
    }

    /// A mail so large that it is not even let go by: it is told, and the connection ends.
    mutating func endless(_ parts: [IMAPReplyReader.Part], _ bytes: Int) {
        if case .fetching(let uid) = phase { pending.append(.event(.fetched(uid, .tooLarge(bytes)))) }
        fail(.lost, "it announced a text of \(bytes) bytes")
    }
}
