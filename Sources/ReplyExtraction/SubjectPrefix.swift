/// What mail programs put before a subject when a mail is sent on, in many languages.
enum SubjectPrefix {
    static func saysForward(_ subject: String) -> Bool { forward.prefix(of: bare(subject)[...]) != nil }

    private static func bare(_ subject: String) -> [UInt8] { LowercaseBytes.of(Array(subject.utf8.drop { $0 <= 0x20 }.prefix(60))) }

    private static let forward = WordList([
        "fw:", "fwd:", "fw :", "fwd :", "fwd ", "fw：", "fwd：", "[fwd:", "[fw:", "wg:", "wtr:", "weitergeleitet:", "tr:", "tr :", "trans:",
        "transf:",
        "transféré:", "transféré :", "rv:", "rv :", "reenv:", "reenviado:", "i:", "i :", "inoltra:", "inoltrato:", "rif: i:", "enc:",
        "enc :",
        "res:enc:", "encaminhado:", "doorst:", "doorgestuurd:", "vb:", "vb :", "vidarebefordrat:", "vs:", "vs :", "videresendt:",
        "videresend:", "vl:",
        "vl :", "välitys:", "fs:", "pd:", "pd :", "przekaż:", "podaj dalej:", "odp: fw", "přep:", "fwd.:", "preposlané:", "továbbítás:",
        "tov:", "továbbítva:", "redir:",
        "redirecționat:", "πρθ:", "προώθ:", "ilt:", "i̇lt:", "İLT:", "ilet:", "ynt: fwd", "yml:", "edasi:", "pārsūtīts:", "persiųsta:",
        "prosl:", "proslijeđeno:", "posredovano:",
        "прсл:", "пер:", "пересл:", "переслано:", "переслане:", "прпр:", "препр:", "转发:", "转发：", "轉寄:", "轉寄：", "轉發:", "轉發：", "転送:", "転送：",
        "전달:", "전달：", "הועבר:", "הועבר ", "إعادة توجيه:", "محول:", "هدایت:", "chuyển tiếp:", "terusan:", "trs:", "bls: fw", "ส่งต่อ:",
        "reenv.:",
    ])
}
