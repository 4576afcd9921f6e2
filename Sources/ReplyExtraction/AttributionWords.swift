/// Words of the line that a mail program writes above a quote: "On 1 March 2026 at 10:00, Sam <sam@example.test> wrote:".
enum AttributionWords {
    /// Verbs that stand directly before the colon.
    static let closing = WordList([
        "wrote", "writes", "said", "has written", "a écrit", "écrit", "a ecrit", "escribió", "escribio", "ha escrito", "escribiu",
        "escreveu", "ha scritto", "scrive",
        "schreef", "geschreven", "het volgende geschreven", "schrieb", "geschrieben", "napsal", "napsala", "napsal(a)", "napísal",
        "napísala", "napísal(a)", "napisał", "napisała",
        "napisał(a)", "napisali", "pisze", "napisao", "napisala", "napisao/la je", "napisao je", "napisala je", "je napisao", "je napisala",
        "je napisao/la", "skrev", "skrev följande", "kirjoitti", "kirjutas", "rakstīja",
        "parašė", "írta", "írta:", "ezt írta", "a scris", "написал", "написала", "написал(а)", "пишет", "пише", "написав", "написала",
        "написав(ла)", "написа", "написа:", "wrote on",
        "έγραψε", "yazdı", "şunları yazdı", "şunu yazdı", "tarihinde şunu yazdı", "写道", "寫道", "写到", "撰寫", "のメッセージ", "が書きました", "さんは書きました",
        "님이 작성", "작성", "씀", "wrote message",
        "đã viết", "viết", "menulis", "tulis", "เขียนว่า", "เขียน", "כתב", "כתבה", "כתב/ה", "מאת", "كتب", "كتبت", "نوشت", "va escriure",
        "ha escrit", "idatzi du", "skrifaði",
        "ha scritto il seguente messaggio", "scriveva", "a écrit le message suivant", "schreef het volgende", "ne yazdı", "yazmış", "লিখেছেন",
        "ने लिखा", "je napisal", "je napisala",
    ])
    /// Verbs that stand before the name: "Am … schrieb Sam:", "Den … skrev Sam:".
    static let middle = WordList([
        " schrieb ", " skrev ", " schreef ", " napisał ", " napisała ", " napisał(a) ", " escribió ", " escreveu ", " écrit ", " napsal ",
        " написал ", " написала ", " kirjoitti ", " írta ", " a scris ", " scrisse ", " heeft ", " pisze ", " написа ", " пише ",
        " написав ", " geschrieben ", " 写道 ", " 寫道 ", " va escriure ", " idatzi ",
    ])
    /// Words that such a line begins with.
    static let opening = WordList([
        "on ", "am ", "le ", "el ", "il ", "op ", "den ", "w dniu ", "dnia ", "em ", "a ", "dne ", "dňa ", "v ", "på ", "ons ", "в ", "на ",
        "у ", "στις ", "la ", "pe ", "în ", "data ", "tarihinde ",
        "vào ", "pada ", "เมื่อ ", "ב", "בתאריך ", "في ", "در ", "het ", "in ", "at ", "from: ", "dana ", "dne: ", "u ", "ngày ", "este ",
        "da ", "op: ", "om ", "kl ", "ti ", "ma ", "ke ", "to ",
        "pe ", "su ", "la ", "am: ", "date: ", "--- ", "---- ", "----- ", "il giorno ", "el día ", "no dia ", "quoting ", "citando ",
        "zitat von ", "cita ", "in reply to ", "in a message dated ",
        "dátum: ", "der ", "gesendet ", "von: ", "el ", "els ", "on: ", "mail from ", "fecha: ",
    ])
    /// Whole beginnings that name a sender without a date: "Quoting Sam <sam@example.test>:".
    static let quoting = WordList([
        "quoting ", "zitat von ", "citando ", "citando a ", "in a message dated ", "in reply to ", "citat ", "cytowanie ", "quota ",
    ])
    static let weekdays = WordList([
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so", "lun", "mar", "mer", "jeu", "ven", "sam",
        "dim", "mié", "jue", "vie", "sáb", "dom", "gio", "seg",
        "ter", "qua", "qui", "sex", "ma", "wo", "vr", "za", "zo", "man", "tir", "ons", "tor", "fre", "lør", "søn", "mån", "tis", "lör",
        "sön", "pon", "wt", "śr", "czw", "pt", "sob", "niedz",
        "пн", "вт", "ср", "чт", "пт", "сб", "вс", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
    ])
}
