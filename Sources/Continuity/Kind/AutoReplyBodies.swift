/// How the texts of automatic answers begin that carry no header and no telling subject.
///
/// Two kinds of words: those by which a text calls itself automatic, which count alone; and those by which somebody says to be away, which
/// people write too: they count only together with words on whom to ask meanwhile, and only in a text that asks nothing itself.
enum AutoReplyBodies {
    /// Bytes of the text that are looked at.
    static let longest = 2_000

    /// The words that tell; nil in a person's mail.
    static func match(_ text: String) -> String? {
        let words = normal(text)
        if let phrase = automatic.first(in: words) { return phrase }
        guard let away = away.first(in: words), !words.contains(UInt8(ascii: "?")), meanwhile.first(in: words) != nil else { return nil }
        return away
    }

    private static let automatic = PhraseSet(SubjectWords.phrases(automaticTable))
    private static let away = PhraseSet(SubjectWords.phrases(awayTable))
    private static let meanwhile = PhraseSet(SubjectWords.phrases(meanwhileTable))

    /// Lower case, one space between words, plain apostrophes and question marks.
    static func normal(_ text: String) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(longest)
        for scalar in text.unicodeScalars {
            if out.count >= longest { break }
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            switch scalar.value {
            case 0x21..<0x41, 0x5B..<0x80: out.append(byte)
            case 0x41..<0x5B: out.append(byte | 0x20)
            case 0x20, 0x0A, 0x0D, 0x09, 0xA0: if let last = out.last, last != 0x20 { out.append(0x20) }
            case 0..<0x20: out.append(byte)
            case 0x2019, 0x02BC: out.append(UInt8(ascii: "'"))
            case 0xFF1F, 0x37E, 0x61F: out.append(UInt8(ascii: "?"))
            case 0x200B...0x200F, 0xFEFF, 0xAD: break
            default: out += scalar.properties.lowercaseMapping.utf8
            }
        }
        return out
    }

    /// A text says of itself that it is automatic. One line a language.
    private static let automaticTable = """
        en: this is an automatic reply | this is an automated reply | this is an automatic response | this is an automated response | \
            this is an automatically generated reply | this is an automatically generated response | this is an auto-reply | \
            this is an auto reply | this is an autoreply | this is an auto-response | this is an automated message | \
            this is an automatic message | this is an automatically generated message | this is an automatically generated e-mail | \
            this is an automatically generated email | this email was generated automatically | this message was generated automatically | \
            this message has been automatically generated | this is an out of office reply
        de: dies ist eine automatische | dies ist eine automatisch | das ist eine automatische | diese nachricht wurde automatisch | \
            diese e-mail wurde automatisch | diese mail wurde automatisch | diese antwort wurde automatisch
        fr: ceci est une réponse automatique | ceci est un message automatique | ceci est un courriel automatique | \
            ce message est généré automatiquement | ce message a été généré automatiquement | message généré automatiquement
        es: esta es una respuesta automática | este es un mensaje automático | este es un correo automático | \
            este mensaje se ha generado automáticamente | este correo se ha generado automáticamente | respuesta generada automáticamente
        pt: esta é uma resposta automática | esta é uma mensagem automática | este é um e-mail automático | este é um email automático | \
            mensagem gerada automaticamente | mensagem enviada automaticamente
        it: questa è una risposta automatica | questo è un messaggio automatico | messaggio generato automaticamente | \
            risposta generata automaticamente
        nl: dit is een automatisch | dit bericht is automatisch | deze e-mail is automatisch | deze mail is automatisch
        sv: detta är ett automatiskt | det här är ett automatiskt | detta meddelande har skickats automatiskt | detta är ett autosvar
        da: dette er et automatisk | denne mail er sendt automatisk | denne besked er sendt automatisk | dette er et autosvar
        nb: dette er et automatisk | denne meldingen er sendt automatisk | denne e-posten er sendt automatisk
        fi: tämä on automaattinen | tämä viesti on lähetetty automaattisesti
        et: see on automaatne | see on automaatvastus
        lv: šī ir automātiska | šis ir automātisks
        lt: tai automatinis | tai yra automatinis | šis laiškas sugeneruotas automatiškai
        pl: to jest automatyczna | to jest automatycznie | wiadomość wygenerowana automatycznie | ta wiadomość została wygenerowana automatycznie
        cs: toto je automatická | toto je automaticky | tato zpráva byla vygenerována automaticky | tento e-mail byl vygenerován automaticky
        sk: toto je automatická | toto je automaticky | táto správa bola vygenerovaná automaticky
        hu: ez egy automatikus | ez egy automatikusan | ez automatikus válasz
        ro: acesta este un răspuns automat | acesta este un mesaj automat | acest mesaj a fost generat automat
        hr: ovo je automatski | ovo je automatska | ova poruka je automatski
        sl: to je samodejni odgovor | to je samodejno | to je avtomatski
        sr: ово је аутоматск
        bg: това е автоматичен | това е автоматично
        ru: это автоматический ответ | это автоматическое | это сообщение создано автоматически | данное письмо сформировано автоматически | \
            это письмо сформировано автоматически | письмо отправлено автоматически
        uk: це автоматична | це автоматичне | цей лист створено автоматично | це повідомлення створено автоматично
        el: αυτή είναι μια αυτόματη | αυτή είναι αυτόματη | αυτό είναι ένα αυτόματο | αυτό είναι αυτόματο
        tr: bu otomatik bir | bu bir otomatik | bu e-posta otomatik olarak | bu mesaj otomatik olarak | bu ileti otomatik
        he: זוהי תשובה אוטומטית | זו תשובה אוטומטית | זוהי הודעה אוטומטית | הודעה זו נשלחה אוטומטית
        ar: هذا رد تلقائي | هذه رسالة تلقائية | هذا رد آلي | هذه رسالة آلية
        fa: این یک پاسخ خودکار
        hi: यह एक स्वचालित
        th: นี่คือข้อความตอบกลับอัตโนมัติ | นี่เป็นข้อความตอบกลับอัตโนมัติ | อีเมลนี้เป็นการตอบกลับอัตโนมัติ
        vi: đây là thư trả lời tự động | đây là email tự động | đây là tin nhắn tự động
        id: ini adalah balasan otomatis | ini adalah pesan otomatis | email ini dikirim secara otomatis
        ms: ini ialah balasan automatik | ini adalah balasan automatik
        zh: 这是一封自动回复 | 这是自动回复 | 此邮件为自动回复 | 此为自动回复 | 本邮件为系统自动 | 本邮件由系统自动 | 這是一封自動回覆 | 這是自動回覆 | 此為系統自動 | 本郵件由系統自動
        ja: これは自動返信 | このメールは自動返信 | このメールは自動的に | 自動送信されています | 自動返信メールです | 自動応答メッセージです | 自動配信されています
        ko: 이것은 자동 | 이 메일은 자동 | 본 메일은 자동 | 자동 회신 메일입니다 | 자동으로 발송된
        ca: aquesta és una resposta automàtica | aquest és un missatge automàtic
        """

    private static let awayTable = """
        en: i am out of the office | i'm out of the office | i am currently out of | i'm currently out of | i will be out of the office | \
            i am away from the office | i am currently away | i am on annual leave | i am on vacation | i am on holiday | \
            i am on leave | i am on parental leave | i am on maternity leave | i will have limited access | our office is closed
        de: ich bin derzeit nicht im büro | ich bin zurzeit nicht im büro | ich bin zur zeit nicht im büro | ich bin aktuell nicht im büro | \
            ich bin momentan nicht im büro | ich bin nicht im büro | ich bin nicht im haus | ich bin derzeit abwesend | ich bin im urlaub | \
            ich befinde mich im urlaub | ich befinde mich derzeit | ich bin erst wieder am | ich bin ab dem
        fr: je suis actuellement absent | je suis absent | je suis en congé | je suis en vacances | je suis actuellement en congé
        es: me encuentro fuera de la oficina | estoy fuera de la oficina | estaré fuera de la oficina | estoy de vacaciones | \
            actualmente me encuentro fuera
        pt: estou fora do escritório | estarei fora do escritório | estou de férias | estou ausente | encontro-me ausente
        it: sono fuori ufficio | sarò fuori ufficio | sono assente | sarò assente | sono in ferie
        nl: ik ben niet op kantoor | ik ben momenteel niet | ik ben afwezig | ik ben op vakantie | ik ben met vakantie
        sv: jag är inte på kontoret | jag är på semester | jag är ledig
        da: jeg er ikke på kontoret | jeg er på ferie | jeg holder ferie
        nb: jeg er ikke på kontoret | jeg er på ferie | jeg har ferie
        fi: olen poissa toimistolta | olen lomalla | en ole paikalla
        pl: jestem poza biurem | przebywam na urlopie | jestem na urlopie | jestem nieobecn
        cs: jsem mimo kancelář | nejsem v kanceláři | čerpám dovolenou | jsem na dovolené
        hu: szabadságon vagyok | nem vagyok az irodában
        ro: sunt plecat din birou | sunt în concediu | nu sunt la birou
        ru: я нахожусь в отпуске | я в отпуске | меня нет в офисе | отсутствую на рабочем месте | я отсутствую
        uk: я перебуваю у відпустці | я у відпустці | мене немає в офісі
        el: είμαι εκτός γραφείου | απουσιάζω | βρίσκομαι σε άδεια
        tr: ofis dışındayım | izindeyim | yıllık izindeyim
        ja: 不在にしております | 休暇をいただいて | 休暇を取得して | 不在とさせて
        zh: 我正在休假 | 我不在办公室 | 本人正在休假 | 我目前不在 | 本人不在辦公室
        ko: 휴가 중입니다 | 부재중입니다 | 자리를 비웠습니다
        """

    private static let meanwhileTable = """
        en: urgent | in my absence | during my absence | while i am away | please contact | limited access | as soon as i return | \
            upon my return | when i return | on my return | i will respond
        de: dringend | während meiner abwesenheit | in meiner abwesenheit | wenden sie sich | kontaktieren sie | nach meiner rückkehr | \
            wird nicht weitergeleitet | bitte an | meine vertretung
        fr: urgence | urgent | en mon absence | pendant mon absence | veuillez contacter | à mon retour
        es: urgente | durante mi ausencia | en mi ausencia | póngase en contacto | contactar con | a mi regreso | a mi vuelta
        pt: urgente | durante a minha ausência | na minha ausência | favor contactar | entre em contato | entre em contacto | quando regressar
        it: urgente | urgenti | urgenza | in mia assenza | durante la mia assenza | contattare | al mio rientro
        nl: dringend | tijdens mijn afwezigheid | contact opnemen met | neem contact op | na mijn terugkomst | bij mijn terugkeer | spoed
        sv: brådskande | under min frånvaro | kontakta | när jag är tillbaka
        da: haster | under mit fravær | kontakt venligst | kontakte | når jeg er tilbage
        nb: haster | under mitt fravær | kontakt | når jeg er tilbake
        fi: kiireellis | poissaoloni aikana | ota yhteyttä | kiireisissä
        pl: pilnych | pilne | podczas mojej nieobecności | proszę o kontakt | po powrocie
        cs: naléhav | v mé nepřítomnosti | kontaktujte | po návratu
        hu: sürgős | távollétem | visszatérésem
        ro: urgent | în absența mea | vă rog să contactați
        ru: срочн | в мое отсутствие | в моё отсутствие | обращайтесь | по возвращении
        uk: термінов | під час моєї відсутності | звертайтеся
        el: επείγον | κατά την απουσία μου | επικοινωνήστε
        tr: acil | yokluğumda | iletişime geç
        ja: お急ぎの | ご連絡 | 緊急
        zh: 紧急 | 緊急 | 急事 | 请联系 | 請聯絡 | 请联络
        ko: 급한 | 긴급 | 연락
        """
}
