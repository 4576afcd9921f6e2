import Foundation

/// A domain as DNS knows it: small letters, and names in other scripts as `xn--…` (RFC 5890 §2.3.2.1). What is no domain stays as it is
/// and is then found to be none.
func asciiDomain(_ domain: String) -> String {
    let key = domain.domainKey
    if key.utf8.allSatisfy({ $0 < 0x80 }) { return key }
    return key.prefix(253).precomposedStringWithCanonicalMapping.split(separator: ".", omittingEmptySubsequences: false)
        .map { $0.utf8.allSatisfy { $0 < 0x80 } ? String($0) : "xn--" + (punycode($0) ?? String($0)) }.joined(separator: ".")
}

/// RFC 3492 §6.3, for one label.
/// - Returns: nil for a label that no domain can have.
private func punycode(_ label: Substring) -> String? {
    let scalars = label.unicodeScalars.map { Int($0.value) }
    guard scalars.count <= 63 else { return nil }
    let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
    var output = scalars.filter { $0 < 0x80 }.map { UInt8(truncatingIfNeeded: $0) }
    var handled = output.count
    let basic = handled
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    var delta = 0
    var bias = 72
    var least = 0x80
    while handled < scalars.count {
        guard let next = scalars.filter({ $0 >= least }).min() else { return nil }
        // At most 63 labels of at most 0x10FFFF: this stays far below the largest number.
        delta += (next - least) * (handled + 1)
        least = next
        for scalar in scalars {
            if scalar < least { delta += 1 }
            guard scalar == least else { continue }
            var rest = delta
            var k = 36
            while true {
                let threshold = min(max(k - bias, 1), 26)
                if rest < threshold { break }
                output.append(digits[threshold + (rest - threshold) % (36 - threshold)])
                rest = (rest - threshold) / (36 - threshold)
                k += 36
            }
            output.append(digits[rest])
            bias = adapted(delta, count: handled + 1, first: handled == basic)
            delta = 0
            handled += 1
        }
        delta += 1
        least += 1
    }
    return String(decoding: output, as: UTF8.self)
}

/// RFC 3492 §6.1.
private func adapted(_ delta: Int, count: Int, first: Bool) -> Int {
    var delta = first ? delta / 700 : delta / 2
    delta += delta / count
    var k = 0
    while delta > 455 {
        delta /= 35
        k += 36
    }
    return k + 36 * delta / (delta + 38)
}
