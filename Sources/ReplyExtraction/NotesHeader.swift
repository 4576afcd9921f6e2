/// Lotus Notes names sender and date above a block that begins with "To:":
///
///     Sam Miller/Kiln@KILN
///     03/02/2026 10:00 AM
///             To: Ada Brook <ada@brook.test>
///             cc:
///             Subject: Kettle
struct NotesHeader {
    /// Its first line.
    let begin: Int
    /// The lines that name the sender, and the one with the date; the same where one line says both.
    let sender: Int
    let date: Int

    private static let lengthLimit = 100
    private static let nameLimit = 70

    /// - Parameter block: a block that names no sender.
    init?(above block: HeaderBlock, in body: MailBody) {
        guard !block.has(.from), !block.has(.date), var line = body.previousFilled(before: block.begin), block.begin - line <= 4 else {
            return nil
        }
        // "Sent by: sam@kiln.test", "Please respond to sam@kiln.test".
        if body.lower(line).starts(with: "sent by".utf8) || body.lower(line).starts(with: "please respond to".utf8) {
            guard let above = body.previousFilled(before: line), line - above <= 2 else { return nil }
            line = above
        }
        let content = body.content(line)
        guard content.count <= Self.lengthLimit, body.lines[line].depth == 0, LineShape(content).isMoment else { return nil }
        date = line
        let letters = content.lazy.filter { $0.isLetter || $0 >= 0x80 }.count
        if letters > 6 {
            // "Sam Miller <sam@kiln.test> on 03/02/2026 10:00 AM", or a weekday and a month.
            begin = line
            sender = line
            return
        }
        guard let above = body.previousFilled(before: line), line - above <= 2, body.content(above).count <= Self.nameLimit,
            body.content(above).wordCount(limit: 8) <= 6, body.lines[above].depth == 0
        else { return nil }
        begin = above
        sender = above
    }
}
