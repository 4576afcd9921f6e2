/// The words that thank-yous are made of, lower-cased.
extension Gratitude {
    /// One of these makes it thanks.
    static let thanks = set(
        """
        thanks thank thx thanx ty tysm cheers appreciated appreciate grateful
        danke dank dankeschön dankschön merci gracias obrigado obrigada valeu brigado grazie bedankt dankjewel dankuwel dankje
        tack tak takk kiitos kiitti dziękuję dzięki dziekuje dzieki děkuji díky dekuji diky děkuju ďakujem vďaka dakujem hvala
        köszönöm köszi köszönjük mulțumesc multumesc mersi mulţumesc teşekkürler teşekkür tesekkurler tesekkur sağol sağolun
        спасибо благодарю дякую благодаря спасибі ευχαριστώ ευχαριστω ευχαριστούμε aitäh paldies ačiū gràcies eskerrik
        תודה شكرا شكراً متشكر ممنون متشکرم مرسی धन्यवाद शुक्रिया kasih cảm asante faleminderit takk salamat
        """)

    /// These may stand beside it.
    static let beside = set(
        """
        you u so very much a lot again for the your quick fast great good perfect awesome super nice cool ok okay reply response answer support
        help all everyone team everything it works now that was is this and best regards kind have day weekend evening really guys hi hello
        dear bye many sincerely lovely wonderful brilliant excellent amazing done got received yes well i we to
        vielen herzlichen besten schönen lieben dir euch ihnen sehr für die das den der schnelle hilfe antwort rückmeldung und toll perfekt
        prima klasse alles klar gut hat geklappt es funktioniert jetzt nochmals nochmal tausend tag noch viele grüße liebe lg mfg vg hallo ja
        schön schöne schönes wochenende abend herzliche freundliche beste gruß freundlichen grüßen mit
        beaucoup bien à vous toi pour votre ton l aide réponse rapide parfait bonne journée et cordialement mille encore infiniment bonjour c
        est génial tout très oui soirée
        muchas mil por la el su tu ayuda respuesta rápida muy amable perfecto genial saludos buen día hola todo un saludo y buenas tardes
        muito pela pelo ajuda resposta ótimo perfeito bom dia abraço olá tudo rápida o
        mille tante molte per il aiuto risposta perfetto ottimo buona giornata saluti cordiali ciao tutto gentile
        je wel hartelijk voor de het snelle hulp reactie antwoord top fijn groet groeten fijne dag met vriendelijke
        så mycket hjälpen snabba svaret bra perfekt hej mvh för mange tusen for hjelpen hjælpen svaret mye meget tusind hilsen venlig
        paljon avusta vastauksesta nopeasta terveisin bardzo za pomoc szybką odpowiedź pozdrawiam moc rychlou odpověď veľmi pekne
        szépen nagyon a segítséget választ üdv frumos pentru ajutor răspuns ederim çok yardımınız için iyi günler
        большое огромное за помощь ответ вам тебе всё все понятно отлично супер дуже допомогу ви много πολύ για την βοήθεια σας
        רבה מאוד לך לכם جزيلا جزيلاً لك لكم خیلی बहुत आपका terima banyak ơn bạn nhiều rất sana shumë po molt asko
        """)

    static let joinedThanks = [
        "ありがとうございました", "ありがとうございます", "有難うございます", "有り難うございます", "ありがとう", "感謝いたします", "感謝します", "助かりました", "サンキュー",
        "谢谢", "謝謝", "感谢", "感謝", "多谢", "多謝", "감사합니다", "감사드립니다", "고맙습니다", "감사해요", "고마워요", "고마워", "감사", "ขอบคุณ", "ขอบใจ",
    ]

    static let joinedBeside = [
        "どうも", "本当に", "とても", "誠に", "大変", "すぐに", "非常", "十分", "您的", "你的", "您", "你", "了", "的", "帮助", "回复", "幫助", "回覆", "好的", "好",
        "정말", "너무", "많이", "네", "ครับ", "ค่ะ", "คะ", "นะ", "มากๆ", "มาก",
    ]

    private static func set(_ text: String) -> Set<String> { Set(text.split(whereSeparator: \.isWhitespace).map(String.init)) }
}
