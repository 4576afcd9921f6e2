import Testing

@testable import ReplyExtraction

@Suite struct ForwardedMailTests {
    static let sender = ForwardedMail.Sender(name: "Bo Elm", address: "bo@elm.test")

    static let bodies: [String] = [
        "Please see below.\n\n---------- Forwarded message ---------\nFrom: Bo Elm <bo@elm.test>\nDate: 3 Mar 2026 10:00\nSubject: Kettle\nTo: <ada@brook.test>\n\n\nIt leaks.\n\nBo\n",
        "Please see below.\n\nBegin forwarded message:\n\n> From: Bo Elm <bo@elm.test>\n> Subject: Kettle\n> Date: 3 Mar 2026 10:00\n> To: ada@brook.test\n>\n> It leaks.\n>\n> Bo\n",
        "Please see below.\n\n________________________________\nVon: Bo Elm <bo@elm.test>\nGesendet: 3 Mar 2026 10:00\nAn: Ada <ada@brook.test>\nBetreff: Kettle\n\nIt leaks.\n\nBo\n",
        "Please see below.\n\n-------- Message transféré --------\nSujet : Kettle\nDate : 3 Mar 2026 10:00\nDe : Bo Elm <bo@elm.test>\nPour : ada@brook.test\n\nIt leaks.\n\nBo\n",
        "Please see below.\n\n   ----- Messaggio inoltrato ----- Da: Bo Elm <bo@elm.test>A: \"ada@brook.test\" <ada@brook.test>Inviato: 3 Mar 2026 10:00Oggetto: Kettle\n It leaks.\n\nBo\n",
        "Please see below.\n\nFrom: Bo Elm [mailto:bo@elm.test]\nSent: 3 Mar 2026 10:00\nTo: Ada\nSubject: Kettle\n\nIt leaks.\n\nBo\n",
        "Please see below.\n\n---------- 转发的邮件 ---------\n发件人： Bo Elm <bo@elm.test>\n日期： 3 Mar 2026 10:00\n主题： Kettle\n收件人： <ada@brook.test>\n\nIt leaks.\n\nBo\n",
    ]

    @Test(arguments: bodies)
    func findsTheOriginal(_ body: String) throws {
        let got = try #require(ForwardedMailReader.read(text: body))
        #expect(got.from == Self.sender)
        #expect(got.subject == "Kettle")
        #expect(got.date == "3 Mar 2026 10:00")
        #expect(got.text == "It leaks.\n\nBo")
        #expect(got.note == "Please see below.")
        let bare = try #require(ForwardedMailReader.read(text: String(body.dropFirst("Please see below.\n\n".count))))
        #expect(bare.note == "")
        #expect(bare.text == "It leaks.\n\nBo")
    }

    @Test func anAnswerIsNoForward() {
        let answer = "Two.\n\nFrom: Bo Elm <bo@elm.test>\nSent: 3 Mar 2026 10:00\nTo: Ada\nSubject: Kettle\n\nHow many?\n"
        #expect(ForwardedMailReader.read(text: answer, subject: "RE: Kettle", isReply: true) == nil)
        #expect(ForwardedMailReader.read(text: answer, subject: "WG: Kettle", isReply: true)?.note == "Two.")
        #expect(
            ForwardedMailReader.read(text: "Two.\n\nOn 3 Mar 2026 at 10:00, Bo <bo@elm.test> wrote:\n> How many?\n", isReply: true) == nil)
        #expect(ForwardedMailReader.read(text: "Just words.\n") == nil)
        #expect(ForwardedMailReader.read(text: "") == nil)
    }

    @Test func findsTheOriginalInHTML() {
        let html =
            "<p>Please see below.</p><div class=\"gmail_quote\"><div class=\"gmail_attr\">---------- Forwarded message ---------<br>From: <b>Bo Elm</b> &lt;bo@elm.test&gt;<br>Date: 3 Mar 2026<br>Subject: Kettle<br>To: &lt;ada@brook.test&gt;<br></div><br><br><p>It leaks.</p></div>"
        let got = ForwardedMailReader.read(text: "", html: html)
        #expect(got?.from == Self.sender)
        #expect(got?.text == "It leaks.")
        #expect(got?.note == "Please see below.")
    }
}
