import Crypto
import Foundation
import Testing

@testable import Store

/// A step that has landed has run on operators' databases, and will not run there again.
@Suite struct SchemaStepsTests {
    /// SHA-256 of each step's statements, the first step first.
    private static let landed = [
        "bea5bebb2eb3ef06af15110332915a9ed86c602ccf36f33b435bd2ac2f537a56",
        "a25d39bb521916677ed355773242abb64054053bb9250ffc465c5ef675bade1b",
        "d09d4402ae52bd3705732a9d983a2b473d38ac178f8b4596705e9adc69480df9",
        "07fff4cbb3b3a488820405de3294d158b5e9bb0412fb9f59336ab4734d2b27fc",
        "90939c303aa4b05e20de4c8268e3bef6bb6deb7245a660ec4717161d94c991c5",
        "56ebb25c6c66bfbaad64ecadf4b310c4a42a6b24d6f0152a8c3f4d39600cee52",
        "fbf57bc6389c4a1309eafc919244938530bcc0052ecd79f3a1ed7c85bfdef1ac",
        "199ab44b5ac2668f2d86b0f815ec4c2690c66fd8573e2270f1662642350852b8",
        "0a6ece3f9cb3dfc11421ecb7e4d1edc79572386c51dab3ba4ddc2f3b4283d423",
        "890f07245baee34326ecd3eabf8ad886cccb1eb667b996a0ad7549aa1eb41a38",
        "3fa2e46c0181fe93d67ca6a6c6aeb149d40663cbb8afdadac7ad024eea994edf",
        "d160bb371ad2e878254c81a3c48f446fbad72d7a70527533c53cad70982fd261",
        "5e1fc282c00304ba3825009567317b665ff3034a0b7cfb7a2e1a1b0470f146f3",
        "315c5a26d793db62d33758e3711a95f8c4b5bf30911817c87c55887b90350bb4",
        "f1e5f6eb354a10db02b73b29b94e0484cef36e8f75efab090cf402b30f9b44ad",
        "46950fa96c7ea31fb98f367711941b75ff20bfc76d323f56b84455a02d055834",
        "78a3c86d0c2373e9c3e1ded7668add4fda6f423fe1db0c0abb758e1150a740f3",
        "508f8266c4d744a0d8fb57bbcdd37826117dc621028ceb292e8dca2bf50ea919",
        "78505dec294cb72b55090ed5271c49836de2114df220875a667cc0537876b1bd",
        "54caa3c098e8607351643c8a0e129637c64a2f91e0a312dcaa17c71e1bed4a56",
        "0f2c5ff7da58b662681c424a11c4d06a90ee4541d02a573b258d0bb46cacd648",
        "a1c4fc766726c5db7267d4bb9ea6cd3c7b84aa523a92b633ba8ab759539c3e4c",
    ]

    @Test func `a step that has landed never changes`() {
        let steps = Migrations.steps.map { statements in
            SHA256.hash(data: Data(statements.joined(separator: ";\n").utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        for (index, fingerprint) in Self.landed.enumerated() {
            #expect(
                index < steps.count && steps[index] == fingerprint,
                "Schema\(index + 1) has changed: databases that ran it never see the change. Put it back and write a new step instead.")
        }
        for (index, fingerprint) in steps.enumerated().dropFirst(Self.landed.count) {
            Issue.record("Schema\(index + 1) is new: it may never change once it has landed. Add it to the list: \"\(fingerprint)\",")
        }
    }
}
