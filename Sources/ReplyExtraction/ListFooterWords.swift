/// Lines that mailing lists and newsletters add below a mail.
enum ListFooterWords {
    static let beginnings = WordList([
        "you received this message because", "you are receiving this because", "to unsubscribe", "to post to this group",
        "to subscribe or unsubscribe", "for more options, visit", "unsubscribe:", "for additional commands", "to view this discussion",
        "this message was sent to", "if you reply to this email, your message will be added", "you received this email because",
        "sie erhalten diese nachricht", "vous recevez ce message", "has recibido este mensaje", "ricevi questo messaggio",
        "u ontvangt dit bericht", "вы получили это сообщение", "mailing list:", "list archives", "list-unsubscribe",
        "you are receiving this email because", "you are subscribed to", "you've received this", "to stop receiving",
        "if you no longer wish", "unsubscribe from", "unsubscribe here", "unsubscribe |", "click here to unsubscribe",
        "manage your subscription", "manage preferences", "update your preferences", "to change your subscription",
        "to view and respond to this", "to respond to this", "reply to this email directly", "visit this group", "visit your group",
        "you are currently subscribed", "list info:", "you have received this email because", "this email was sent to",
        "vous avez reçu ce message car", "vous recevez cet e-mail", "pour vous désabonner", "pour se désinscrire", "se désabonner",
        "se désinscrire", "um sich abzumelden", "abmelden:", "sie erhalten diese e-mail", "um den newsletter",
        "diese nachricht wurde an", "has recibido este correo", "recibes este mensaje", "para darse de baja",
        "para cancelar la suscripción", "darse de baja", "você recebeu esta mensagem", "você está recebendo", "recebeu esta mensagem",
        "para cancelar a inscrição", "para cancelar sua inscrição", "hai ricevuto questo messaggio", "per annullare l'iscrizione",
        "per disiscriverti", "per cancellarsi", "u heeft dit bericht", "je ontvangt dit bericht", "je ontvangt deze", "afmelden",
        "uitschrijven", "du får det här", "du har fått det här", "avsluta prenumeration", "avregistrera", "du modtager denne",
        "du har modtaget denne", "du mottar denne", "meld deg av", "avslutt abonnement", "sait tämän viestin", "peruuta tilaus",
        "otrzymujesz tę wiadomość", "otrzymałeś tę wiadomość", "otrzymują państwo", "aby zrezygnować", "wypisz się",
        "tuto zprávu jste obdrželi", "dostáváte tuto", "odhlásit", "túto správu ste", "odhlásiť", "ezt az üzenetet azért",
        "leiratkozás", "ați primit acest", "dezabonare", "вы получаете это", "отписаться", "чтобы отписаться", "ви отримали це",
        "ви отримуєте", "відписатися", "щоб відписатися", "получавате това", "отписване", "λάβατε αυτό", "για να καταργήσετε",
        "κατάργηση εγγραφής", "bu iletiyi", "bu mesajı", "abonelikten çık", "aboneliği iptal", "您收到此", "您收到这", "要退订", "退订", "取消订阅",
        "若要取消訂閱", "取消訂閱", "配信停止", "登録解除", "이 메일을 받은", "수신거부", "구독 취소", "להסרה מרשימת", "קיבלת הודעה זו", "לביטול ההרשמה",
        "لإلغاء الاشتراك", "تلقيت هذه الرسالة", "إلغاء الاشتراك", "لغو اشتراک", "bạn nhận được", "để hủy đăng ký", "hủy đăng ký",
        "anda menerima", "untuk berhenti berlangganan", "berhenti berlangganan", "ยกเลิกการสมัคร", "คุณได้รับ", "has rebut aquest",
        "per cancel·lar la subscripció", "primili ste ovu", "prejeli ste to",
    ])

    /// What an archive on the web says of a mail that was written there.
    static let archives = WordList(["view this message in context", "view this post", "sent from the ", "archived at "])
}
