import Desk
import Testing

@Suite struct ReadJSONTests {
    @Test(arguments: [
        (#"{"a":1}"#, #"{"a":1}"#), (" [ 1 , -0.5e3 , true , null ] ", "[1,-500.0,true,null]"),
        (#"{"a":1,"b":2,"a":3}"#, #"{"a":3,"b":2}"#),
        (#""\ud83d\ude00""#, "\"😀\""), (#""\ud83dx""#, "\"\u{FFFD}x\""), (#""\/\b\n""#, #""/\u0008\n""#), ("[]", "[]"), ("{}", "{}"),
        ("-0", "0"),
    ])
    func whatIsJSONIsRead(_ text: String, _ written: String) throws {
        #expect(try JSON(parsing: text.utf8).text == written)
    }

    @Test(arguments: [
        "", "{", "[1,]", "01", "1.", "-", "+1", "nul", "\"", "\"\n\"", #""\x""#, #""\u12G4""#, #"{"a"}"#, #"{a:1}"#, "1 2", "NaN", "1e999",
    ])
    func whatIsNoJSONIsRefused(_ text: String) {
        #expect(throws: JSONProblem.notJSON) { try JSON(parsing: text.utf8) }
    }

    @Test func depthIsBounded() throws {
        let deep = { (count: Int) in String(repeating: "[", count: count) + String(repeating: "]", count: count) }
        _ = try JSON(parsing: deep(64).utf8)
        #expect(throws: JSONProblem.tooDeep) { try JSON(parsing: deep(100_000).utf8) }
    }
}
