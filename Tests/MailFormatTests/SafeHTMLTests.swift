import Foundation
import Testing

@testable import MailFormat

@Suite struct SafeHTMLTests {
    /// Ways to run something or to fetch something, in the spellings that browsers accept.
    static let attacks = [
        "<script>alert(1)</script>", "<SCRIPT SRC=//evil.test/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</script>",
        "<img src=x onerror=alert(1)>", "<img/src=x/onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>", "<a href=\"JaVa\tScRiPt:alert(1)\">x</a>",
        "<a href=\"&#106;avascript&colon;alert(1)\">x</a>", "<a href=\" \u{1}javascript:alert(1)\">x</a>", "<a href='vbscript:x'>x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>", "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
        "<math><mi xlink:href=\"javascript:alert(1)\">", "<iframe src=//evil.test></iframe>",
        "<object data=x></object>", "<embed src=x>", "<form action=//evil.test><input name=a><button>x</button></form>",
        "<style>@import '//evil.test'</style>", "<link rel=stylesheet href=//evil.test>",
        "<meta http-equiv=refresh content='0;url=//evil.test'>",
        "<base href=//evil.test>", "<div style=\"background:url(//evil.test)\">x</div>",
        "<div style=\"background-color:ur\\6c(//evil.test)\">x</div>", "<div style=\"width:expression(alert(1))\">x</div>",
        "<div style=\"position:fixed;top:0\">x</div>",
        "<img src=\"http://evil.test/p.gif\">", "<img srcset=\"http://evil.test/p.gif 1x\">",
        "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">", "<table background=\"http://evil.test/\"><tr><td>x</table>",
        "<body background=http://evil.test onload=alert(1)>",
        "<video poster=http://evil.test src=x></video>", "<audio src=http://evil.test></audio>",
        "<textarea></textarea><script>alert(1)</script>", "<title><img src=x onerror=alert(1)></title>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<!--><script>alert(1)</script>-->", "<!-- --!><script>alert(1)</script> -->", "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml <script>alert(1)</script> ?>", "<p title=\"a\" onclick=alert(1)>x", "<p \"onclick=alert(1)>x",
        "<a href=x\u{0}onclick=alert(1)>", "<template><script>alert(1)</script></template>",
        "<xmp><script>alert(1)</script></xmp>", "<plaintext><script>alert(1)</script>", "<marquee onstart=alert(1)>",
        "<details ontoggle=alert(1) open>", "<isindex formaction=javascript:alert(1)>", "<button formaction=javascript:alert(1)>",
        "<portal src=//evil.test>", "<frameset><frame src=//evil.test></frameset>",
        "</p onclick=alert(1)>", "<p/onclick=alert(1)//>", "<a xlink:href=javascript:alert(1)>",
        "<font color=\"red\" onmouseover='alert(1)'>", "<td style='behavior:url(#x)'>",
    ]

    @Test(arguments: attacks)
    func nothingRunsAndNothingIsFetched(_ attack: String) {
        let clean = SafeHTML().clean("<p>before</p>" + attack + "<p>after</p>")
        // Only markup counts: escaped text is harmless.
        for tag in tags(clean) {
            let lower = tag.lowercased()
            #expect(!lower.contains("on") || !attributeNames(lower).contains { $0.hasPrefix("on") }, "\(clean)")
            for word in [
                "javascript:", "vbscript:", "evil.test", "url(", "expression", "data:text", "svg", "<script", "<style", "<iframe", "<form",
                "<object", "<embed", "<base", "<meta", "<link", "srcdoc", "srcset", "position", "\\",
            ] {
                #expect(!lower.contains(word), "\(clean)")
            }
        }
        #expect(clean.hasPrefix("<p>before</p>"))
    }

    @Test(
        arguments: attacks + [
            "<p>a<b>b</p>c</b>", "<table><tr><td>x", "</div></div>", "a &amp;&lt; b &nbsp; \u{0} <", "<img src=cid:one alt='\"'>",
            "<a href=\"https://x.test/?a=1&b=2\">x</a>", "<div style='color:red;font-family:\"A B\"'>",
        ])
    func aSecondPassChangesNothing(_ html: String) {
        let safe = SafeHTML(contentIDs: ["one": "/files/1"])
        let once = safe.clean(html)
        #expect(safe.clean(once) == once)
    }

    @Test func whatIsGoodStays() {
        let html =
            "<h1 style=\"color: #333; margin:0\">Hi</h1><p>Some <b>bold</b> &amp; <a href=\"https://x.test/a?b=1&amp;c=2\">link</a><br><img alt=\"logo\" width=\"10\" src=\"cid:one@x\"></p><ul><li>a</li></ul>"
        #expect(
            SafeHTML(contentIDs: ["one@x": "/files/1"]).clean(html)
                == "<h1 style=\"color:#333;margin:0\">Hi</h1><p>Some <b>bold</b> &amp; <a href=\"https://x.test/a?b=1&amp;c=2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">link</a><br><img alt=\"logo\" width=\"10\" src=\"/files/1\"></p><ul><li>a</li></ul>"
        )
    }

    @Test func remotePicturesOnlyWhenAllowed() {
        let html = "<img src=\"https://pics.test/a.png\"><img src=\"https://pics.test/b.png\">"
        #expect(SafeHTML().cleaned(html) == SafeHTML.Result(html: "<img><img>", blockedRemoteImages: 2))
        #expect(SafeHTML(remoteImages: true).cleaned(html).html == html)
    }

    @Test func outputIsBalanced() {
        let clean = SafeHTML().clean(String(repeating: "<div><b>", count: 1000) + "x" + "</i></p>")
        #expect(clean.components(separatedBy: "<div>").count == clean.components(separatedBy: "</div>").count)
    }

    /// Each tag of the output, from `<` up to `>`.
    private func tags(_ html: String) -> [String] {
        var found: [String] = []
        for piece in html.split(separator: "<") where piece.contains(">") {
            let tag = piece.prefix { $0 != ">" }
            found.append("<" + String(tag))
        }
        return found
    }

    private func attributeNames(_ tag: String) -> [Substring] {
        var outside = ""
        var quoted = false
        for character in tag {
            if character == "\"" { quoted.toggle() } else if !quoted { outside.append(character) }
        }
        return outside.split(separator: " ").dropFirst().map { $0.prefix { $0 != "=" } }
    }
}
