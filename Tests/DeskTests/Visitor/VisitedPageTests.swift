import Desk
import Testing

/// What of a page's address agents may know.
@Suite struct VisitedPageTests {
    @Test(arguments: [
        ("https://shop.test/pricing", "https://shop.test/pricing"),
        ("https://shop.test", "https://shop.test/"),
        ("HTTPS://Shop.Test:8443/A//b/", "https://shop.test:8443/A//b/"),
        ("http://[::1]:3000/x", "http://[::1]:3000/x"),
        // What it was asked with, where on the page, and who signed in.
        ("https://shop.test/cart?session=s3cret&q=illness#token=1", "https://shop.test/cart"),
        ("https://shop.test#access_token=1", "https://shop.test/"),
        ("https://ann:s3cret@shop.test/a", "https://shop.test/a"),
        ("https://shop.test@evil.test/a", "https://evil.test/a"),
        // Pieces that are secrets, and such that only look long.
        ("https://shop.test/reset/7f3A9c1e55d24b6f8a0c", "https://shop.test/reset/…"),
        ("https://shop.test/how-to-make-a-teapot-in-2026-and-keep-it", "https://shop.test/how-to-make-a-teapot-in-2026-and-keep-it"),
        ("https://shop.test/internationalisierungshinweise", "https://shop.test/internationalisierungshinweise"),
        ("https://shop.test/orders/12345678901234567890123", "https://shop.test/orders/12345678901234567890123"),
    ])
    func `where it is, without what is private`(_ address: String, _ kept: String) {
        #expect(VisitedPage(address: address, title: "Shop")?.url == kept)
    }

    @Test(arguments: [
        "", "about:blank", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https:", "https://", "https:///a",
        "https:/a.test",
        "//a.test/", "https://a.test/<b>", "https://a.test/a b", "https://a.test/\"onclick=", "https://ä.test/", "https://a.test/\n",
        "https://a b/",
        "https://a.test/" + String(repeating: "a", count: 4096),
    ])
    func `what is no page of the web is not kept`(_ address: String) {
        #expect(VisitedPage(address: address, title: "Shop") == nil)
    }

    @Test func `a long path ends early`() throws {
        let page = try #require(VisitedPage(address: "https://a.test" + String(repeating: "/abcdefg", count: 400), title: ""))
        #expect(page.url.utf8.count < 1100 && page.url.hasSuffix("/…"))
    }
}
