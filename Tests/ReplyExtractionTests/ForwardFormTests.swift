import Testing

@testable import ReplyExtraction

/// What mail programs print above a mail that is sent on, in many languages: each with a note above it and without.
@Suite struct ForwardFormTests {
    struct Form: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// All that stands between the note and the original's text.
        let lines: [String]
        var mark = ""
    }

    static let person = "Bo Elm <bo@elm.test>"
    static let to = "Ada Brook <ada@brook.test>"

    /// Header lines in the order of their names; names given without colons.
    static func headers(_ from: String, _ date: String, _ subject: String, _ to: String, colon: String = ": ") -> [String] {
        ["\(from)\(colon)\(person)", "\(date)\(colon)3.3.2026 10:00", "\(subject)\(colon)Kettle", "\(to)\(colon)\(Self.to)"]
    }

    static let gmail: [Form] = [
        ("de", "---------- Forwarded message ---------", headers("Von", "Date", "Subject", "To")),
        ("fr", "---------- Forwarded message ---------", headers("De", "Date", "Subject", "To", colon: "\u{A0}: ")),
        ("es", "---------- Forwarded message ---------", headers("De", "Date", "Subject", "To")),
        ("hr", "---------- Forwarded message ---------", headers("Šalje", "Date", "Subject", "To")),
        ("uk", "---------- Forwarded message ---------", headers("Від", "Date", "Subject", "To")),
        ("ja", "---------- Forwarded message ---------", headers("From", "Date", "Subject", "To")),
        ("zh", "---------- 转发的邮件 ---------", headers("发件人", "日期", "主题", "收件人", colon: "： ")),
        ("ko", "---------- 전달된 메일 ---------", headers("보낸사람", "날짜", "제목", "받는사람")),
        ("he", "---------- הודעה שהועברה ---------", headers("מאת", "תאריך", "נושא", "אל")),
    ].map { Form(testDescription: "Gmail \($0.0)", lines: [$0.1] + $0.2) }

    static let thunderbird: [Form] = [
        ("de", "-------- Weitergeleitete Nachricht --------", headers("Von", "Datum", "Betreff", "An", colon: ": \t")),
        ("it", "-------- Messaggio Inoltrato --------", headers("Da", "Data", "Oggetto", "A", colon: ": \t")),
        ("pt", "-------- Mensagem reencaminhada --------", headers("De", "Data", "Assunto", "Para", colon: ": \t")),
        ("sv", "-------- Vidarebefordrat meddelande --------", headers("Från", "Datum", "Ämne", "Till", colon: ": \t")),
        ("fi", "-------- Välitetty viesti --------", headers("Lähettäjä", "Päiväys", "Aihe", "Vastaanottaja", colon: ": \t")),
        ("cs", "-------- Přeposlaná zpráva --------", headers("Od", "Datum", "Předmět", "Komu", colon: ": \t")),
        ("ru", "-------- Перенаправленное сообщение --------", headers("От", "Дата", "Тема", "Кому", colon: ": \t")),
        ("ro", "-------- Mesaj redirecționat --------", headers("De la", "Dată", "Subiect", "Către", colon: ": \t")),
        ("hu", "-------- Továbbított üzenet --------", headers("Feladó", "Dátum", "Tárgy", "Címzett", colon: ": \t")),
        ("pl", "-------- Treść przekazanej wiadomości --------", headers("Nadawca", "Data", "Temat", "Adresat", colon: ": \t")),
        ("da", "-------- Videresendt besked --------", headers("Fra", "Dato", "Emne", "Til", colon: ": \t")),
        ("el", "-------- Προωθημένο μήνυμα --------", headers("Από", "Ημερομηνία", "Θέμα", "Προς", colon: ": \t")),
    ].map { Form(testDescription: "Thunderbird \($0.0)", lines: [$0.1] + $0.2) }

    static let apple: [Form] = [
        ("en", "Begin forwarded message:", headers("From", "Date", "Subject", "To")),
        ("de", "Anfang der weitergeleiteten Nachricht:", headers("Von", "Datum", "Betreff", "An")),
        ("fr", "Début du message réexpédié :", headers("De", "Date", "Objet", "À", colon: "\u{A0}: ")),
        ("es", "Inicio del mensaje reenviado:", headers("De", "Fecha", "Asunto", "Para")),
        ("nl", "Begin doorgestuurd bericht:", headers("Van", "Datum", "Onderwerp", "Aan")),
        ("sv", "Vidarebefordrat brev:", headers("Från", "Datum", "Ämne", "Till")),
        ("no", "Videresendt melding:", headers("Fra", "Dato", "Emne", "Til")),
        ("pl", "Początek przekazywanej wiadomości:", headers("Od", "Data", "Temat", "Do")),
        ("ru", "Начало переадресованного сообщения:", headers("От", "Дата", "Тема", "Кому")),
        ("tr", "İletilen ileti başlangıcı:", headers("Kimden", "Tarih", "Konu", "Kime")),
        ("ja", "転送されたメッセージ:", headers("差出人", "日付", "件名", "宛先")),
        ("zh", "以下是转发的邮件：", headers("发件人", "日期", "主题", "收件人")),
    ].map { Form(testDescription: "Apple Mail \($0.0)", lines: [$0.1, ""] + $0.2, mark: "> ") }

    static let outlook: [Form] = [
        ("en", headers("From", "Sent", "Subject", "To")), ("de", headers("Von", "Gesendet", "Betreff", "An")),
        ("fr", headers("De", "Envoyé", "Objet", "À", colon: " : ")), ("nl", headers("Van", "Verzonden", "Onderwerp", "Aan")),
        ("da", headers("Fra", "Sendt", "Emne", "Til")), ("cs", headers("Od", "Odesláno", "Předmět", "Komu")),
        ("sk", headers("Od", "Odoslané", "Predmet", "Komu")), ("tr", headers("Kimden", "Gönderildi", "Konu", "Kime")),
        ("el", headers("Από", "Στάλθηκε", "Θέμα", "Προς")), ("he", headers("מאת", "נשלח", "נושא", "אל")),
        ("ar", headers("من", "تم الإرسال", "الموضوع", "إلى")), ("vi", headers("Từ", "Đã gửi", "Chủ đề", "Đến")),
        ("th", headers("จาก", "ส่ง", "เรื่อง", "ถึง")), ("bg", headers("От", "Изпратено", "Относно", "До")),
    ].map { Form(testDescription: "Outlook \($0.0)", lines: ["________________________________"] + $0.1) }

    static let others: [Form] = [
        Form(testDescription: "Outlook in bold", lines: headers("*From", "*Sent", "*Subject", "*To", colon: ":* ")),
        Form(testDescription: "Proton", lines: ["------- Forwarded Message -------"] + headers("From", "Date", "Subject", "To")),
        Form(testDescription: "Zoho", lines: ["============ Forwarded message ============"] + headers("From", "Date", "Subject", "To")),
        Form(testDescription: "HubSpot", lines: ["---------- Forwarded message ----------"] + headers("From", "Date", "Subject", "To")),
        Form(testDescription: "Missive", lines: ["---------- Forwarded message ----------"] + headers("From", "Date", "Subject", "To")),
        Form(testDescription: "Mail.ru", lines: ["-------- Пересылаемое сообщение --------"] + headers("От кого", "Дата", "Тема", "Кому")),
        Form(testDescription: "Yandex", lines: ["-------- Пересланное сообщение --------"] + headers("От", "Дата", "Тема", "Кому")),
        Form(testDescription: "NetEase", lines: ["-------- 转发邮件信息 --------"] + headers("发件人", "发送日期", "主题", "收件人", colon: "：")),
        Form(testDescription: "QQ", lines: ["------------------ 原始邮件 ------------------"] + headers("发件人", "发送时间", "主题", "收件人")),
        Form(testDescription: "Samsung", lines: ["-------- Original message --------"] + headers("From", "Date", "Subject", "To")),
        Form(testDescription: "GMX", lines: headers("Von", "Gesendet", "Betreff", "An")),
    ]

    @Test(arguments: gmail + thunderbird + apple + outlook + others)
    func findsTheOriginal(_ form: Form) throws {
        let original = (form.lines + ["", "It leaks.", "", "Bo"]).enumerated().map {
            $0.offset == 0 || form.mark.isEmpty ? $0.element : form.mark + $0.element
        }
        let bare = original.joined(separator: "\n") + "\n"
        for note in ["", "Please see below."] {
            let body = note.isEmpty ? bare : note + "\n\n" + bare
            let got = try #require(ForwardedMailReader.read(text: body, subject: "Fwd: Kettle"))
            #expect(got.from == ForwardedMail.Sender(name: "Bo Elm", address: "bo@elm.test"))
            #expect(got.subject == "Kettle")
            #expect(got.date == "3.3.2026 10:00")
            #expect(got.text == "It leaks.\n\nBo")
            #expect(got.note == note)
            // A bare forward is never cut to nothing; a note stands alone.
            #expect(ReplyExtractor.extract(text: body).reply.hasPrefix(note.isEmpty ? String(original[0].prefix(3)) : note))
        }
    }

    @Test func theSenderAboveTheBlockOfLotusNotes() throws {
        let body =
            "See below.\n\n----- Forwarded by Ada Brook/Brook on 03/04/2026 09:00 AM -----\n\n\tBo Elm/Elm@ELM\n\t03/03/2026 10:00 AM\n\n\tTo: Ada Brook/Brook@BROOK\n\tcc:\n\tSubject: Kettle\n\nIt leaks.\n"
        let got = try #require(ForwardedMailReader.read(text: body))
        #expect(got.from?.address == "" || got.from?.address.contains("ELM") == true)
        #expect(got.subject == "Kettle")
        #expect(got.date == "03/03/2026 10:00 AM")
        #expect(got.text == "It leaks.")
        #expect(got.note == "See below.")
    }

    @Test func aTelephonesFooterIsNoNote() throws {
        let body =
            "Sent from my iPhone\n\nBegin forwarded message:\n\n> From: Bo Elm <bo@elm.test>\n> Subject: Kettle\n> Date: 3.3.2026 10:00\n> To: ada@brook.test\n>\n> It leaks.\n"
        #expect(ForwardedMailReader.read(text: body)?.note == "")
    }
}
