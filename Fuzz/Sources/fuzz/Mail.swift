import MailFormat
import ReplyExtraction

/// A raw mail through everything that `mail inspect` does with it.
@Sendable func fuzzMail(_ bytes: UnsafeBufferPointer<UInt8>) {
    let limits = MailReader.Limits()
    let mail = MailReader().read(UnsafeRawBufferPointer(bytes))
    checkText(mail.text, "text")
    if let html = mail.html { check(!html.utf8.contains(0), "NUL in HTML") }
    check(mail.headers.count <= limits.keptHeaders, "too many headers")
    for header in mail.headers {
        check(header.value.utf8.count <= 4 * limits.headerBytes, "a header's value is too long")
        check(!header.value.utf8.contains { $0 == 0 || $0 == 0x0A || $0 == 0x0D }, "a header's value has NUL or a line end")
    }
    check(mail.to.count <= limits.addresses && mail.cc.count <= limits.addresses, "too many addresses")
    check(mail.attachments.count <= limits.parts, "too many attachments")
    for attachment in mail.attachments {
        check(attachment.size == attachment.bytes.count, "an attachment's size is wrong")
        check(attachment.filename?.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: "/") } != true, "a folder in a file name")
    }
    let extracted = ReplyExtractor.extract(text: mail.textIsFromHTML ? "" : mail.text, html: mail.html)
    checkText(extracted.reply, "reply")
    _ = ForwardedMailReader.read(text: mail.text, html: mail.html, subject: mail.subject)
    if let html = mail.html { checkSafeHTML(html) }
}
