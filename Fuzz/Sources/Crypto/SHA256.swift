import Foundation

/// Stands in for the package of that name, whose build with the sanitisers takes minutes. A sum of the right size, and no more: the readers
/// only hand it on.
public enum SHA256 {
    public static func hash(data: Data) -> [UInt8] {
        var sum = [UInt8](repeating: 0, count: 32)
        for (index, byte) in data.enumerated() { sum[index % 32] = sum[index % 32] &* 31 &+ byte }
        return sum
    }
}
