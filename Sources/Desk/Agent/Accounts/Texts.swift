import Foundation

/// A text that must be there, without the space around it.
///
/// - Parameter what: what it is, for the sentence: `a name`.
func required(_ text: String, _ what: String, longest: Int) throws -> String {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !trimmed.isEmpty else { throw DeskError.invalid("Give \(what).", attributes: []) }
    guard trimmed.utf8.count <= longest else { throw DeskError.invalid("That is too long for \(what): \(longest) bytes at most.") }
    guard !trimmed.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else {
        throw DeskError.invalid("Leave control characters out of \(what).")
    }
    return trimmed
}

/// A mail address as it is stored: lower-cased. Looks only at what every address has; whether mail arrives there, mail tells.
func address(_ text: String) throws -> String {
    let address = text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    let clean = !address.unicodeScalars.contains { $0.value <= 32 || $0.value == 127 || "<>()[],;:\\\"".unicodeScalars.contains($0) }
    guard clean, parts.count == 2, address.utf8.count <= 254, (1...64).contains(parts[0].utf8.count), isDomain(String(parts[1])) else {
        throw DeskError.invalid("That is not a mail address. It looks like name@example.com.", attributes: ["email"])
    }
    return address
}

/// Whether this looks like a domain with at least two labels (RFC 1035 §2.3.1; letters of other scripts are let through).
func isDomain(_ text: String) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, text.utf8.count <= 253 else { return false }
    return labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.unicodeScalars.allSatisfy { $0 == "-" || $0.properties.isAlphabetic || ("0"..."9").contains($0) }
    }
}

/// The part after the last `@`, lower-cased.
func mailDomain(of address: String) -> String { address.split(separator: "@").last.map { $0.lowercased() } ?? "" }
