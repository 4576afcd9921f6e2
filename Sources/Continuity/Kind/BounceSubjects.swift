/// How the subjects of delivery failures begin, by language. Never a sign alone: customers write “Delivery failed” about parcels.
enum BounceSubjects {
    static func match(_ subject: String) -> String? {
        let text = SubjectWords.normal(subject)
        // Languages without spaces put the verb last.
        return text.first.flatMap { byBegin[$0]?.first { text.hasPrefix($0) } } ?? eastAsian.first(in: Array(text.utf8))
    }

    static let phrases = SubjectWords.phrases(table)
    private static let byBegin = SubjectWords.byBegin(phrases)
    private static let eastAsian = PhraseSet(phrases.filter { ($0.unicodeScalars.first?.value ?? 0) >= 0x3000 })

    /// One line a language.
    static let table = """
        en: undelivered mail | undeliverable | undelivered | delivery status notification | mail delivery failed | \
            mail delivery failure | mail delivery problem | mail delivery status | mail delivery error | mail delivery subsystem | \
            mail delivery system | message delivery failure | message delivery failed | message undeliverable | message not delivered | \
            message delayed | message status - undeliverable | mail could not be delivered | mail not delivered | mail undeliverable | \
            mail failure | mail system error | mail error | email delivery failure | email could not be delivered | \
            e-mail delivery failure | delivery failure | delivery failed | delivery has failed | delivery error | delivery problem | \
            delivery report | delivery notification | delivery delayed | delivery unsuccessful | delivery attempt | \
            delivery temporarily | failure notice | failure delivery | failure to deliver | failed delivery | failed mail | \
            failed to deliver | unable to deliver | could not deliver | couldn't be delivered | cannot send message | \
            could not send message | could not send email | returned mail | returned to sender | return to sender | nondeliverable | \
            non-deliverable | non delivery | nondelivery | non-delivery | rejected mail | mail rejected | rejected: | \
            warning: could not send | warning: message | user unknown | bounced mail | bounced message | dsn: | ndn: | ndr: | \
            mailbox full | quota exceeded
        de: unzustellbar | nicht zustellbar | unzustellbare | zustellung fehlgeschlagen | zustellfehler | fehler bei der zustellung | \
            benachrichtigung zum übermittlungsstatus | ihre nachricht konnte nicht | nachricht nicht zugestellt | \
            übermittlung fehlgeschlagen
        fr: non remis | non distribuable | échec de la remise | echec de la remise | échec de la distribution | échec d'envoi | \
            notification d'état de remise | avis de non-remise | message non délivré | courrier non délivré | rapport de non-remise
        es: no se puede entregar | no entregado | no se pudo entregar | correo no entregado | correo devuelto | mensaje devuelto | \
            error de entrega | fallo de entrega | entrega fallida | notificación de estado de entrega | no entregable
        pt: não entregue | não é possível entregar | não foi possível entregar | falha na entrega | falha de entrega | erro na entrega | \
            mensagem não entregue | mensagem devolvida | notificação do status de entrega | não entregável | não é possível a entrega
        it: non recapitabile | messaggio non recapitato | mancato recapito | mancata consegna | avviso di mancata consegna | \
            consegna non riuscita | notifica sullo stato del recapito | errore di consegna | impossibile recapitare
        nl: onbestelbaar | niet te bezorgen | niet bezorgd | bezorging mislukt | aflevering mislukt | kan niet worden bezorgd
        sv: kan inte levereras | olevererbart | ej levererat | leveransfel | leveransen misslyckades | kunde inte levereras | \
            ej levererbart
        da: kan ikke leveres | ikke leveret | leveringsfejl | leveringen mislykkedes | uleveret
        nb: kan ikke leveres | ikke levert | leveringsfeil | leveringen mislyktes | uleverbar
        fi: toimitus epäonnistui | ei voida toimittaa | toimittamaton | toimittamatta | viestiä ei voitu toimittaa
        et: edastamatu | kohaletoimetamine nurjus
        lv: nepiegādājams | nevar piegādāt
        lt: nepristatytas | nepavyko pristatyti
        pl: niedostarczalne | niedostarczona | nie można dostarczyć | nie dostarczono | błąd dostarczania | \
            powiadomienie o stanie dostarczenia
        cs: nedoručitelné | nedoručitelná | nedoručeno | doručení se nezdařilo | nelze doručit | selhání doručení
        sk: nedoručiteľné | nedoručené | doručenie zlyhalo | nie je možné doručiť
        hu: kézbesíthetetlen | nem kézbesíthető | sikertelen kézbesítés | a kézbesítés sikertelen
        ro: imposibil de livrat | nelivrabil | nelivrat | livrare eșuată | livrarea a eșuat
        hr: nije moguće isporučiti | neisporučivo | isporuka nije uspjela
        sl: ni mogoče dostaviti | nedostavljivo | dostava ni uspela
        bg: недоставено | не може да бъде доставено | недоставимо
        sr: није могуће испоручити | nije moguće isporučiti | неиспоручено
        ru: недоставлено | не доставлено | не удалось доставить | недоставленное сообщение | ошибка доставки | сообщение не доставлено | \
            уведомление о доставке
        uk: не доставлено | недоставлено | не вдалося доставити | помилка доставки
        el: δεν είναι δυνατή η παράδοση | μη παραδοτέο | αποτυχία παράδοσης | δεν παραδόθηκε
        tr: teslim edilemedi | teslim edilemeyen | iletilemedi | teslimat başarısız | gönderilemedi
        he: לא ניתן למסירה | לא ניתן למסור | כשל במסירה | המסירה נכשלה
        ar: تعذر التسليم | لم يتم التسليم | فشل التسليم | غير قابل للتسليم
        th: ไม่สามารถส่ง | การส่งล้มเหลว
        vi: không thể gửi | gửi thư thất bại | không gửi được
        id: tidak terkirim | gagal terkirim | tidak dapat dikirim
        zh: 系统退信 | 系統退信 | 退信 | 未送达 | 未送達 | 无法投递 | 無法投遞 | 无法送达 | 無法傳遞 | 邮件投递失败 | 未传递 | 未傳遞 | 投递失败
        ja: 配信不能 | 配信できません | 配信エラー | 未配信 | 送信エラー | エラーメール | メール配信エラー | 配信失敗 | 送信できませんでした
        ko: 배달되지 않음 | 배달 못함 | 배달할 수 없음 | 배달 실패 | 전송 실패 | 반송 | 메일 전송 실패 | 수신자에게 전달되지
        """
}
