import Testing

@testable import Desk

@Suite struct TextTests {
    @Test(arguments: ["a@b.test", "  Ann.O'Neil+x@Example.COM ", "ü@exämple.test", "a@localhost.localdomain"])
    func `usual addresses are addresses, lower-cased`(_ text: String) throws {
        #expect(try address(text) == text.trimmingWhitespace.lowercased())
    }

    @Test(arguments: [
        "", "a", "@b.test", "a@", "a@b", "a@b@c.test", "a b@c.test", "a@b..test", "a@-b.test", "a@b.test\r\nBcc: x@y.test", "<a@b.test>",
        "a@b.test,c@d.test",
        "a@b_c.test", String(repeating: "a", count: 65) + "@b.test", "a@" + String(repeating: "b", count: 64) + ".test", "a\u{0}@b.test",
    ])
    func `nonsense is no address`(_ text: String) {
        #expect(throws: DeskError.self) { try address(text) }
    }

    @Test func `JSON texts are escaped as RFC 8259 §7 asks`() {
        let text = "plain \"quoted\" back\\slash \n\r\t \u{1} \u{1F} ü 👋"
        #expect(JSON.string(text).text == #""plain \"quoted\" back\\slash \n\r\t \u0001 \u001f ü 👋""#)
        #expect(JSON.string("").text == "\"\"" && JSON.string("\"").text == #""\"""#)
    }

    @Test(arguments: [["a b"], ["a,b"], [""], [String(repeating: "x", count: 65)], Array(repeating: "x", count: 51)])
    func `labels that the store could not keep are refused`(_ titles: [String]) {
        #expect(throws: DeskError.self) { try LabelTitle.clean(titles) }
    }

    @Test func `labels are lower-case and once`() throws {
        #expect(try LabelTitle.clean(["VIP", "vip", "größe-2_x"]) == ["vip", "größe-2_x"])
    }
}
