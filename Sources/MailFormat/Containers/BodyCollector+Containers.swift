extension BodyCollector {
    /// Unpacks a part that holds the mail's real parts. False where it is no container, or cannot be read: then it is a file.
    mutating func addContainer(_ content: [UInt8], _ description: PartDescription) -> Bool {
        switch description.type {
        case "application/pkcs7-mime", "application/x-pkcs7-mime": return addSigned(content, description)
        case "application/ms-tnef", "application/vnd.ms-tnef", "application/x-ms-tnef": return addWinmail(content, description)
        case "text/calendar", "application/ics", "text/x-vcalendar": addInvitation(content, description)
        case _ where description.filename?.lowercased() == "winmail.dat": return addWinmail(content, description)
        case "application/pgp-encrypted": note("an encrypted mail, which only its recipient's key can open")
        default: break
        }
        return false
    }

    private mutating func addSigned(_ content: [UInt8], _ description: PartDescription) -> Bool {
        guard nesting < limits.containers, let signed = SignedContent.read(content) else {
            if description.parameters["smime-type"]?.lowercased() != "certs-only" {
                note("an encrypted mail, which only its recipient's key can open")
            }
            return false
        }
        var inner = BodyCollector(PartList(signed, from: 0, limits: limits), limits: limits, nesting: nesting + 1)
        inner.collect()
        absorb(inner)
        return true
    }

    private mutating func addWinmail(_ content: [UInt8], _ description: PartDescription) -> Bool {
        guard nesting < limits.containers, let winmail = WinmailFile(content) else { return false }
        attachments += winmail.files
        if winmail.text != nil || winmail.html != nil { spare.append(Piece(text: winmail.text, html: winmail.html)) }
        if !winmail.isWhole { note("a winmail.dat that breaks off") }
        return winmail.isWhole
    }

    private mutating func addInvitation(_ content: [UInt8], _ description: PartDescription) {
        guard invitation == nil else { return }
        let decoded = Charsets.decode(Array(content.prefix(500_000)), named: description.parameters["charset"] ?? "utf-8")
        invitation = CalendarInvitation.text(of: decoded.cleanText)
    }
}
