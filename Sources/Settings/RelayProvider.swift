/// The providers that mail can leave through by their HTTP interfaces.
enum RelayProvider: String {
    case postmark, mailgun, sendgrid, ses

    private var form: String {
        switch self {
        case .postmark: "postmark://token@"
        case .mailgun: "mailgun://key@domain, with ?region=eu for Europe"
        case .sendgrid: "sendgrid://key@, with ?region=eu for Europe"
        case .ses: "ses://id:key@region"
        }
    }

    /// - Parameter rest: what stands behind `://`.
    func check(_ rest: Substring) throws(Nonsense) {
        let advice = "Write \(form)."
        if rest.contains("#") || rest.contains(where: { $0.isWhitespace || !$0.isASCII }) {
            throw Nonsense("holds a character that a URL has not", advice: advice)
        }
        let place = rest.prefix { $0 != "?" }
        guard let at = place.lastIndex(of: "@") else { throw Nonsense("has no key", advice: advice) }
        let keys = place[..<at].split(separator: ":", omittingEmptySubsequences: false)
        guard keys.count == (self == .ses ? 2 : 1), keys.allSatisfy({ !$0.isEmpty && String($0).removingPercentEncoding != nil }) else {
            throw Nonsense("has no key that could be one", advice: advice)
        }
        let name = place[place.index(after: at)...]
        let needsName = self == .mailgun || self == .ses
        guard name.isEmpty != needsName, name.isEmpty || HostAndPort.parse(name) != nil else {
            throw Nonsense(needsName ? "lacks what stands behind the @" : "has something behind the @", advice: advice)
        }
        let options = rest.dropFirst(place.count).dropFirst().split(separator: "&")
        for option in options {
            switch option.prefix(while: { $0 != "=" }) {
            case "region" where option == "region=eu" || option == "region=us": continue
            case "stream" where self == .postmark, "endpoint": continue
            default: throw Nonsense("has an option that is not known", advice: advice)
            }
        }
    }
}
