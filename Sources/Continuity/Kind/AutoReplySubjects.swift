/// How the subjects of automatic answers begin, by language.
///
/// Only phrases that people do not begin their own subjects with stand here: “holiday”, “Urlaub” or “absent” alone do not.
enum AutoReplySubjects {
    static func match(_ subject: String) -> String? { SubjectWords.opening(subject, among: byBegin) }

    static let phrases = SubjectWords.phrases(table)
    private static let byBegin = SubjectWords.byBegin(phrases)

    /// One line a language.
    static let table = """
        en: automatic reply | automated reply | automatic response | automated response | auto reply | auto-reply | autoreply | \
            auto response | auto-response | autoresponse | autoresponder | auto-responder | vacation reply | vacation response | \
            vacation auto-reply | out of office autoreply | out of office auto-reply | out of office reply | \
            out of office notification | out of office message | out of office response | out of office | out-of-office reply | \
            out-of-office | out of the office reply | out of the office | i am out of the office | i'm out of the office | \
            i am out of office | i'm out of office | away from the office | away from my mail | away from my email
        de: automatische antwort | automatische rückantwort | automatische rückmeldung | automatische abwesenheitsnotiz | \
            automatische nachricht | automatische eingangsbestätigung | abwesenheitsnotiz | abwesenheitsnachricht | \
            abwesenheitsmeldung | abwesenheitsagent | abwesenheitsassistent | abwesenheitsinfo | autom. antwort | nicht im büro | \
            außer haus | ausser haus
        fr: réponse automatique | reponse automatique | message automatique | message d'absence | notification d'absence | \
            avis d'absence | absence du bureau | absent du bureau | absent(e) du bureau | absente du bureau | \
            réponse d'absence du bureau | hors du bureau | en dehors du bureau
        es: respuesta automática | respuesta automatica | mensaje automático | fuera de la oficina | fuera de oficina | \
            ausente de la oficina | aviso de ausencia
        pt: resposta automática | resposta automatica | mensagem automática | fora do escritório | fora do escritorio | \
            ausente do escritório | aviso de ausência | ausência temporária
        it: risposta automatica | messaggio automatico | fuori sede | fuori ufficio | assente dall'ufficio | avviso di assenza | \
            messaggio di assenza
        nl: automatisch antwoord | automatische reactie | automatische beantwoording | automatisch bericht | afwezigheidsassistent | \
            afwezigheidsbericht | afwezigheidsmelding | niet op kantoor | niet aanwezig op kantoor
        sv: autosvar | automatiskt svar | automatsvar | frånvaromeddelande | frånvarobesked | inte på kontoret | ej på kontoret
        da: automatisk svar | autosvar | fraværsmeddelelse | fraværsbesked | ikke på kontoret
        nb: automatisk svar | autosvar | fraværsmelding | fraværsassistent | ikke på kontoret
        is: sjálfvirkt svar
        fi: automaattinen vastaus | automaattivastaus | poissaoloviesti | poissaoloilmoitus | poissa toimistolta
        et: automaatvastus | automaatne vastus | kontorist väljas
        lv: automātiskā atbilde | automātiska atbilde | prombūtnes paziņojums
        lt: automatinis atsakymas | automatinis atsakas
        pl: automatyczna odpowiedź | odpowiedź automatyczna | autoodpowiedź | poza biurem | nieobecność w biurze
        cs: automatická odpověď | automatická odpoveď | mimo kancelář | nepřítomnost v kanceláři
        sk: automatická odpoveď | mimo kancelárie | mimo kanceláriu
        hu: automatikus válasz | irodán kívül | házon kívül
        ro: răspuns automat | raspuns automat | în afara biroului
        hr: automatski odgovor | izvan ureda
        sr: аутоматски одговор | одсутан из канцеларије
        sl: samodejni odgovor | avtomatski odgovor | odsotnost z delovnega mesta
        bg: автоматичен отговор | извън офиса
        mk: автоматски одговор
        ru: автоматический ответ | автоответ | автоматическое уведомление | отсутствую на рабочем месте | вне офиса
        uk: автоматична відповідь | автовідповідь | поза офісом
        el: αυτόματη απάντηση | εκτός γραφείου | απουσία από το γραφείο
        tr: otomatik yanıt | otomatik yanit | otomatik cevap | ofis dışında | ofis dışındayım
        he: תשובה אוטומטית | מענה אוטומטי | הודעה אוטומטית | מחוץ למשרד
        ar: رد تلقائي | الرد التلقائي | رد آلي | خارج المكتب
        fa: پاسخ خودکار
        hi: स्वचालित उत्तर | स्वतः उत्तर
        th: ตอบกลับอัตโนมัติ | การตอบกลับอัตโนมัติ
        vi: trả lời tự động | thư trả lời tự động | vắng mặt tại văn phòng
        id: balasan otomatis | jawaban otomatis | di luar kantor
        ms: balasan automatik | jawapan automatik
        zh: 自动答复 | 自动回复 | 自動回覆 | 自動答覆 | 自動回復 | 不在办公室 | 不在辦公室 | 外出自动回复
        ja: 自動応答 | 自動返信 | 自動回答 | 不在通知 | 不在のお知らせ | 不在連絡
        ko: 자동 회신 | 자동회신 | 자동 응답 | 자동응답 | 자동 답장 | 부재중 자동 | 부재 중 알림 | 부재중 알림
        ca: resposta automàtica | fora de l'oficina
        eu: erantzun automatikoa
        cy: ateb awtomatig
        ga: freagra uathoibríoch
        sq: përgjigje automatike
        """
}
