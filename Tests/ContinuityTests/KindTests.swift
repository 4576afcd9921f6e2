import Continuity
import Conversations
import Testing

struct KindRow: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var mail: MailFacts
    var expected: MailKind

    init(
        _ name: String, _ expected: MailKind, subject: String? = "A question", from: String = "ann@x.test", name fromName: String? = nil,
        path: String? = "ann@x.test", report: MailFacts.Report? = nil, answers: Bool = false, text: String? = nil,
        _ fields: [(String, String)] = []
    ) {
        testDescription = name
        self.expected = expected
        mail = MailFacts(
            envelopeSender: path, fields: fields.map { MailFacts.Field($0.0, $0.1) }, from: from, fromName: fromName, subject: subject,
            inReplyTo: answers ? ["<ours@acme.test>"] : [], report: report, text: text)
    }
}

private let daemon = "MAILER-DAEMON@mx.x.test"

@Test("What kind of mail", arguments: humanRows + automaticRows + bodyRows + bounceRows + listAndLoopRows)
func whatKind(row: KindRow) {
    let verdict = judgeKind(
        row.mail, own: KnownAddresses(own: ["support@acme.test"], ownDomains: ["reply.acme.test"]), installation: "our-mark")
    #expect(verdict.kind == row.expected, "\(verdict.reason)")
    #expect(!verdict.reason.isEmpty)
}

private let humanRows: [KindRow] = [
    KindRow("an ordinary mail", .human),
    KindRow("no subject", .human, subject: nil),
    KindRow("no envelope known", .human, path: nil),
    KindRow("Auto-Submitted: no", .human, [("Auto-Submitted", "no")]),
    KindRow("X-Autoreply: no", .human, [("X-Autoreply", "No")]),
    KindRow("Precedence: first-class", .human, [("Precedence", "first-class")]),
    KindRow("Precedence: bulk in an answer", .human, answers: true, [("Precedence", "bulk")]),
    KindRow("X-Auto-Response-Suppress in an answer", .human, answers: true, [("X-Auto-Response-Suppress", "All")]),
    KindRow("X-Auto-Response-Suppress: none", .human, [("X-Auto-Response-Suppress", "None")]),
    KindRow("an answer to an automatic answer", .human, subject: "Re: Automatic reply: my order"),
    KindRow("a forwarded failure notice", .human, subject: "Fwd: Undelivered Mail Returned to Sender"),
    KindRow("a parcel that failed", .human, subject: "Delivery failed"),
    KindRow("a parcel that came back", .human, subject: "Returned to sender: parcel 17"),
    KindRow("office hours", .human, subject: "Out of office hours?"),
    KindRow("a question about the feature", .human, subject: "Automatic reply does not work"),
    KindRow("holiday plans", .human, subject: "Urlaub: Frage zur Buchung"),
    KindRow("a postmaster who writes himself", .human, subject: "Your SPF record", from: "postmaster@x.test", path: "postmaster@x.test"),
    KindRow("a noreply address that is answered for", .human, from: "noreply@shop.test", path: "noreply@shop.test"),
    KindRow("List-Unsubscribe alone", .human, [("List-Unsubscribe", "<mailto:u@x.test>")]),
    KindRow("List-Post: NO", .human, [("List-Post", "NO")]),
    KindRow("our own support group hands it on", .human, [("List-Id", "Support <support.acme.test>"), ("Precedence", "list")]),
    KindRow("our own support group, by List-Post", .human, [("List-Id", "<17.groups.test>"), ("List-Post", "<mailto:support@acme.test>")]),
    KindRow("forwarded by a server with the null return path, an answer", .human, path: "", answers: true, [("Resent-From", "me@x.test")]),
    KindRow("another installation's agent", .human, [("X-Throughline-Installation", "their-mark")]),
    KindRow("only a returned mail attached", .human, report: .returned),
    KindRow("asks before leaving", .human, text: "I'm on vacation from Monday. Could you send it urgently before?"),
    KindRow("on holiday, and says what he needs", .human, text: "I am on holiday until Friday, the parcel can wait till then. Thanks!"),
    KindRow("asks about automatic answers", .human, text: "Your automatic reply says two days. It has been four now."),
    KindRow("writes of a holiday in German", .human, text: "Ich bin im Urlaub und habe den Beleg nicht da. Reicht er nächste Woche?"),
    KindRow("writes of a holiday in French", .human, text: "Je suis en vacances, mon fils recevra le colis."),
]

private let automaticRows: [KindRow] = [
    KindRow("auto-replied", .autoReply, [("Auto-Submitted", "auto-replied")]),
    KindRow("auto-generated with a parameter", .autoReply, [("auto-submitted", "Auto-Generated; owner-email=\"x@x.test\"")]),
    KindRow("auto-notified", .autoReply, [("Auto-Submitted", "auto-notified")]),
    KindRow("auto-replied (vacation)", .autoReply, [("Auto-Submitted", "auto-replied (vacation)")]),
    KindRow("X-Autoreply", .autoReply, [("X-Autoreply", "yes")]),
    KindRow("X-Autorespond", .autoReply, [("X-Autorespond", "")]),
    KindRow("X-POST-MessageClass", .autoReply, [("X-POST-MessageClass", "9; Autoresponder")]),
    KindRow("Delivered-To: Autoresponder", .autoReply, [("Delivered-To", "Autoresponder")]),
    KindRow("Precedence: auto_reply", .autoReply, [("Precedence", "auto_reply")]),
    KindRow("Precedence: junk", .autoReply, [("Precedence", "junk")]),
    KindRow("Precedence: bulk, answers nothing", .autoReply, [("Precedence", "bulk")]),
    KindRow("Precedence: list alone, answers nothing", .autoReply, [("Precedence", "list")]),
    KindRow("X-Auto-Response-Suppress, answers nothing", .autoReply, [("X-Auto-Response-Suppress", "DR, OOF")]),
    KindRow("two weak signs in an answer", .autoReply, answers: true, [("Precedence", "bulk"), ("X-Auto-Response-Suppress", "All")]),
    KindRow("the null return path", .autoReply, path: ""),
    KindRow("the null return path in Return-Path", .autoReply, path: nil, [("Return-Path", " <> ")]),
    KindRow("a read receipt", .autoReply, report: .disposition),
    KindRow("a complaint", .autoReply, report: .feedback),
    KindRow(
        "a report of success", .autoReply, subject: "Delivered", from: daemon, path: "",
        report: .delivery(actions: ["delivered", "relayed"])),
    KindRow("out of office without any header", .autoReply, subject: "Out of Office: A question", answers: true),
    KindRow("out of office, whole subject", .autoReply, subject: "Out of office"),
    KindRow("German", .autoReply, subject: "Automatische Antwort: Frage"),
    KindRow("German, absence", .autoReply, subject: "Abwesenheitsnotiz: AW: Frage"),
    KindRow("French, space before the colon", .autoReply, subject: "Réponse automatique : Question"),
    KindRow("Spanish", .autoReply, subject: "Respuesta automática: Pregunta"),
    KindRow("Portuguese", .autoReply, subject: "Resposta automática: Pergunta"),
    KindRow("Italian", .autoReply, subject: "Risposta automatica: Domanda"),
    KindRow("Dutch", .autoReply, subject: "Automatisch antwoord: Vraag"),
    KindRow("Swedish", .autoReply, subject: "Autosvar: Fråga"),
    KindRow("Danish and Norwegian", .autoReply, subject: "Automatisk svar: Spørgsmål"),
    KindRow("Finnish", .autoReply, subject: "Automaattinen vastaus: Kysymys"),
    KindRow("Polish", .autoReply, subject: "Automatyczna odpowiedź: Pytanie"),
    KindRow("Czech", .autoReply, subject: "Automatická odpověď: Dotaz"),
    KindRow("Hungarian", .autoReply, subject: "Automatikus válasz: Kérdés"),
    KindRow("Romanian", .autoReply, subject: "Răspuns automat: Întrebare"),
    KindRow("Russian", .autoReply, subject: "Автоматический ответ: Вопрос"),
    KindRow("Ukrainian", .autoReply, subject: "Автоматична відповідь: Питання"),
    KindRow("Greek", .autoReply, subject: "Αυτόματη απάντηση: Ερώτηση"),
    KindRow("Turkish", .autoReply, subject: "Otomatik Yanıt: Soru"),
    KindRow("Hebrew", .autoReply, subject: "\u{200f}תשובה אוטומטית: שאלה"),
    KindRow("Arabic", .autoReply, subject: "رد تلقائي: سؤال"),
    KindRow("Vietnamese", .autoReply, subject: "Trả lời tự động: Câu hỏi"),
    KindRow("Indonesian", .autoReply, subject: "Balasan otomatis: Pertanyaan"),
    KindRow("Thai", .autoReply, subject: "ตอบกลับอัตโนมัติ: คำถาม"),
    KindRow("Chinese, full-width colon", .autoReply, subject: "自动答复：问题"),
    KindRow("Japanese", .autoReply, subject: "自動応答: 質問"),
    KindRow("Korean", .autoReply, subject: "자동 회신: 질문"),
]

private let bodyRows: [KindRow] = [
    KindRow("text in English", .autoReply, answers: true, text: "Hello,\n\nThis is an automated response. We got your mail."),
    KindRow(
        "text in English, away", .autoReply, answers: true,
        text: "I am out of the office until 5 May. In urgent cases please contact bo@x.test."),
    KindRow("text in German", .autoReply, answers: true, text: "Guten Tag,\ndies ist eine automatische Antwort."),
    KindRow(
        "text in German, away", .autoReply, answers: true,
        text: "Ich bin derzeit nicht im Büro. In dringenden Fällen wenden Sie sich bitte an Bo."),
    KindRow("text in French", .autoReply, answers: true, text: "Ceci est une réponse automatique."),
    KindRow(
        "text in French, away", .autoReply, answers: true, text: "Je suis actuellement absent. En cas d’urgence veuillez contacter Bo."),
    KindRow("text in Spanish", .autoReply, answers: true, text: "Esta es una respuesta automática."),
    KindRow("text in Portuguese", .autoReply, answers: true, text: "Esta é uma resposta automática."),
    KindRow("text in Italian", .autoReply, answers: true, text: "Questa è una risposta automatica."),
    KindRow("text in Dutch", .autoReply, answers: true, text: "Dit is een automatisch antwoord."),
    KindRow("text in Swedish", .autoReply, answers: true, text: "Detta är ett automatiskt svar."),
    KindRow("text in Danish", .autoReply, answers: true, text: "Dette er et automatisk svar."),
    KindRow("text in Norwegian", .autoReply, answers: true, text: "Denne meldingen er sendt automatisk."),
    KindRow("text in Finnish", .autoReply, answers: true, text: "Tämä on automaattinen vastaus."),
    KindRow("text in Estonian", .autoReply, answers: true, text: "See on automaatvastus."),
    KindRow("text in Latvian", .autoReply, answers: true, text: "Šī ir automātiska atbilde."),
    KindRow("text in Lithuanian", .autoReply, answers: true, text: "Tai automatinis atsakymas."),
    KindRow("text in Polish", .autoReply, answers: true, text: "To jest automatyczna odpowiedź."),
    KindRow("text in Czech", .autoReply, answers: true, text: "Toto je automatická odpověď."),
    KindRow("text in Slovak", .autoReply, answers: true, text: "Toto je automatická odpoveď."),
    KindRow("text in Hungarian", .autoReply, answers: true, text: "Ez egy automatikus válasz."),
    KindRow("text in Romanian", .autoReply, answers: true, text: "Acesta este un răspuns automat."),
    KindRow("text in Croatian", .autoReply, answers: true, text: "Ovo je automatski odgovor."),
    KindRow("text in Bulgarian", .autoReply, answers: true, text: "Това е автоматичен отговор."),
    KindRow("text in Russian", .autoReply, answers: true, text: "Это автоматический ответ."),
    KindRow("text in Russian, away", .autoReply, answers: true, text: "Я нахожусь в отпуске. По срочным вопросам обращайтесь к Бо."),
    KindRow("text in Ukrainian", .autoReply, answers: true, text: "Це автоматична відповідь."),
    KindRow("text in Greek", .autoReply, answers: true, text: "Αυτή είναι μια αυτόματη απάντηση."),
    KindRow("text in Turkish", .autoReply, answers: true, text: "Bu otomatik bir yanıttır."),
    KindRow("text in Hebrew", .autoReply, answers: true, text: "זוהי תשובה אוטומטית."),
    KindRow("text in Arabic", .autoReply, answers: true, text: "هذا رد تلقائي."),
    KindRow("text in Thai", .autoReply, answers: true, text: "นี่คือข้อความตอบกลับอัตโนมัติ"),
    KindRow("text in Vietnamese", .autoReply, answers: true, text: "Đây là thư trả lời tự động."),
    KindRow("text in Indonesian", .autoReply, answers: true, text: "Ini adalah balasan otomatis."),
    KindRow("text in Chinese", .autoReply, answers: true, text: "这是一封自动回复邮件。"),
    KindRow("text in Japanese", .autoReply, answers: true, text: "このメールは自動返信です。"),
    KindRow("text in Korean", .autoReply, answers: true, text: "이 메일은 자동 회신입니다."),
]

private let bounceRows: [KindRow] = [
    KindRow("a failed delivery", .bounce, subject: "x", from: daemon, path: "", report: .delivery(actions: ["failed"])),
    KindRow("a late delivery", .bounce, report: .delivery(actions: ["delayed"])),
    KindRow("one of two failed", .bounce, report: .delivery(actions: ["delivered", "failed"])),
    KindRow("a report without an action", .bounce, report: .delivery(actions: [])),
    KindRow("a report marked as automatic", .bounce, report: .delivery(actions: ["failed"]), [("Auto-Submitted", "auto-replied")]),
    KindRow("X-Failed-Recipients", .bounce, [("X-Failed-Recipients", "bob@y.test")]),
    KindRow("qmail's notice", .bounce, subject: "failure notice", from: daemon, path: ""),
    KindRow("a mail server's notice, no envelope", .bounce, subject: "Undelivered Mail Returned to Sender", from: daemon, path: nil),
    KindRow("a postmaster's notice", .bounce, subject: "Undeliverable: A question", from: "postmaster@x.test", path: ""),
    KindRow(
        "by the sender's name", .bounce, subject: "Returned mail: see transcript", from: "x17@x.test", name: "Mail Delivery Subsystem",
        path: nil),
    KindRow("a mail server sends it back", .bounce, subject: "A question", from: daemon, path: nil, report: .returned),
    KindRow("German notice with the null return path", .bounce, subject: "Unzustellbar: Frage", path: ""),
    KindRow(
        "a mail server under any subject", .bounce, subject: "There was an error", from: "mailer-daemon", path: nil,
        [("Auto-Submitted", "auto-replied")]),
    KindRow("Japanese notice", .bounce, subject: "配信不能: 質問", from: "postmaster@x.test", path: ""),
    KindRow("Russian notice", .bounce, subject: "Недоставленное сообщение", from: daemon, path: nil),
    KindRow(
        "a postmaster's out of office is no bounce", .autoReply, subject: "Automatic reply: hello", from: "postmaster@x.test", path: ""),
]

private let listAndLoopRows: [KindRow] = [
    KindRow("List-Id", .list, [("List-Id", "Swift <swift.lists.test>")]),
    KindRow("List-Post", .list, [("List-Post", "<mailto:swift@lists.test>")]),
    KindRow("Precedence: list in an answer", .list, answers: true, [("Precedence", "list")]),
    KindRow("Precedence: list beside another list field", .list, [("Precedence", "list"), ("List-Archive", "<https://x.test>")]),
    KindRow("a list's automatic mail is automatic", .autoReply, [("List-Id", "<x.lists.test>"), ("Auto-Submitted", "auto-generated")]),
    KindRow("a look-alike of our group", .list, [("List-Id", "<support.acme.test.evil.test>")]),
    KindRow("our mark", .loop, [("X-Throughline-Installation", " our-mark ")]),
    KindRow("our support address", .loop, from: "support@acme.test"),
    KindRow("an address of our reply domain", .loop, from: "reply+1@reply.acme.test"),
    KindRow("our mark, automatic too", .loop, [("X-Throughline-Installation", "our-mark"), ("Auto-Submitted", "auto-generated")]),
]

@Test func theBrakeStopsAtTheSixthWithinTenMinutes() {
    let five = (0..<5).map { at($0 * 100) }
    #expect(!stopsAsLoop(automaticMailsAt: five, now: at(500)))
    #expect(stopsAsLoop(automaticMailsAt: five + [at(500)], now: at(500)))
    #expect(stopsAsLoop(automaticMailsAt: (five + [at(599)]).reversed(), now: at(599)))
    #expect(!stopsAsLoop(automaticMailsAt: five + [at(600)], now: at(600)))
    #expect(!stopsAsLoop(automaticMailsAt: [], now: at(0)))
}
