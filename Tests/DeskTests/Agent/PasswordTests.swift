import Conversations
import Testing

@testable import Desk

@Suite struct PasswordTests {
    /// Cheap, so that tests are quick.
    private static let cheap = Password.Cost(logRounds: 10, blockSize: 8, parallelism: 1)

    @Test func `a password is what RFC 7914 §12 says`() throws {
        let password = try Password("password", salt: Array("NaCl".utf8), cost: .init(logRounds: 10, blockSize: 8, parallelism: 16))
        #expect(Secrets.hex(password.key) == "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162")
    }

    @Test func `what is stored says its own cost, so that the cost can grow`() throws {
        let old = try Password("correct horse", salt: [1, 2, 3], cost: Self.cheap)
        #expect(old.stored.hasPrefix("scrypt$10$8$1$010203$"))
        let read = try #require(Password(stored: old.stored))
        #expect(read == old)
        #expect(try read.isMade(of: "correct horse"))
        #expect(try !read.isMade(of: "correct horsf"))
        #expect(try !read.isMade(of: ""))
        #expect(Password.present.logRounds >= 15)
    }

    @Test(arguments: [
        "", "scrypt", "bcrypt$10$8$1$01$00", "scrypt$10$8$1$zz$00", "scrypt$40$8$1$01$" + String(repeating: "0", count: 64),
        "scrypt$10$8$1$$" + String(repeating: "0", count: 64), "scrypt$10$8$1$01$00",
        "scrypt$-1$8$1$01$" + String(repeating: "0", count: 64),
    ])
    func `a damaged row is no password and takes no memory`(_ stored: String) {
        #expect(Password(stored: stored) == nil)
    }

    @Test func `guessing is counted for the address and for the host, and forgotten after a while`() {
        let limits = SignInLimits()
        let start = Instant(milliseconds: 1_790_000_000_000)
        for _ in 0..<SignInLimits.perAddress { limits.failed(address: "a", remote: "r", now: start) }
        #expect(!limits.allows(address: "a", remote: "elsewhere", now: start))
        #expect(limits.allows(address: "b", remote: "r", now: start))
        for number in 0..<(SignInLimits.perRemote - SignInLimits.perAddress) {
            limits.failed(address: "x\(number)", remote: "r", now: start)
        }
        #expect(!limits.allows(address: "b", remote: "r", now: start), "One host tries many addresses.")
        #expect(limits.allows(address: "a", remote: "r", now: start + SignInLimits.window))
    }

    @Test func `however many names are tried, memory stays bounded and nobody is let in for it`() {
        let limits = SignInLimits()
        let start = Instant(milliseconds: 1_790_000_000_000)
        for number in 0..<(SignInLimits.capacity * 2) { limits.failed(address: "a\(number)", remote: "r\(number)", now: start) }
        #expect(limits.count <= SignInLimits.capacity + 2)
    }

    @Test func `who comes when the queue is long is sent away at once`() async throws {
        let queue = PasswordQueue()
        let refused = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<(PasswordQueue.longest * 4) {
                group.addTask {
                    do {
                        _ = try await queue.run { try Password("x", salt: [1], cost: .init(logRounds: 14, blockSize: 8, parallelism: 1)) }
                        return false
                    } catch {
                        return true
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(refused > 0 && refused < PasswordQueue.longest * 4)
    }
}
