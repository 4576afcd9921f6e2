import Continuity
import MailFormat
import ReplyExtraction

/// A mail with its kind and its new text: what `ReadMail` keeps and `mail inspect` prints.
struct UnderstoodMail {
    let mail: ParsedMail
    let facts: MailFacts
    let verdict: KindVerdict
    let extracted: ExtractedReply

    init(_ raw: [UInt8], envelope: MailEnvelope) {
        let mail = MailReader().read(raw)
        facts = MailFacts(mail, envelope: envelope)
        verdict = judgeKind(facts, installation: envelope.installation)
        var extracted = ReplyExtractor.extract(text: mail.textIsFromHTML ? "" : ClearSignedText.plain(mail.text), html: mail.html)
        // What an invitation asks stands in its file; a note above it is often all that the body says.
        if let invitation = mail.invitation, !extracted.reply.contains(invitation) {
            extracted.reply = mail.text == invitation || extracted.reply.isEmpty ? invitation : extracted.reply + "\n\n" + invitation
        }
        self.mail = mail
        self.extracted = extracted
    }
}
