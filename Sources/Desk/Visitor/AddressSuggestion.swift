/// Finds the address that somebody meant who mistyped a common domain (`gmial.com`). Only ever a hint.
public enum AddressSuggestion {
    /// Domains that many people have mail at, and that others are mistyped from.
    private static let common = [
        "gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "aol.com", "live.com", "msn.com",
        "proton.me", "protonmail.com", "fastmail.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "freenet.de", "yandex.ru", "mail.ru",
        "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "libero.it", "btinternet.com", "comcast.net", "verizon.net", "qq.com",
        "163.com",
    ]
    /// Real domains that lie one key away from a common one.
    private static let real: Set<String> = [
        "mail.com", "ymail.com", "email.com", "gmx.com", "gmx.at", "gmx.ch", "gmx.fr", "gmx.us", "love.com", "like.com", "aim.com", "pm.me",
        "me.com",
        "mac.com", "hotmail.co", "126.com", "yahoo.co", "live.ca", "live.de", "live.nl", "outlook.de", "hotmail.de", "yahoo.de", "web.com",
    ]
    private static let endings = [
        "con": "com", "cmo": "com", "ocm": "com", "comm": "com", "vom": "com", "xom": "com", "cim": "com", "nte": "net", "ogr": "org",
    ]

    /// - Parameter address: lower-cased `local@domain`.
    public static func suggestion(for address: String) -> String? {
        guard let at = address.lastIndex(of: "@") else { return nil }
        let domain = String(address[address.index(after: at)...])
        guard let better = better(domain) else { return nil }
        return address[...at] + better
    }

    private static func better(_ domain: String) -> String? {
        guard domain.utf8.count <= 40, !common.contains(domain), !real.contains(domain) else { return nil }
        if let near = common.first(where: { isOneSlip(Array(domain.utf8), Array($0.utf8)) }) { return near }
        guard let dot = domain.lastIndex(of: "."), let ending = endings[String(domain[domain.index(after: dot)...])] else { return nil }
        let mended = domain[...dot] + ending
        return common.first { $0 == mended || isOneSlip(Array(mended.utf8), Array($0.utf8)) } ?? String(mended)
    }

    /// One letter too many, too few, wrong, or two changed over.
    static func isOneSlip(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left != right, abs(left.count - right.count) <= 1 else { return false }
        let same = zip(left, right).prefix { $0 == $1 }.count
        let (a, b) = (left[same...], right[same...])
        if left.count > right.count { return a.dropFirst().elementsEqual(b) }
        if left.count < right.count { return a.elementsEqual(b.dropFirst()) }
        if a.dropFirst().elementsEqual(b.dropFirst()) { return true }
        return a.count >= 2 && a.first == b.dropFirst().first && a.dropFirst().first == b.first
            && a.dropFirst(2).elementsEqual(b.dropFirst(2))
    }
}
