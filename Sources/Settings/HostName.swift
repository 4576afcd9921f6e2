import Foundation

/// Host names and IP addresses in their written form.
enum HostName {
    /// Letters, digits and hyphens in labels of 1 to 63, 253 in all (RFC 1123 §2.1); a last label of digits alone would be an address.
    static func isName(_ text: some StringProtocol) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, let last = labels.last, !isDigits(last) else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy(isLetterDigitHyphen)
        }
    }

    static func isIPv4(_ text: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1
    }

    static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }

    /// The name of this machine, or `localhost` where it has none that may stand in a mail.
    static func ofThisMachine() -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        let name = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return isName(name) ? name.lowercased() : "localhost"
    }

    fileprivate static func isLetterDigitHyphen(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

extension ValueKind<String> {
    /// A domain, in small letters.
    static func domain(example: String) -> ValueKind {
        ValueKind(name: "domain", advice: "Write a domain such as \(example).") { text throws(Nonsense) in
            if text.contains("@") { throw Nonsense("is an address, not a domain", advice: "Write what stands after the @.") }
            if text.unicodeScalars.contains(where: { !$0.isASCII }) {
                throw Nonsense("has letters that DNS has not", advice: "Write its ASCII form, which begins with xn--.")
            }
            guard HostName.isName(text) else { throw Nonsense("is not a domain") }
            return text.lowercased()
        }
    }

    /// One mail address without a name. The local part is an RFC 5321 §4.1.2 dot-string: nobody’s support address needs quotes.
    static let mailAddress = ValueKind(name: "address", advice: "Write one address such as support@example.com.") {
        text throws(Nonsense) in
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let local = parts.first, let domain = parts.last, isDotString(local), HostName.isName(domain) else {
            throw Nonsense("is not a mail address")
        }
        return local + "@" + domain.lowercased()
    }

    private static func isDotString(_ text: Substring) -> Bool {
        let others = Set("!#$%&'*+/=?^_`{|}~".utf8)
        return text.utf8.count <= 64
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
                !atom.isEmpty && atom.utf8.allSatisfy { HostName.isLetterDigitHyphen($0) || others.contains($0) }
            }
    }
}
