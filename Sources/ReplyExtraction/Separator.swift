/// Lines that announce an earlier mail without saying whose: "-----Original Message-----", "Begin forwarded message:".
enum Separator {
    enum Kind: Sendable {
        case original, forward
        /// "Please write above this line": all below is ours.
        case replyAbove
    }

    private static let original = WordList([
        "original message", "original mail", "original email", "original-nachricht", "original nachricht", "originalnachricht",
        "ursprüngliche nachricht", "ursprungliche nachricht", "ursprüngliche mail", "originele bericht",
        "oorspronkelijk bericht", "oorspronkelijke bericht", "message d'origine", "message d’origine", "message original",
        "message initial", "mensaje original", "mensagem original", "mensagem origina", "messaggio originale", "ursprungligt meddelande",
        "originalmeddelande",
        "oprindelig meddelelse", "oprindelig besked", "oprindelig mail", "oprindelig e-mail", "original besked", "opprinnelig melding",
        "original melding", "alkuperäinen viesti", "oryginalna wiadomość", "wiadomość oryginalna", "původní zpráva", "pôvodná správa",
        "eredeti üzenet", "исходное сообщение", "исходное письмо",
        "пересланное сообщение", "первоначальное сообщение", "оригинал сообщения", "вихідне повідомлення", "оригінальне повідомлення",
        "оригинално съобщение", "αρχικό μήνυμα", "özgün ileti", "orijinal mesaj", "原始邮件", "原邮件", "原始郵件", "原始訊息", "元のメッセージ", "オリジナルメッセージ",
        "original message from",
        "원본 메시지", "원본메시지", "원본 메일", "הודעה מקורית", "الرسالة الأصلية", "پیام اصلی", "thư gốc", "tin nhắn gốc", "pesan asli", "ข้อความเดิม",
        "mesajul original", "mesaj original", "izvirno sporočilo", "originalna poruka", "izvorna poruka", "missatge original",
        "jatorrizko mezua", "algne sõnum",
        "sākotnējais ziņojums", "originalus laiškas", "pradinis laiškas", "upprunaleg skilaboð", "reply message", "antwort nachricht",
        "replied message", "reply separator", "replied email",
    ])
    private static let forward = WordList([
        "forwarded message", "forwarded by", "forwarded email", "forwarded mail", "begin forwarded message", "start of forwarded message",
        "weitergeleitete nachricht", "weitergeleitete mail", "anfang der weitergeleiteten", "weitergeleitet von", "message transféré",
        "message réexpédié",
        "début du message réexpédié", "début du message transféré", "début du message", "mensaje reenviado", "inicio del mensaje reenviado",
        "mensagem encaminhada", "mensagem reencaminhada", "início da mensagem", "inicio da mensagem", "messaggio inoltrato",
        "inizio messaggio inoltrato", "inizio del messaggio inoltrato",
        "doorgestuurd bericht", "begin doorgestuurd bericht", "vidarebefordrat meddelande", "vidarebefordrat brev", "vidarebefordrat mejl",
        "vidarebefordrat mail", "vidarebefordrade brevet", "påbörjat vidarebefordrat", "videresendt besked", "videresendt meddelelse",
        "videresendt melding", "start på videresendt", "begynnelse på videresendt", "begynnelsen på videresendt",
        "starten på den videresendte", "videresendte besked", "välitetty viesti", "edelleenlähetetty viesti", "välitetty viesti alkaa",
        "edelleenlähetetyn viestin alku", "wiadomość przekazana", "przekazana wiadomość", "treść przekazanej wiadomości",
        "początek przekazywanej", "początek przekazanej", "přeposlaná zpráva", "předaná zpráva", "zpráva přeposlaná", "začátek přeposlané",
        "preposlaná správa",
        "začiatok preposlanej", "továbbított üzenet", "továbbított levél", "a továbbított levél kezdete", "továbbított üzenet kezdete",
        "переслано сообщение", "пересылаемое сообщение", "пересылаемого сообщения", "пересланное письмо", "начало переадресованного",
        "начало пересылаемого", "переадресовано", "переслане повідомлення", "переслане повідомленн", "початок листа", "початок пересланого",
        "препратено съобщение", "προωθημένο μήνυμα", "αρχή προωθημένου", "iletilen mesaj", "yönlendirilmiş ileti", "iletilen ileti",
        "yönlendirilen", "i̇letilmiş ileti", "转发的邮件", "已转发邮件", "轉寄郵件", "轉寄的郵件", "轉寄訊息", "开始转发的邮件", "以下是转发的邮件", "以下為轉寄的郵件", "転送メッセージ",
        "転送されたメッセージ", "転送メール", "전달된 메시지", "전달된 메일", "전달한 메시지", "הודעה שהועברה", "הודעה מועברת", "רסالة معاد توجيهها", "رسالة معاد توجيهها",
        "الرسالة المعاد توجيهها",
        "بداية الرسالة المحولة", "پیام هدایت شده", "thư được chuyển tiếp", "tin nhắn chuyển tiếp", "tin nhắn được chuyển tiếp",
        "pesan diteruskan", "pesan terusan", "ข้อความที่ส่งต่อ", "mesaj redirecționat", "mesaj redirectat", "mesajul redirecționat",
        "începutul mesajului redirecționat", "mesaj retrimis", "posredovano sporočilo", "proslijeđena poruka", "početak proslijeđene",
        "prosleđena poruka", "missatge reenviat", "inici del missatge",
        "birzalitako mezua", "edastatud kiri", "edastatud sõnum", "pārsūtīta ziņa", "persiųstas laiškas", "áframsent",
    ])
    private static let above = WordList([
        "reply above this line", "reply above the line", "type your reply above", "reply above this", "write above this line",
        "above this line to post a reply", "above this line to reply", "respond above this line", "please reply above",
        "antworten sie oberhalb", "antwort oberhalb dieser",
        "bitte oberhalb dieser", "über dieser linie", "über dieser zeile", "répondre au-dessus de cette ligne", "répondez au-dessus",
        "responda por encima de esta", "escriba su respuesta por encima", "responda acima desta linha", "rispondi sopra questa",
        "antwoord boven deze", "typ uw reactie boven", "svara ovanför denna", "skriv ditt svar ovanför", "vastaa tämän rivin",
        "ответьте выше", "пишите выше этой", "odpowiedz powyżej", "请在此行之上回复",
    ])

    /// What kind of separator a line is; nil where it is none.
    static func kind(_ index: Int, in body: MailBody) -> Kind? {
        let content = body.content(index)
        guard let first = content.first, content.count >= 6, content.count <= 240 else { return nil }
        let framed = isFrame(first) || content.last.map(isFrame) ?? false
        let colon = content.last == UInt8(ascii: ":") || content.suffix(3).elementsEqual([0xEF, 0xBC, 0x9A])
        guard framed || colon else { return nil }
        let words = body.lower(index)[...].droppingMarks()
        if framed, above.isPart(of: words) { return .replyAbove }
        let leading = content.prefix { isFrame($0) || $0 == 0x20 }.filter(isFrame).count
        let trailing = content.reversed().prefix { isFrame($0) || $0 == 0x20 }.filter(isFrame).count
        guard leading >= 2 || trailing >= 2 || colon else { return nil }
        if forward.prefix(of: words) != nil || leading >= 2 && words.count < 100 && forward.isPart(of: words) { return .forward }
        if leading >= 2, original.prefix(of: words) != nil { return .original }
        return nil
    }

    /// A line of nothing but `-`, `_`, `=`, `*` or `~`, at least `length` of them.
    static func isRule(_ content: ArraySlice<UInt8>, length: Int = 5) -> Bool {
        if content.count < length { return false }
        // Also the drawn rule "────".
        return content.allSatisfy { isFrame($0) || $0 == 0x20 }
            || content.count >= 9 && content.allSatisfy { $0 == 0xE2 || $0 == 0x94 || $0 == 0x80 || $0 == 0x81 || $0 == 0x95 || $0 == 0x90 }
    }

    /// Words between dashes, whatever they say: "-------- Oprindelig besked --------".
    static func isFramed(_ content: ArraySlice<UInt8>) -> Bool {
        guard content.count >= 8, content.count <= 120 else { return false }
        return content.prefix(3).allSatisfy(isFrame) && content.suffix(3).allSatisfy(isFrame)
    }

    static func isFrame(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "*")
            || byte == UInt8(ascii: "~") || byte == UInt8(ascii: "#")
    }
}
