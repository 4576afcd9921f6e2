import Desk
import Testing

@Suite struct AddressSuggestionTests {
    @Test(arguments: [
        ("ann@gmial.com", "ann@gmail.com"), ("ann@gmai.com", "ann@gmail.com"), ("ann@gmaill.com", "ann@gmail.com"),
        ("ann@gmail.con", "ann@gmail.com"), ("ann@gamil.com", "ann@gmail.com"), ("ann@hotmial.com", "ann@hotmail.com"),
        ("ann@outlok.com", "ann@outlook.com"), ("ann@yaho.com", "ann@yahoo.com"), ("ann@iclod.com", "ann@icloud.com"),
        ("ann@shop.vom", "ann@shop.com"), ("ann@gmial.con", "ann@gmail.com"), ("ann@webb.de", "ann@web.de"),
    ])
    func aSlipIsSeen(_ typed: String, _ meant: String) {
        #expect(AddressSuggestion.suggestion(for: typed) == meant)
    }

    @Test(arguments: [
        "ann@gmail.com", "ann@mail.com", "ann@ymail.com", "ann@gmx.at", "ann@example.test", "ann@shop.co", "ann@live.nl", "ann", "ann@",
    ])
    func whatIsRealIsLeftAlone(_ typed: String) {
        #expect(AddressSuggestion.suggestion(for: typed) == nil)
    }
}
