import CryptoExtras
import Crypto
import Foundation

/// A password as the store keeps it: `scrypt$<log2 N>$<r>$<p>$<salt hex>$<key hex>` (RFC 7914). The parameters stand beside the key,
/// so that they can grow without making the old ones worthless.
struct Password: Sendable, Equatable {
    /// N = 2^15, r = 8, p = 1: 32 MB and about a tenth of a second for each guess.
    static let present = Cost(logRounds: 15, blockSize: 8, parallelism: 1)
    /// Longer ones are refused: nobody types them, and hashing them is work.
    static let longest = 1024
    static let shortest = 8

    /// Whether somebody may choose these words.
    static func check(_ words: String) throws {
        guard words.utf8.count >= shortest else {
            throw DeskError.invalid("The password needs at least \(shortest) characters.", attributes: ["password"])
        }
        guard words.utf8.count <= longest else {
            throw DeskError.invalid("The password is longer than \(longest) bytes.", attributes: ["password"])
        }
    }

    struct Cost: Sendable, Equatable {
        var logRounds: Int
        var blockSize: Int
        var parallelism: Int

        /// What may stand in the store: a damaged row must not take all memory.
        var isSensible: Bool { (10...20).contains(logRounds) && (1...16).contains(blockSize) && (1...4).contains(parallelism) }
    }

    var cost: Cost
    var salt: [UInt8]
    var key: [UInt8]

    /// Takes about a tenth of a second: only in `PasswordQueue`.
    init(_ words: String, salt: [UInt8], cost: Cost = present) throws {
        self.cost = cost
        self.salt = salt
        key = try Self.derive(words, salt: salt, cost: cost)
    }

    /// Reads the stored text; nil where it is not of this form.
    init?(stored: String) {
        let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let logRounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Self.bytes(hex: parts[4]), let key = Self.bytes(hex: parts[5])
        else { return nil }
        cost = Cost(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
        guard cost.isSensible, !salt.isEmpty, key.count == 32 else { return nil }
        self.salt = salt
        self.key = key
    }

    var stored: String {
        "scrypt$\(cost.logRounds)$\(cost.blockSize)$\(cost.parallelism)$\(Secrets.hex(salt))$\(Secrets.hex(key))"
    }

    /// Whether these are the words; compared in constant time.
    func isMade(of words: String) throws -> Bool {
        Secrets.equal(try Self.derive(words, salt: salt, cost: cost), key)
    }

    private static func derive(_ words: String, salt: [UInt8], cost: Cost) throws -> [UInt8] {
        // The library takes the address of the first byte: an empty password has none.
        let bytes = words.isEmpty ? [0] : Array(words.utf8.prefix(longest))
        let key = try KDF.Scrypt.deriveKey(
            from: bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost.logRounds, blockSize: cost.blockSize,
            parallelism: cost.parallelism)
        return key.withUnsafeBytes { Array($0) }
    }

    private static func bytes(hex: Substring) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard digits.count.isMultiple(of: 2), digits.count <= 256 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
