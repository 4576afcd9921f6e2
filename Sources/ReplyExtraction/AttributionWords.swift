/// Words of the line that a mail program writes above a quote: "On 1 March 2026 at 10:00, Sam <sam@example.test> wrote:".
enum AttributionWords {
    /// Verbs that stand directly before the colon.
    static let closing = WordList([
        // English, German, Dutch
        "wrote", "writes", "said", "has written", "wrote on", "wrote message", "wrote the following", "schrieb", "schrieb folgendes",
        "geschrieben", "hat geschrieben", "schreibt", "schreef", "schrijft", "geschreven", "het volgende geschreven",
        "schreef het volgende", "skreef", "skryf",
        // French, Spanish, Portuguese, Italian, Catalan, Galician, Romanian
        "a écrit", "écrit", "a ecrit", "écrivait", "a écrit le message suivant", "escribió", "escribio", "ha escrito", "escribe",
        "escribía",
        "escreveu", "escreveu o seguinte", "escreve", "escribiu", "ha scritto", "scrive", "scrisse", "scriveva",
        "ha scritto il seguente messaggio", "va escriure", "ha escrit", "escrigué", "a scris", "a scris următoarele", "scrie",
        // Swedish, Danish, Norwegian, Icelandic, Finnish, Estonian, Latvian, Lithuanian
        "skrev", "skrev följande", "skrev følgende", "skriver", "har skrivit", "skrifaði", "ritaði", "kirjoitti", "kirjoitti seuraavasti",
        "kirjutas", "kirjutas järgmist", "rakstīja", "raksta", "parašė", "rašė", "rašo",
        // Polish, Czech, Slovak, Slovene, Croatian, Serbian, Hungarian, Albanian
        "napisał", "napisała", "napisał(a)", "napisali", "napisał/a", "pisze", "napsal", "napsala", "napsal(a)", "napsali", "píše",
        "napísal", "napísala", "napísal(a)", "napisal", "napisala", "napisal/a", "je napisal", "je napisala", "je napisal(a)", "napisao",
        "napisao/la", "napisao/la je", "napisao je", "napisala je", "je napisao", "je napisao/la", "је написао", "је написала",
        "је написао/ла",
        "написао је", "написала је", "piše", "írta", "ezt írta", "a következőt írta", "shkroi", "ka shkruar",
        // Russian, Ukrainian, Belarusian, Bulgarian, Macedonian, Greek, Turkish, Azerbaijani
        "написал", "написала", "написал(а)", "написал (а)", "написал(a)", "пишет", "писал", "писал(а)", "пише", "написав", "написав(ла)",
        "написав(-ла)", "писав", "написаў", "піша", "написа", "напиша", "έγραψε", "έγραψαν", "γράφει", "yazdı", "şunları yazdı",
        "şunu yazdı",
        "tarihinde şunu yazdı", "tarihinde yazdı", "yazmış", "ne yazdı", "yazıb", "dedi ki",
        // Chinese, Japanese, Korean
        "写道", "寫道", "写到", "寫到", "撰寫", "撰写", "编写", "说", "のメッセージ", "が書きました", "さんは書きました", "さんが書きました", "は書きました", "のメール", "님이 작성", "작성",
        "씀", "님이 씀", "님이 쓴 글", "썼습니다", "님이 썼습니다", "보냄",
        // Vietnamese, Indonesian, Malay, Thai, Filipino, Hindi, Bengali
        "đã viết", "viết", "menulis", "tulis", "menulis sebagai berikut", "เขียนว่า", "เขียน", "ได้เขียนว่า", "sumulat", "ने लिखा", "लिखा",
        "লিখেছেন",
        // Hebrew, Arabic, Persian
        "כתב", "כתבה", "כתב/ה", "מאת", "כתב ‫", "كتب", "كتبت", "كتب/كتبت", "كتب ما يلي", "كتبَ", "نوشت", "نوشته است", "نوشته",
        // Basque, Welsh, Irish
        "idatzi du", "igorleak hau idatzi du", "ysgrifennodd", "scríobh",
    ])

    /// Verbs that stand before the name: "Am … schrieb Sam:", "Den … skrev Sam:".
    static let middle = WordList([
        " schrieb ", " skrev ", " schreef ", " napisał ", " napisała ", " napisał(a) ", " escribió ", " escreveu ", " écrit ", " napsal ",
        " napsal(a) ", " napísal ", " napísal(a) ", " написал ", " написала ", " написал(а) ", " kirjoitti ", " írta ", " írta: ",
        " a scris ",
        " scrisse ", " ha scritto ", " heeft ", " pisze ", " написа ", " пише ", " написав ", " geschrieben ", " 写道 ", " 寫道 ",
        " va escriure ", " idatzi ", " wrote ", " kirjutas ", " rakstīja ", " parašė ", " je napisal ", " je napisao ", " yazdı ",
        " schreibt ",
        " menulis ", " đã viết ", " έγραψε ", " כתב ", " كتب ", " نوشت ", " ezt írta ",
    ])

    /// The same verbs with one who is no name: "Am 3. März 2026 schrieb ich:".
    static let personal = WordList([
        " schrieb ich", " schrieb er ", " schrieb sie ", " schrieb mir", " skrev jag", " skrev jeg", " skrev vi ", " skrev du",
        " schreef ik",
        " schreef u ", " schreef je", " wrote to ", " wrote you", " wrote in", " wrote that", " wrote a", " wrote the", " ha scritto a",
        " написал вам",
        " написал я", " kirjoitti minulle", " geschrieben:", " heeft u", " heeft iemand",
    ])

    /// Words that such a line begins with.
    static let opening = WordList([
        "on ", "on: ", "at ", "in ", "date: ", "from: ", "mail from ", "in reply to ", "in a message dated ", "message du ", "--- ",
        "---- ",
        "----- ", "quoting ", "am ", "am: ", "der ", "gesendet ", "von: ", "zitat von ", "op ", "op: ", "het ", "le ", "el ", "el día ",
        "los ",
        "la ", "als ", "els ", "em ", "no dia ", "a ", "o ", "il ", "il giorno ", "data ", "citando ", "cita ", "fecha: ", "da ", "den ",
        "på ",
        "kl ", "þann ", "þri", "mán", "fös", "lau", "sun", "mið", "fim", "ke ", "ti ", "ma ", "to ", "pe ", "su ", "la ", "w dniu ",
        "dnia ", "dne ",
        "dne: ", "dňa ", "v ", "u ", "dana ", "dátum: ", "este ", "kuupäeval ", "pirmd", "otrd", "trešd", "ceturtd", "piektd", "sestd",
        "svētd",
        "în ", "în data ", "la data ", "в ", "во ", "на ", "у ", "дана ", "στις ", "στις: ", "την ", "tarihinde ", "vào ", "ngày ", "lúc ",
        "pada ", "pd ", "เมื่อ ", "ב", "בתאריך ", "في ", "بتاريخ ", "در ", "در تاریخ ", "noong ", "om ", "dia ",
    ])

    /// Whole beginnings that name a sender without a date: "Quoting Sam <sam@example.test>:".
    static let quoting = WordList([
        "quoting ", "zitat von ", "citando ", "citando a ", "in a message dated ", "in reply to ", "citat ", "cytowanie ", "quota ",
        "citation de ", "citerar ", "citer ", "siterer ", "citeren ", "цитирую ", "cito ",
    ])

    static let weekdays = WordList([
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so", "lun", "mar", "mer", "jeu", "ven", "sam",
        "dim", "mié", "mie", "jue", "vie", "sáb", "sab", "dom", "gio", "seg", "ter", "qua", "qui", "sex", "ma", "wo", "vr", "za", "zo",
        "man",
        "tir", "ons", "tor", "fre", "lør", "søn", "mån", "tis", "lör", "sön", "pon", "wt", "śr", "czw", "pt", "sob", "niedz", "niedziela",
        "po ",
        "út", "st ", "čt", "pá", "ne ", "ut ", "št", "pi ", "so ", "tor.", "sre", "čet", "pet", "ned", "uto", "sri", "sub", "hét", "kedd",
        "szerda",
        "csüt", "pént", "szom", "vas", "dv", "dt", "dc", "dj", "ds", "dg", "lu", "mi", "jo", "vi", "du", "joi", "dum", "esm", "tei", "kol",
        "nel",
        "ree", "lau", "püh", "pr", "an", "tr", "ak", "pn", "kt", "pzt", "sal", "çar", "per", "cum", "cmt", "paz", "пн", "вт", "ср", "чт",
        "пт", "сб",
        "вс", "нд", "пон", "уто", "сре", "чет", "пет", "суб", "нед", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота",
        "воскресенье", "понеделник", "сряда", "четвъртък", "петък", "събота", "неделя", "понеділок", "вівторок", "середа", "четвер", "δευ",
        "τρί", "τετ", "πέμ", "παρ", "σάβ", "κυρ", "sen", "sel", "rab", "kam", "jum", "min", "ti", "ke", "to", "pe", "su", "la",
    ])

    /// Who is no name: "On 3 March 2026 you wrote:".
    static let pronouns = WordList([
        " i", " you", " he", " she", " we", " they", " who", " it", " ich", " du", " sie", " er", " wir", " ihr", " ik", " jij", " u",
        " je", " hij",
        " zij", " wij", " jullie", " vous", " tu", " il", " elle", " on", " nous", " ils", " j'", " vous avez", " vous m'avez", " usted",
        " ustedes", " yo",
        " me", " te", " él", " ella", " você", " eu", " ele", " ela", " lei", " io", " lui", " mi", " ti", " jag", " han", " hon", " vi",
        " ni", " de", " jeg",
        " hun", " dere", " minä", " sinä", " hän", " te", " ty", " on", " ona", " pan", " pani", " vy", " ви", " вы", " я", " он", " она",
        " мы", " они", " ти",
        " вие", " аз", " εγώ", " εσείς", " ben", " sen", " siz", " biz",
    ])
}
