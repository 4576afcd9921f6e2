/// Names of header lines as mail programs print them above an earlier mail, in many languages.
enum HeaderNames {
    enum Kind: Int, Sendable {
        case from, to, date, subject, copy, replyTo, other
    }

    /// The kind of a name in lower case, without colon and emphasis; nil where it is no header's.
    static func kind(of name: ArraySlice<UInt8>) -> Kind? {
        // Italian and Portuguese: "A: Ada".
        if name.count == 1 { return name.first == UInt8(ascii: "a") ? .to : nil }
        return names.number(of: name).map { kinds[$0] }
    }

    /// The longest name in bytes.
    static let longest = 40

    private static let names = WordList(entries.map(\.name))
    private static let kinds = entries.map(\.kind)
    private static let entries = groups.flatMap { group in group.1.split(separator: "|").map { (kind: group.0, name: String($0)) } }

    private static let groups: [(Kind, String)] = [
        (
            .from,
            "from|von|de|da|van|från|fra|lähettäjä|od|feladó|от|від|από|kimden|gönderen|发件人|寄件者|寄件人|差出人|送信者|보낸 사람|보낸사람|발신|מאת|من|از|từ|người gửi|dari|pengirim|จาก|จาก|de la|expeditor|expéditeur|"
                + "remitente|remetente|mittente|absender|afzender|avsändare|avsender|afsender|nadawca|odesílatel|odosielateľ|pošiljatelj|šalje|пошиљалац|од|saatja|kellelt|nuo|siuntėjas|no|sūtītājs|frá|nork|da parte di|"
                + "отправитель|відправник|подател|отправлено от|reply from|envoyé par|enviado por|gesendet von|inviato da|verzonden door|发送人|mailto|feladó (from)|de part de|remitent|kimdən|от кого|від кого|से|प्रेषक|প্রেরক|প্রেরকঃ|ومن"
        ),
        (
            .to,
            "to|an|à|para|aan|till|til|vastaanottaja|do|komu|címzett|кому|до|προς|kime|alıcı|收件人|收件者|宛先|받는 사람|받는사람|수신|אל|إلى|الى|به|đến|tới|người nhận|kepada|ถึง|către|catre|destinataire|destinatario|destinatário|"
                + "empfänger|ontvanger|mottagare|mottaker|modtager|prima|za|за|saaja|kellele|kam|kam:|gavėjas|kam|viðtakandi|nori|per|pour|получатель|адресат|adresat|primatelj|prejemnik|a:|per a|kimə|प्रति"
        ),
        (
            .date,
            "date|sent|dată|message du|datum|gesendet|gesendet am|date d'envoi|envoyé|envoyé le|envoye|fecha|enviado|enviado el|enviada|enviada em|enviado em|enviado a|data|data d'enviament|inviato|inviato il|verzonden|verzonden op|verstuurd|datum verzonden|skickat|"
                + "skickad|dato|sendt|lähetetty|päivämäärä|päiväys|data wysłania|wysłano|wysłane|data|odesláno|odoslané|dátum|elküldve|küldve|dátum|дата|отправлено|отправлен|отправена|дата отправки|надіслано|надісланий|изпратено|ημερομηνία|στάλθηκε|απεσταλμένα|tarih|"
                + "gönderildi|gönderme tarihi|gönderilme tarihi|日期|发送时间|发送日期|时间|日付|日時|送信日時|送信|寄件日期|傳送時間|날짜|보낸 날짜|보낸날짜|작성일|תאריך|נשלח|נשלח ב|نشלח|التاريخ|تاريخ|تم الإرسال|ارسال شده|تاریخ|ngày|đã gửi|gửi|thời gian|tanggal|terkirim|dikirim|วันที่|ส่ง|เวลา|trimis|poslano|poslato|датум|послато|kuupäev|saadetud|išsiųsta|nosūtīts|sent on|sent at|sendt den|expédié|noiz|bidalia|dia|hora|भेजा गया|"
                + "date sent|sent date|created|received|verschickt|versendet|gönderim tarihi"
        ),
        (
            .subject,
            "subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|predmet|tárgy|тема|θέμα|konu|主题|主旨|主題|件名|제목|נושא|הנושא|الموضوع|موضوع|chủ đề|tiêu đề|subjek|perihal|หัวข้อ|เรื่อง|subiect|zadeva|"
                + "teema|tema|temats|efni|gaia|предмет|относно|title|titre|assumpte|mövzu|subj|naslov|विषय"
        ),
        (
            .copy,
            "cc|copy|copie|copie à|kopie|kopie an|copia|cópia|kopia|kopi|kopio|másolat|másolatot kap|копия|копія|κοιν|κοινοποίηση|bilgi|抄送|副本|抄送人|参照|참조|עותק|העתק|نسخة|نسخة إلى|رونوشت|đồng gửi|tembusan|สำเนา|bcc|cci|cco|ccn|dw|udw|kopija|kópia|к"
                + "|do wiadomości|v kopii|копие|cc to"
        ),
        (
            .replyTo,
            "reply-to|reply to|antwort an|antworten an|répondre à|responder a|responder para|rispondi a|antwoord aan|svar till|svar til|odpowiedz do|ответить|回复|返信先|please respond to"
        ),
        (
            .other,
            "importance|priority|attachments|attachment|anlage|anlagen|anhang|pièces jointes|pièce jointe|importance :|wichtigkeit|importancia|archivos adjuntos|adjuntos|datos adjuntos|anexos|allegati|priorità|bijlage|bijlagen|urgentie|bilagor|"
                + "bilaga|vedlegg|vedhæftede filer|załączniki|priorytet|ważność|přílohy|důležitost|prílohy|mellékletek|вложения|важность|вкладення|附件|重要性|添付ファイル|重要度|첨부|중요도|organization|organisation|message-id|mime-version|content-type|sensitivity|x-mailer|user-agent|conversation|newsgroups|"
                + "sender|resent-from|mailed-by|signed-by|security|list-id|mailing list"
        ),
    ]
}
