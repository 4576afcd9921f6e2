import Testing

@testable import Desk

@Suite struct HideTokensTests {
    private static let token = "0123456789abcdefABCDEF0123456789"

    @Test(arguments: [
        ("reply+\(token)@reply.acme.test", "reply+…@reply.acme.test"),
        ("To: <support+\(token)@acme.test>, x", "To: <support+…@acme.test>, x"),
        ("bounce+\(token)@a reply+\(token)@b", "bounce+…@a reply+…@b"),
        ("> REF:\(token) and ref:\(token)", "> ref:… and ref:…"), ("href:\(token)", "href:\(token)"),
        ("sam+news@acme.test", "sam+news@acme.test"),
        ("+\(token)", "+\(token)"),
        ("1 + 1 = 2 für Ännchen", "1 + 1 = 2 für Ännchen"),
    ])
    func aTokenIsHiddenAndNothingElse(text: String, shown: String) {
        #expect(text.withoutTokens == shown)
    }
}
