/// Beginnings of lines that mail programs, offices and lists put below what a person wrote. All lower-case.
enum SignatureWords {
    /// "Sent from my iPhone" and its like.
    static let mobile = WordList([
        "sent from my ", "sent from mail for", "sent from mailbox", "sent from yahoo", "sent from outlook", "sent from samsung",
        "sent from a ", "sent from proton", "sent from the ", "sent from gmail", "sent from aol", "sent from spark", "sent from blue",
        "sent from nine", "sent from android", "sent from iphone", "sent from ipad", "sent from mobile", "sent from hey",
        "sent from windows mail", "sent from airmail", "sent from fastmail", "sent from workspace", "sent from zoho", "sent from tutanota",
        "sent from k-9", "sent using ", "sent via ", "sent with ", "sent by ", "sent on the go", "sent through ", "get outlook for ",
        "written on my ", "typed on my ", "composed on ", "from my iphone", "from my ipad", "from my android", "from my mobile",
        "von meinem ", "gesendet von ", "gesendet mit ", "gesendet über ", "von unterwegs gesendet", "diese nachricht wurde von meinem",
        "outlook für ", "holen sie sich outlook", "envoyé de mon ", "envoyé depuis ", "envoyé à partir de ", "envoyé avec ",
        "envoyé par mon ", "envoyé du ", "télécharger outlook", "obtenir outlook", "obtenez outlook", "provenance : ",
        "provenance: courrier",
        "enviado desde ", "enviado de ", "enviado do ", "enviado con ", "enviado com ", "enviado a través de", "enviado através",
        "enviado pelo ", "enviado via ", "obtener outlook", "obtenha o outlook", "obter o outlook", "inviato da ", "inviato dal ",
        "inviato con ", "spedito da", "scarica outlook", "ottieni outlook", "verzonden vanaf ", "verzonden met ", "verstuurd vanaf ",
        "verstuurd met ", "verzonden via ", "verstuurd via ",
        "outlook voor ", "download outlook", "skickat från ", "skickades från ", "hämta outlook", "skaffa outlook", "sendt fra ",
        "sendt med ", "hent outlook", "få outlook", "lähetetty ", "hanki outlook", "wysłano z ", "wysłane z ", "wysłano ze ",
        "pobierz outlook", "pobierz program outlook", "odesláno z", "odoslané z", "získat outlook", "získajte outlook", "küldve ",
        "elküldve ", "iphone-ról küldve", "az én ", "отправлено с ", "отправлено из ",
        "отправлено от ", "скачать outlook", "скачайте outlook", "получить outlook", "надіслано з", "відправлено з", "отримати outlook",
        "изпратено от ", "изпратено с ", "στάλθηκε από", "εστάλη από", "αποστολή από", "λήψη του outlook", "gönderildi iphone",
        "iphone'umdan gönderildi", "i̇phone'umdan gönderildi", "ipad'imden", "outlook'u edinin", "从我的", "发自我的", "来自我的", "發自我的", "從我的", "发送自",
        "發送自",
        "发自", "傳送自", "獲取outlook", "获取outlook", "下载适用于", "iphoneから送信", "ipadから送信", "私のiphoneから", "androidから送信", "outlook for ios を入手",
        "나의 iphone에서 보냄", "내 iphone에서 보냄", "나의 ipad", "נשלח מ", "نُرسلت من", "أرسلت من", "مرسل من", "تم الإرسال من", "ارسال شده از",
        "đã gửi từ ", "được gửi từ ", "gửi từ ", "dikirim dari ", "terkirim dari ", "ส่งจาก", "trimis de pe ", "trimis din ", "poslano iz ",
        "poslano z ", "poslato sa ", "poslano s ", "enviat des ", "enviat des de", "saadetud minu", "nosūtīts no", "išsiųsta iš",
        "sent från", "sendt frå ", "bidalia nire", "outlook-app für", "sent securely", "diese e-mail wurde von avast", "virus-free. ",
        "virenfrei. ", "this email has been checked for viruses", "l'absence de virus dans", "cet email a été vérifié",
        "este correo electrónico ha sido comprobado", "questa e-mail è stata controllata", "libre de virus. ",
        "garanti sans virus", "deze e-mail is gecontroleerd", "эта почта проверена", "проверено на вирусы", "mail sent from", "sent from ",
        "mymail for", "aus der gmx mail app", "diese mail wurde mit", "diese e-mail wurde mit", "inviato dalla",
    ])
    /// Endings for languages that put the device first.
    static let mobileEndings = WordList([
        "telefonomdan küldve", "készülékemről küldve", "-ról küldve", "-ről küldve", "gönderildi", "から送信", "에서 보냄", "에서 보냈습니다", "から送信しました",
    ])

    /// Paragraphs that begin like this are legal notices.
    static let legal = WordList([
        "confidentiality", "confidential:", "confidential notice", "legal disclaimer", "legal notice", "disclaimer", "important notice",
        "important:", "privileged", "notice: ", "notice of confidentiality", "this email and any", "this e-mail and any", "this email (and",
        "this e-mail (and", "this email (including", "this e-mail (including", "this e-mail, including", "this email, including",
        "this email is intended", "this e-mail is intended", "this email is confidential", "this e-mail is confidential",
        "this message is intended", "this message is confidential", "this message (including", "this message, including",
        "this message and any", "this message contains", "this email contains", "this e-mail contains", "this communication",
        "this electronic", "this transmission",
        "the information contained in this", "the information in this", "the contents of this", "the information transmitted",
        "information contained in this", "if you are not the intended", "if you have received this", "any views expressed",
        "please consider the environment", "please think before", "before printing", "think before you print", "save a tree",
        "p please consider", "this mail ",
        "diese e-mail enthält", "diese e-mail ist", "diese e-mail und", "diese nachricht ist", "diese nachricht enthält", "diese mail ",
        "der inhalt dieser e-mail", "die information in dieser", "die in dieser e-mail", "haftungsausschluss", "vertraulichkeit",
        "bitte denken sie an", "bitte prüfen sie", "ce message et", "ce message est", "ce courriel", "cet e-mail", "ce mail ",
        "ce message contient", "les informations contenues", "avis de confidentialité",
        "avertissement", "pensez à l'environnement", "avant d'imprimer", "este mensaje", "este correo", "aviso legal",
        "aviso de confidencialidad", "la información contenida", "antes de imprimir", "esta mensagem", "este e-mail", "este email",
        "a informação contida", "as informações contidas", "aviso de confidencialidade", "le informazioni contenute", "questo messaggio",
        "questa e-mail", "il presente messaggio", "il contenuto di questa", "ai sensi del",
        "avvertenza", "dit bericht", "dit e-mailbericht", "deze e-mail", "de informatie in", "de inhoud van dit", "de informatie verzonden",
        "denk aan het milieu", "detta meddelande", "detta e-post", "informationen i detta", "denne e-mail", "denne mail", "denne e-post",
        "denne meddelelse", "tämä viesti", "tämä sähköposti", "ta wiadomość", "niniejsza wiadomość", "treść tej wiadomości",
        "informacje zawarte", "tato zpráva", "tento e-mail", "tento email", "obsah této",
        "ez az e-mail", "ez az üzenet", "это сообщение", "данное сообщение", "настоящее сообщение", "информация, содержащаяся",
        "це повідомлення", "bu e-posta", "bu mesaj", "bu ileti", "本邮件", "此邮件", "本郵件", "此電子郵件", "このメール", "本メール", "이 메일은", "본 메일", "이 이메일",
        "הודעה זו", "دיסקליימר", "هذه الرسالة", "هذا البريد", "aquest missatge", "acest mesaj", "acest e-mail", "to sporočilo",
        "ova poruka",
    ])
    /// Lines that mailing lists and groups add below a mail.
    static let list = WordList([
        "you received this message because", "you are receiving this because", "to unsubscribe", "to post to this group",
        "to subscribe or unsubscribe", "for more options, visit", "unsubscribe:", "for additional commands", "view this message in context",
        "to view this discussion", "this message was sent to", "if you reply to this email, your message will be added",
        "you received this email because", "sie erhalten diese nachricht", "vous recevez ce message", "has recibido este mensaje",
        "ricevi questo messaggio", "u ontvangt dit bericht", "вы получили это сообщение", "mailing list:", "list archives",
        "list-unsubscribe",
    ])
    /// Banners that a company's mail server puts above what came from outside.
    static let banner = WordList([
        "[external", "external email", "external sender", "external message", "external:", "caution: external", "caution: this email",
        "caution: this e-mail", "caution - external", "warning: this email", "warning: external", "warning: this message",
        "this email originated from outside", "this message originated from outside", "this message was sent from outside",
        "this email was sent from outside", "this is an external email",
        "you don't often get email from", "you don’t often get email from", "some people who received this message don't often",
        "[you don't often", "attention: this email", "attention: external", "be careful with this message", "*** external",
        "sie erhalten nicht häufig", "sie erhalten nicht oft", "einige personen, die diese nachricht", "[extern", "achtung: externe",
        "externe e-mail", "vorsicht: ", "diese e-mail kommt von außerhalb", "diese e-mail stammt von", "vous n’obtenez pas souvent",
        "vous n'obtenez pas souvent",
        "vous ne recevez pas souvent", "[externe", "attention : ce message", "attention: ce courriel", "no suele recibir", "[no suele",
        "[externo", "correo externo", "precaución: ", "atención: este correo", "não é frequente receber", "você não costuma receber",
        "email externo", "non ricevi spesso", "[esterno", "attenzione: questa", "u ontvangt niet vaak", "let op: deze", "du får inte ofta",
        "du modtager ikke ofte", "du får ikke ofte", "[ekstern", "niewiele wiadomości", "nie otrzymujesz często", "wiadomość zewnętrzna",
    ])
}
