import Crypto
import Foundation

/// A key or a password of somebody else's (a provider, a relay) as the store keeps it: sealed with a key that is derived from the
/// installation's secret, and bound to what it is for, so that it is of no use in another row.
public enum SealedSecret {
    struct CannotOpen: Error, CustomStringConvertible {
        var description: String {
            "A kept key cannot be opened: the installation's secret is not the one that it was sealed with. Write the key again."
        }
    }

    /// - Parameter place: what it is for and of which row: `relay 7`.
    public static func seal(_ text: String, for place: String, by secrets: Secrets) throws -> [UInt8] {
        let box = try AES.GCM.seal(Data(text.utf8), using: key(secrets), authenticating: Data(place.utf8))
        return Array(box.nonce) + box.ciphertext + box.tag
    }

    public static func open(_ bytes: [UInt8], for place: String, by secrets: Secrets) throws -> String {
        guard let box = try? AES.GCM.SealedBox(combined: bytes),
            let plain = try? AES.GCM.open(box, using: key(secrets), authenticating: Data(place.utf8))
        else { throw CannotOpen() }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func key(_ secrets: Secrets) -> SymmetricKey { SymmetricKey(data: secrets.mac(.keptSecret, "1")) }
}
