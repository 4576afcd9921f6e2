import Foundation

extension Settings {
    /// What each setting allows alone may still make no sense beside another.
    func checkTogether(_ texts: WrittenSettings) throws(SettingsError) {
        try checkWaits(texts)
        try checkAddresses(texts)
        if let domain = mail.replyDomain, let from = mail.from, from.hasSuffix("@\(domain)") {
            throw SettingsError(
                key: SettingsTable.mailReplyDomain.key, written: domain, problem: "is the domain of mail.from as well",
                advice: "Write a sub-domain that is used for nothing else, for example reply.\(domain).",
                origin: texts.origin(of: SettingsTable.mailReplyDomain.key))
        }
    }

    /// A message never waits longer than `at-latest`, so nothing can be quiet for longer than that first.
    private func checkWaits(_ texts: WrittenSettings) throws(SettingsError) {
        guard continuity.atLatest < continuity.quietFor else { return }
        let (late, quiet) = (DurationText.write(continuity.atLatest), DurationText.write(continuity.quietFor))
        let lateOrigin = texts.origin(of: SettingsTable.atLatest.key)
        if lateOrigin == .standard {
            throw SettingsError(
                key: SettingsTable.quietFor.key, written: quiet, problem: "is longer than continuity.at-latest, \(late)",
                advice: "Write at most \(late), or a longer continuity.at-latest.", origin: texts.origin(of: SettingsTable.quietFor.key))
        }
        throw SettingsError(
            key: SettingsTable.atLatest.key, written: late, problem: "is shorter than continuity.quiet-for, \(quiet)",
            advice: "Write at least \(quiet), or a shorter continuity.quiet-for.", origin: lateOrigin)
    }

    private func checkAddresses(_ texts: WrittenSettings) throws(SettingsError) {
        var taken: [ListenAddress: String] = [http.listen: SettingsTable.httpListen.key]
        var wanted = smtp.listen.map { (SettingsTable.smtpListen.key, $0) }
        if case .address(let address) = lmtp.listen {
            let key = SettingsTable.lmtpListen.key
            // RFC 2033 §5: what is said there is SMTP.
            guard address.port != 25 else {
                throw SettingsError(
                    key: key, written: "\(address)", problem: "is the port of SMTP, where LMTP must not be spoken",
                    advice: "Write another port such as 24, or the path of a unix socket.", origin: texts.origin(of: key))
            }
            wanted.append((key, address))
        }
        for (key, address) in wanted {
            if let other = taken.updateValue(key, forKey: address) {
                throw SettingsError(
                    key: key, written: "\(address)", problem: "is the address of \(other) as well", advice: "Write another port.",
                    origin: texts.origin(of: key))
            }
        }
    }
}

/// Certificate and key come together and can be read, or neither is written.
func tlsFiles(_ texts: WrittenSettings, absolute: (String) -> String) throws(SettingsError) -> Settings.TLSFiles? {
    let (certificate, key) = (SettingsTable.smtpTLSCertificate, SettingsTable.smtpTLSKey)
    switch (try texts.value(of: certificate), try texts.value(of: key)) {
    case (nil, nil):
        return nil
    case (let written?, nil):
        throw SettingsError(
            key: certificate.key, written: written, problem: "has no key", advice: "Write \(key.key) as well.",
            origin: texts.origin(of: certificate.key))
    case (nil, let written?):
        throw SettingsError(
            key: key.key, written: written, problem: "has no certificate", advice: "Write \(certificate.key) as well.",
            origin: texts.origin(of: key.key))
    case (let certificatePath?, let keyPath?):
        for (name, path) in [(certificate.key, certificatePath), (key.key, keyPath)] where !isReadableFile(absolute(path)) {
            throw SettingsError(
                key: name, written: path, problem: "is no file that can be read",
                advice: "Write the path of a PEM file that this user may read.", origin: texts.origin(of: name))
        }
        return Settings.TLSFiles(certificate: absolute(certificatePath), key: absolute(keyPath))
    }
}

/// The absolute path of a file that has to be there; nil where none is named.
func readableFile(
    _ setting: Setting<String?>, _ texts: WrittenSettings, absolute: (String) -> String
) throws(SettingsError) -> String? {
    guard let path = try texts.value(of: setting) else { return nil }
    guard isReadableFile(absolute(path)) else {
        throw SettingsError(
            key: setting.key, written: path, problem: "is no file that can be read",
            advice: "Write the path of a PEM file that this user may read.", origin: texts.origin(of: setting.key))
    }
    return absolute(path)
}

private func isReadableFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
        && FileManager.default.isReadableFile(atPath: path)
}
