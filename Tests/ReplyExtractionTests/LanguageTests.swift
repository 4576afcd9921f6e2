import Testing

@testable import ReplyExtraction

/// The lines that mail programs write above an earlier mail, in many languages.
@Suite struct LanguageTests {
    static let attributions = [
        "On Tue, 3 Mar 2026 at 10:00, Sam Miller <sam@kiln.test> wrote:",
        "Am Di., 3. März 2026 um 10:00 Uhr schrieb Sam Miller <sam@kiln.test>:", "Am 03.03.26 um 10:00 schrieb Sam Miller:",
        "Le mar. 3 mars 2026 à 10:00, Sam Miller <sam@kiln.test> a écrit :",
        "El mar, 3 mar 2026 a las 10:00, Sam Miller (<sam@kiln.test>) escribió:",
        "Em ter., 3 de mar. de 2026 às 10:00, Sam Miller <sam@kiln.test> escreveu:",
        "Il giorno mar 3 mar 2026 alle ore 10:00 Sam Miller <sam@kiln.test> ha scritto:",
        "Op di 3 mrt 2026 om 10:00 schreef Sam Miller <sam@kiln.test>:",
        "Den tis 3 mars 2026 kl 10:00 skrev Sam Miller <sam@kiln.test>:",
        "Den tir. 3. mar. 2026 kl. 10.00 skrev Sam Miller <sam@kiln.test>:",
        "tir. 3. mars 2026 kl. 10:00 skrev Sam Miller <sam@kiln.test>:",
        "ti 3. maalisk. 2026 klo 10.00 Sam Miller (sam@kiln.test) kirjoitti:",
        "wt., 3 mar 2026 o 10:00 Sam Miller <sam@kiln.test> napisał(a):", "W dniu 3.03.2026 o 10:00, Sam Miller pisze:",
        "út 3. 3. 2026 v 10:00 odesílatel Sam Miller <sam@kiln.test> napsal:",
        "Dňa 3. 3. 2026 o 10:00 Sam Miller <sam@kiln.test> napísal(a):",
        "Sam Miller <sam@kiln.test> ezt írta (időpont: 2026. márc. 3., K, 10:00):",
        "вт, 3 мар. 2026 г. в 10:00, Sam Miller <sam@kiln.test>:", "3 марта 2026 г., в 10:00, Sam Miller <sam@kiln.test> написал(а):",
        "вт, 3 бер. 2026 р. о 10:00 Sam Miller <sam@kiln.test> пише:", "На вт, 3.03.2026 г. в 10:00 Sam Miller <sam@kiln.test> написа:",
        "Στις Τρί 3 Μαρ 2026 στις 10:00, ο χρήστης Sam Miller <sam@kiln.test> έγραψε:",
        "Sam Miller <sam@kiln.test>, 3 Mar 2026 Sal, 10:00 tarihinde şunu yazdı:",
        "În mar., 3 mar. 2026 la 10:00, Sam Miller <sam@kiln.test> a scris:",
        "uto, 3. ožu 2026. u 10:00 Sam Miller <sam@kiln.test> napisao je:", "Sam Miller <sam@kiln.test> 于2026年3月3日周二 10:00写道：",
        "在 2026年3月3日，上午10:00，Sam Miller <sam@kiln.test> 写道：",
        "Sam Miller <sam@kiln.test> 於 2026年3月3日 週二 上午10:00寫道：", "2026年3月3日(火) 10:00 Sam Miller <sam@kiln.test>:",
        "2026년 3월 3일 (화) 오전 10:00, Sam Miller <sam@kiln.test>님이 작성:",
        "Vào Th 3, 3 thg 3, 2026 vào lúc 10:00 Sam Miller <sam@kiln.test> đã viết:",
        "Pada Sel, 3 Mar 2026 pukul 10.00 Sam Miller <sam@kiln.test> menulis:",
        "‫בתאריך יום ג׳, 3 במרץ 2026 ב-10:00 מאת ‪Sam Miller‬‏ <‪sam@kiln.test‬‏>:‬",
        "في الثلاثاء، 3 مارس 2026 في 10:00 ص تمت كتابة ما يلي بواسطة Sam Miller <sam@kiln.test>:",
        "เมื่อ อ. 3 มี.ค. 2026 เวลา 10:00 Sam Miller <sam@kiln.test> เขียนว่า:",
        "El dt., 3 de març 2026 a les 10:00, Sam Miller (<sam@kiln.test>) va escriure:",
        "2026-03-03 10:00 GMT+01:00 Sam Miller <sam@kiln.test>:", "Quoting Sam Miller <sam@kiln.test>:",
        "Sam Miller <sam@kiln.test> wrote on 03/03/2026 10:00:", "ti, 2026-03-03 kello 10:00 +0000, Sam Miller kirjoitti:",
    ]

    @Test(arguments: attributions)
    func attributionAboveAQuote(_ line: String) {
        let got = ReplyExtractor.extract(text: "Own words.\n\n\(line)\n\n> Earlier words.\n")
        #expect(got.reply == "Own words.")
        #expect(got.quoted.contains("Earlier words."))
    }

    @Test(arguments: attributions)
    func attributionAboveAnEarlierMailWithoutMarks(_ line: String) {
        #expect(ReplyExtractor.extract(text: "Own words.\n\n\(line)\n\nEarlier words.\n").reply == "Own words.")
    }

    /// Without an address a person may have written the line: it goes only with the marks of a quote under it.
    static let names = [
        "Sean schrieb am 03.03.26 um 10:00:", "Sean Miller skrev den 3.3.2026 10:00:", "Sean Miller wrote on 3/3/2026 at 10:00:",
        "Sean Miller a écrit le 03/03/2026 10:00 :",
    ]

    @Test(arguments: names)
    func attributionThatBeginsWithAName(_ line: String) {
        #expect(ReplyExtractor.extract(text: "Own words.\n\n\(line)\n> Earlier words.\n").reply == "Own words.")
        let without = "Own words.\n\n\(line)\nthat the kettle leaks."
        #expect(ReplyExtractor.extract(text: without).reply == without)
    }

    static let headerBlocks: [[String]] = [
        ["From", "Sent", "To", "Subject"], ["Von", "Gesendet", "An", "Betreff"], ["De", "Envoyé", "À", "Objet"],
        ["De", "Enviado el", "Para", "Asunto"], ["De", "Enviada em", "Para", "Assunto"], ["Da", "Inviato", "A", "Oggetto"],
        ["Van", "Verzonden", "Aan", "Onderwerp"], ["Från", "Skickat", "Till", "Ämne"],
        ["Fra", "Sendt", "Til", "Emne"], ["Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"], ["Od", "Wysłano", "Do", "Temat"],
        ["Od", "Odesláno", "Komu", "Předmět"], ["Od", "Odoslané", "Komu", "Predmet"], ["Feladó", "Elküldve", "Címzett", "Tárgy"],
        ["प्रेषक", "भेजा गया", "प्रति", "विषय"], ["От", "Отправлено", "Кому", "Тема"], ["Від", "Надіслано", "Кому", "Тема"],
        ["От", "Изпратено", "До", "Относно"], ["Από", "Στάλθηκε", "Προς", "Θέμα"], ["Kimden", "Gönderildi", "Kime", "Konu"],
        ["De la", "Trimis", "Către", "Subiect"], ["发件人", "发送时间", "收件人", "主题"], ["寄件者", "日期", "收件者", "主旨"], ["差出人", "送信日時", "宛先", "件名"],
        ["보낸 사람", "날짜", "받는 사람", "제목"],
        ["מאת", "נשלח", "אל", "נושא"], ["من", "تاريخ", "إلى", "الموضوع"], ["Từ", "Ngày", "Đến", "Chủ đề"],
        ["Dari", "Tanggal", "Kepada", "Subjek"], ["จาก", "วันที่", "ถึง", "หัวข้อ"], ["De", "Data", "Per a", "Assumpte"],
        ["Od", "Poslano", "Za", "Predmet"],
    ]

    @Test(arguments: headerBlocks)
    func headerBlock(_ names: [String]) {
        let values = ["Sam Miller <sam@kiln.test>", "3.3.2026 10:00", "Ada Brook <ada@brook.test>", "Kettle"]
        let block = zip(names, values).map { "\($0): \($1)" }.joined(separator: "\n")
        #expect(ReplyExtractor.extract(text: "Own words.\n\n\(block)\n\nEarlier words.\n").reply == "Own words.")
        let bold = zip(names, values).map { "*\($0):* \($1)" }.joined(separator: "\n")
        #expect(ReplyExtractor.extract(text: "Own words.\n\(bold)\n\nEarlier words.\n").reply == "Own words.")
    }

    static let mobile = [
        "Sent from my iPhone", "Von meinem iPhone gesendet", "Envoyé de mon iPhone", "Enviado desde mi iPhone", "Enviado do meu iPhone",
        "Inviato da iPhone", "Verstuurd vanaf mijn iPhone", "Skickat från min iPhone", "Sendt fra min iPhone", "Lähetetty iPhonesta",
        "Wysłano z iPhone'a", "Odesláno z iPhonu",
        "Отправлено с iPhone", "Надіслано з iPhone", "iPhone'umdan gönderildi", "发自我的iPhone", "從我的 iPhone 傳送", "iPhoneから送信",
        "나의 iPhone에서 보냄", "Trimis de pe iPhone", "Στάλθηκε από το iPhone μου", "Đã gửi từ iPhone của tôi", "Dikirim dari iPhone saya",
        "Get Outlook for iOS", "Sent from Outlook for Android", "Gesendet mit der GMX Mail App",
    ]

    @Test(arguments: mobile)
    func mobileFooter(_ line: String) {
        let got = ReplyExtractor.extract(text: "Own words.\n\n\(line)\n")
        #expect(got.reply == "Own words.")
        #expect(got.signature == line)
    }

    static let sentences = [
        "On Monday we agreed:", "At 10:00 I called and asked:", "In 2025 you wrote to me:",
        "Am Montag habe ich geschrieben, dass ich warte.", "From: my point of view this is wrong.",
        "Note: the invoice of 3.3.2026 is wrong:", "My address is ada@brook.test, please write there:", "To: do list for 2026",
        "Date: I cannot say yet.",
        "The manual says on page 12:", "Le mardi 3 mars je viens:", "Call me at 10:00 or write to ada@brook.test:", "Subject: complaint",
        "Sent the parcel on 3 March 2026 at 10:00.", "Order 2026-03-03:", "https://x.test/a:b@c:",
    ]

    @Test(arguments: sentences)
    func whatACustomerWritesStays(_ line: String) {
        let text = "Hello,\n\n\(line)\n\nsomething that matters.\n\nAda"
        #expect(ReplyExtractor.extract(text: text).reply == text)
    }
}
