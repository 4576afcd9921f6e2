/// How letters end, in many languages.
enum SignOffWords {
    static let beginnings = WordList([
        "regards", "best", "best regards", "kind regards", "kindest regards", "warm regards", "with regards", "with best regards",
        "with kind regards", "best wishes", "warmly", "many thanks", "thanks", "thanks a lot", "thanks again", "thanks in advance", "thank you",
        "thank you in advance", "thank you very much", "thx", "cheers", "sincerely", "yours sincerely", "sincerely yours", "yours", "yours truly",
        "yours faithfully", "respectfully", "take care", "all the best", "mit freundlichen grüßen", "mit freundlichen grüssen",
        "mit freundlichem gruß", "mit freundlichem gruss", "freundliche grüße", "freundliche grüsse", "viele grüße", "viele grüsse",
        "liebe grüße", "beste grüße", "herzliche grüße", "schöne grüße", "grüße", "gruß", "lg", "vg", "mfg", "hochachtungsvoll", "danke",
        "vielen dank", "danke und gruß", "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "vriendelijke groeten",
        "hartelijke groet", "hartelijke groeten", "groeten", "groet", "groetjes", "mvg", "hoogachtend", "bedankt", "dank", "cordialement",
        "bien cordialement", "très cordialement", "bien à vous", "sincères salutations", "salutations", "bonne journée", "cdt", "cdlt", "merci",
        "merci d'avance", "saludos", "un saludo", "un cordial saludo", "saludos cordiales", "cordialmente", "atentamente", "muchas gracias",
        "gracias", "um abraço", "abraço", "abraços", "atenciosamente", "cumprimentos", "com os melhores cumprimentos", "obrigado", "obrigada",
        "att", "cordiali saluti", "distinti saluti", "saluti", "un saluto", "grazie", "grazie mille", "med vänlig hälsning",
        "med vänliga hälsningar", "vänliga hälsningar", "vänligen", "hälsningar", "mvh", "tack", "med venlig hilsen", "venlig hilsen",
        "de bedste hilsner", "hilsen", "tak", "med vennlig hilsen", "vennlig hilsen", "takk", "ystävällisin terveisin", "terveisin", "terv",
        "kiitos", "kiitos etukäteen", "pozdrawiam", "z poważaniem", "serdecznie pozdrawiam", "dziękuję", "dzięki", "s pozdravem", "s pozdravom",
        "s úctou", "zdraví", "děkuji", "ďakujem", "üdvözlettel", "tisztelettel", "üdv", "köszönöm", "cu stimă", "cu respect", "toate cele bune",
        "mulțumesc", "s poštovanjem", "srdačan pozdrav", "lijep pozdrav", "pozdrav", "lep pozdrav", "lp", "hvala", "с уважением", "с уважение",
        "с наилучшими пожеланиями", "спасибо", "з повагою", "дякую", "поздрави", "благодаря", "с поштовањем", "με εκτίμηση", "φιλικά", "ευχαριστώ",
        "saygılarımla", "saygılar", "iyi çalışmalar", "teşekkürler", "teşekkür ederim", "lugupidamisega", "tervitades", "aitäh", "ar cieņu", "paldies",
        "pagarbiai", "ačiū", "salutacions", "atentament", "gràcies", "בברכה", "תודה", "تحياتي", "مع التحية", "شكرا", "شكراً", "با احترام", "با تشکر",
        "谢谢", "謝謝", "此致", "敬礼", "祝好", "敬祝", "よろしくお願いします", "よろしくお願いいたします", "宜しくお願い致します", "敬具", "ありがとうございます", "감사합니다",
        "고맙습니다", "안녕히 계세요", "trân trọng", "cảm ơn", "thân mến", "salam", "hormat saya", "terima kasih", "ขอแสดงความนับถือ", "ขอบคุณ", "ขอบคุณครับ",
        "ขอบคุณค่ะ",
    ])
}
