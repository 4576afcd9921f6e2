/// The words by which servers say why, where they write no code.
enum FailureWords {
    /// The status that a line in lower case means; nil where it says nothing known.
    static func status(_ line: String) -> String? { reasonWords.first(in: line).map { statuses[$0] } }

    /// - Parameter line: in lower case.
    static func sayDelayed(_ line: String) -> Bool { delays.first(in: line) != nil }

    private static let reasonWords = PhraseList(reasons.flatMap(\.words))
    /// For each of those words what it means.
    private static let statuses = reasons.flatMap { reason in reason.words.map { _ in reason.status } }

    private static let reasons: [(status: String, words: [String])] = [
        (
            "5.2.2",
            [
                "mailbox is full", "mailbox full", "over quota", "quota exceeded", "exceeded the local limit", "exceeds allowed size",
                "exceeded storage", "mailbox has exceeded", "inbox is full", "too many messages in", "is over quota", "disk quota",
                "postfach voll", "postfach ist voll", "boîte aux lettres pleine", "boite pleine", "buzón lleno", "caixa cheia",
                "casella piena", "ящик переполнен", "容量", "邮箱已满", "메일함 용량",
            ]
        ),
        (
            "5.1.1",
            [
                "user unknown", "unknown user", "no such user", "no such recipient", "no such mailbox", "no mailbox here", "does not exist",
                "doesn't exist", "do not exist", "unknown recipient", "recipient unknown", "recipient name is not recognized", "not found",
                "wasn't found", "invalid address", "invalid recipient", "invalid mailbox", "address rejected", "unknown address",
                "not listed in", "mailbox unavailable", "unrouteable address", "no longer valid", "account is disabled", "account disabled",
                "account has been disabled", "not our customer", "unknown local part", "bad destination mailbox", "rejected recipient",
                "existiert nicht", "unbekannter benutzer", "unbekannter empfänger", "nicht gefunden", "n'existe pas", "introuvable",
                "no existe", "não existe", "non esiste", "bestaat niet", "finns inte", "findes ikke", "finnes ikke", "ei löydy",
                "nie istnieje", "neexistuje", "nem létezik", "не существует", "не найден", "bulunamadı", "見つから", "存在しない", "ありません",
                "不存在", "존재하지",
            ]
        ),
        (
            "5.1.2",
            [
                "host unknown", "unknown host", "host not found", "domain not found", "name or service not known", "no such domain",
                "unknown domain", "dns error", "domain does not", "no mx", "mx record",
            ]
        ),
        (
            "5.3.4",
            ["too large", "size limit", "maximum size", "message size", "zu groß", "trop volumineux", "demasiado grande", "слишком велик"]
        ),
        (
            "5.7.1",
            [
                "access denied", "blocked", "blacklist", "blocklist", "spam", "policy", "not authorized", "not permitted", "dmarc",
                "relaying denied",
                "relay denied", "rejected by the recipient", "content rejected", "verweigert",
            ]
        ),
        ("4.4.1", ["timed out", "timeout", "connection refused", "could not connect", "no route to host", "unable to connect"]),
        ("4.0.0", ["temporar", "try again later", "greylist", "graylist"]),
    ]

    private static let delays = PhraseList([
        "delayed", "still trying", "still being retried", "will be retried", "will keep trying", "continue to try",
        "not yet been delivered",
        "not been delivered yet", "could not send message for past", "this is a warning message only", "you do not need to resend",
        "delivery temporarily", "retry for", "verzögert", "noch nicht zugestellt", "a été retardé", "remise différée", "retrasad",
        "retraso",
        "atrasad", "ritardat", "vertraagd", "försenad", "forsinket", "viivästy", "opóźni", "zpožděn", "задерж", "gecik", "遅延", "遅れて", "延迟",
        "延遲", "지연",
    ])
}
