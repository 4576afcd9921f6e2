import Crypto

/// The form in which header fields and bodies are signed (RFC 6376 §3.4).
enum Canonicalization: String, Sendable, Hashable {
    case simple, relaxed

    /// §3.4.1, §3.4.2. Without the line end behind the field.
    func field(_ field: RawField) -> [UInt8] {
        guard self == .relaxed else { return field.bytes }
        return Array(field.name.utf8) + [UInt8(ascii: ":")] + Self.compressed(field.value.trimmed())
    }

    /// Line ends go, runs of blanks become one space.
    private static func compressed(_ value: some Sequence<UInt8>) -> [UInt8] {
        var all: [UInt8] = []
        var blank = false
        for byte in value {
            if byte == 0x0D || byte == 0x0A { continue }
            if isBlank(byte) {
                blank = true
            } else {
                if blank { all.append(0x20) }
                blank = false
                all.append(byte)
            }
        }
        return all
    }

    /// §3.4.3, §3.4.4: SHA-256 of the body and how many bytes went into it. Every line end of the body is CRLF.
    func bodyDigest(_ body: ArraySlice<UInt8>) -> (digest: [UInt8], count: Int) {
        var hash = SHA256()
        let count = self == .simple ? Self.addSimple(body, to: &hash) : Self.addRelaxed(body, to: &hash)
        return (Array(hash.finalize()), count)
    }

    private static func addSimple(_ body: ArraySlice<UInt8>, to hash: inout SHA256) -> Int {
        var end = body.endIndex
        while end - body.startIndex >= 2, body[end - 1] == 0x0A, body[end - 2] == 0x0D { end -= 2 }
        let text = body[body.startIndex..<end]
        text.withUnsafeBytes { hash.update(bufferPointer: $0) }
        hash.update(data: [0x0D, 0x0A] as [UInt8])
        return text.count + 2
    }

    private static func addRelaxed(_ body: ArraySlice<UInt8>, to hash: inout SHA256) -> Int {
        var chunk: [UInt8] = []
        chunk.reserveCapacity(70_000)
        var count = 0
        var emptyLines = 0
        func flush(_ hash: inout SHA256, _ chunk: inout [UInt8]) {
            count += chunk.count
            hash.update(data: chunk)
            chunk.removeAll(keepingCapacity: true)
        }
        var index = body.startIndex
        while index < body.endIndex {
            let newline = body[index...].firstIndex(of: 0x0A) ?? body.endIndex
            // A bare CR is a character of its line like any other.
            let end = newline < body.endIndex && newline > index && body[newline - 1] == 0x0D ? newline - 1 : newline
            var line = body[index..<end]
            index = min(newline + 1, body.endIndex)
            while let last = line.last, isBlank(last) { line = line.dropLast() }
            if line.isEmpty {
                emptyLines += 1
                continue
            }
            while emptyLines > 0 {
                chunk += [0x0D, 0x0A]
                emptyLines -= 1
                if chunk.count > 65_536 { flush(&hash, &chunk) }
            }
            var blank = false
            for byte in line {
                if isBlank(byte) {
                    blank = true
                    continue
                }
                if blank { chunk.append(0x20) }
                blank = false
                chunk.append(byte)
                if chunk.count > 65_536 { flush(&hash, &chunk) }
            }
            chunk += [0x0D, 0x0A]
        }
        flush(&hash, &chunk)
        return count
    }
}
