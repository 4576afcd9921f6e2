import Foundation

/// The bytes that a signature in a header field covers (RFC 6376 §3.7).
enum SignedContent {
    /// Fields that a mail has once (RFC 5322 §3.6, RFC 2045). One that was added behind the signer's back is what people would see.
    static let once: Set<String> = [
        "from", "subject", "sender", "reply-to", "to", "cc", "date", "message-id", "in-reply-to", "references", "mime-version",
        "content-type", "content-transfer-encoding",
    ]

    /// The signed fields in the order of `names`, several of one name from the bottom up (§5.4.2), then the signature itself without `b=`.
    static func header(_ fields: [RawField], names: [String], signature: RawField, _ form: Canonicalization) -> Data {
        var left: [String: [RawField]] = [:]
        for field in fields where field != signature { left[field.name, default: []].append(field) }
        var data = Data()
        for name in names {
            guard let field = left[name]?.popLast() else { continue }
            data.append(contentsOf: form.field(field))
            data.append(contentsOf: [0x0D, 0x0A])
        }
        data.append(contentsOf: form.field(withoutSignature(signature)))
        return data
    }

    /// A name that stands in the mail more often than it is signed, although a mail has it once (RFC 6376 §8.15).
    static func unsignedDuplicate(_ fields: [RawField], names: [String]) -> String? {
        var count: [String: Int] = [:]
        for field in fields where once.contains(field.name) { count[field.name, default: 0] += 1 }
        var signed: [String: Int] = [:]
        for name in names { signed[name, default: 0] += 1 }
        return count.keys.sorted().first { name in
            let number = count[name, default: 0]
            guard number > signed[name, default: 0] else { return false }
            // One that nobody signed is the signer's choice; From and Subject are what people go by.
            return signed[name] != nil || (number > 1 && (name == "from" || name == "subject"))
        }
    }

    /// The field with the value of its tag `b` taken out and all else as it was (§3.7).
    static func withoutSignature(_ field: RawField) -> RawField {
        var bytes = Array(field.bytes[..<field.valueStart])
        for (index, tag) in field.value.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ";")) }
            if let equals = tag.firstIndex(of: UInt8(ascii: "=")), tag[..<equals].trimmed().elementsEqual([UInt8(ascii: "b")]) {
                bytes += tag[...equals]
            } else {
                bytes += tag
            }
        }
        return RawField(bytes)
    }
}
