import Testing

@testable import MailFormat

@Suite struct HTMLTextTests {
    static let cases: [(String, String)] = [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<div>One</div><div>Two</div><div><br></div><div>Three</div>", "One\nTwo\n\nThree"),
        ("a   b\n c&nbsp;d", "a b c d"),
        ("<pre>a  b\n  c</pre>", "a  b\n  c"),
        ("<ol><li>x<li>y</ol>", "1. x\n2. y"),
        ("<blockquote>quoted<blockquote>twice</blockquote></blockquote>own", "> quoted\n>\n> > twice\n\nown"),
        ("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td></tr></table>", "A B\nC"),
        ("&lt;b&gt; &euro; &#8364; &#x20AC; &copy &notit; &bogus; &#0; &#128;", "<b> € € € © ¬it; &bogus; \u{FFFD} €"),
        ("<style>x</style><script>y</script><title>z</title><!-- c -->text", "text"),
        ("<span style='display:none'>hidden</span>shown<div style=\"DISPLAY : NONE\">hidden</div>", "shown"),
        ("a < b and <3 and <- x", "a < b and <3 and <- x"),
        ("<p>unclosed <a href='x", "unclosed"),
        ("<img alt='🙂'><img alt='logo'>", "🙂"),
        ("", ""),
    ]

    @Test(arguments: cases.indices)
    func isReadable(_ index: Int) {
        #expect(HTMLText.text(of: Self.cases[index].0) == Self.cases[index].1)
    }
}
