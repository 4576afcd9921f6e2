import Foundation

/// Many mails in one file, as mail programs take them in (RFC 4155): `mboxrd`, whose quoting can be undone.
public enum Mbox {
    /// One mail as it stands in the file. Linear.
    /// - Parameters:
    ///   - raw: a whole mail; its line ends become `\n`.
    ///   - sender: the envelope sender's address.
    ///   - date: when the mail was written.
    public static func entry(_ raw: [UInt8], from sender: String, at date: Date) -> [UInt8] {
        // The line's words stand apart by spaces: none may be in the address.
        let sender = sender.utf8.filter { $0 > 0x20 && $0 != 0x7F }
        var entry: [UInt8] = []
        entry.reserveCapacity(raw.count + 64)
        entry += "From ".utf8
        entry += sender.isEmpty ? Array("MAILER-DAEMON".utf8) : sender
        entry += " \(MailDate.asctime(date))\n".utf8
        var lines = raw.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            // What would begin the next mail is quoted, and so is what looks quoted.
            if line.drop(while: { $0 == UInt8(ascii: ">") }).starts(with: "From ".utf8) { entry.append(UInt8(ascii: ">")) }
            entry += line
            entry.append(UInt8(ascii: "\n"))
        }
        entry.append(UInt8(ascii: "\n"))
        return entry
    }
}
