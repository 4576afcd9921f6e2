import ReplyExtraction
import Testing

/// `ReplyExtraction` as another package uses it: by its public interface alone, without the rest of the house.
@Suite struct ReplyExtractionAloneTests {
    @Test func aReplyIsTakenApart() {
        let extracted = ReplyExtractor.extract(
            text: "Thanks, that works.\n\n-- \nAda Brook\n\nOn Tue, 3 Mar 2026 at 10:00, Sam <sam@kiln.test> wrote:\n> Try this.\n")
        #expect(extracted.reply == "Thanks, that works.")
        #expect(extracted.signature == "--\nAda Brook")
        #expect(extracted.quoted.contains("> Try this."))
        let byHTML = ReplyExtractor.extract(text: "", html: "<p>Thanks.</p><blockquote type=\"cite\">Try this.</blockquote>")
        #expect(byHTML == ExtractedReply(reply: "Thanks.", quoted: "> Try this."))
    }

    @Test func aForwardIsFound() {
        let forwarded = ForwardedMailReader.read(
            text: """
                Please answer her.

                ---------- Forwarded message ---------
                From: Ada Brook <ada@brook.test>
                Date: Tue, 3 Mar 2026 at 10:00
                Subject: Kettle

                It leaks.
                """, subject: "Fwd: Kettle", isReply: false)
        #expect(
            forwarded
                == ForwardedMail(
                    from: ForwardedMail.Sender(name: "Ada Brook", address: "ada@brook.test"), subject: "Kettle",
                    date: "Tue, 3 Mar 2026 at 10:00", text: "It leaks.", note: "Please answer her."))
        #expect(ForwardedMailReader.read(text: "Hello") == nil)
    }
}
