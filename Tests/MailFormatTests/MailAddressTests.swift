import Testing

@testable import MailFormat

@Suite struct MailAddressTests {
    static let lists: [(String, [(String?, String)])] = [
        ("sam@x.test", [(nil, "sam@x.test")]),
        ("Sam <sam@X.Test>", [("Sam", "sam@x.test")]),
        ("\"Miller, Sam\" <sam@x.test>, bo@x.test", [("Miller, Sam", "sam@x.test"), (nil, "bo@x.test")]),
        ("Miller, Sam <sam@x.test>", [("Miller, Sam", "sam@x.test")]),
        ("sam@x.test (Sam (the) Miller)", [("Sam (the) Miller", "sam@x.test")]),
        ("<@route.test,@two.test:sam@x.test>", [(nil, "sam@x.test")]),
        ("Team: sam@x.test, Bo <bo@x.test>;", [(nil, "sam@x.test"), ("Bo", "bo@x.test")]),
        ("undisclosed-recipients:;", []),
        ("'Sam' <sam@x.test>", [("Sam", "sam@x.test")]),
        ("\"sam@x.test\" <sam@x.test>", [("sam@x.test", "sam@x.test")]),
        ("Sam sam@x.test", [("Sam", "sam@x.test")]),
        ("<sam@x.test>, <bo@x.test>", [(nil, "sam@x.test"), (nil, "bo@x.test")]),
        ("sam@x.test; bo@x.test", [(nil, "sam@x.test"), (nil, "bo@x.test")]),
        ("Sam <sam@x.test", [("Sam", "sam@x.test")]),
        ("\"Sam <sam@x.test>", [("Sam", "sam@x.test")]),
        ("mailto:sam@x.test", [(nil, "sam@x.test")]),
        ("\"a b\"@x.test", [(nil, "\"a b\"@x.test")]),
        ("", []), (",,,", []), ("no address here", []),
    ]

    @Test(arguments: lists.indices)
    func readsLists(_ index: Int) {
        let (header, expected) = Self.lists[index]
        let got = MailAddress.list(header)
        #expect(got.last?.address == expected.last?.1, "\(header)")
        #expect(got == expected.map { MailAddress(name: $0.0, address: $0.1) }, "\(header)")
    }

    static let normal: [(String, String?)] = [
        (" Sam@X.TEST ", "Sam@x.test"), ("sam", nil), ("sam@", nil), ("@x.test", nil), ("sam@x", "sam@x"), ("sam@x..test", nil),
        ("sam@x.test.", nil), ("sam smith@x.test", nil),
        ("sam\r\n@x.test", nil), ("sam@x.test\r\nBcc:a@b.test", nil), ("s@m@x.test", nil), ("sam@[192.0.2.1]", "sam@[192.0.2.1]"),
        ("sam@münchen.test", "sam@münchen.test"),
        (String(repeating: "a", count: 65) + "@x.test", nil), ("<sam@x.test>", nil), ("sam+tag@x.test", "sam+tag@x.test"),
        ("\"a b\"@x.test", "\"a b\"@x.test"),
    ]

    @Test(arguments: normal.indices)
    func normalises(_ index: Int) {
        #expect(MailAddress.normalise(Self.normal[index].0) == Self.normal[index].1)
    }

    @Test func aKeyIsTheSameInAnyLetterCase() {
        #expect(MailAddress(address: "Sam@X.test").key == MailAddress(address: "sam@x.TEST").key)
        #expect(MailAddress(address: "Sam@X.test").domain == "x.test")
        #expect(MailAddress(address: "Sam@X.test").localPart == "Sam")
        #expect(MailAddress("Sam <nobody>, Bo <bo@x.test>")?.address == "bo@x.test")
        #expect(MailAddress("nothing") == nil)
    }
}
