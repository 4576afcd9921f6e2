import Testing

@testable import MailFormat

/// Where the new part of a mail ends in its HTML.
@Suite struct NewPartTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let html: String
        let new: String
        /// The HTML of the new part once more cleaned; nil where it cannot be told apart.
        let part: String?
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "answer above a quote",
            html: "<div>Yes, please.</div><div class=gmail_quote>On Monday Sam wrote:<blockquote>Shall I?</blockquote></div>",
            new: "Yes, please.", part: "<div>Yes, please.</div>"),
        Case(name: "mark outside of its word", html: "<p><b>Yes</b>!</p><hr>From: Sam", new: "Yes!", part: "<p><b>Yes</b>!</p>"),
        Case(name: "text of one piece", html: "Yes.<br>\n-- <br>Sam", new: "Yes.", part: "Yes."),
        Case(
            name: "list with signs that only the text has", html: "<ul><li>one</li><li>two</li></ul><p>Sam wrote: three</p>",
            new: "- one\n- two",
            part: "<ul><li>one</li><li>two</li></ul>"),
        Case(
            name: "numbered list", html: "<ol><li>one<li>two</ol>Sam wrote", new: "1. one\n2. two",
            part: "<ol><li>one</li><li>two</li></ol>"),
        Case(name: "numbers of the writer's own", html: "1. one<br>2. two<br>Sam wrote", new: "1. one\n2. two", part: "1. one<br>2. two"),
        Case(
            name: "picture at the end", html: "<p>See:</p><p><img src=\"cid:a\"></p><blockquote>old</blockquote>", new: "See:",
            part: "<p>See:</p><p><img></p>"),
        Case(
            name: "picture in the quote", html: "<p>See.</p><blockquote><img src=\"cid:a\">old</blockquote>", new: "See.",
            part: "<p>See.</p>"),
        Case(
            name: "hidden text does not count", html: "<div style=\"display:none\">preview</div><p>Yes</p><p>Sam wrote</p>", new: "Yes",
            part: "<div style=\"display:none\">preview</div><p>Yes</p>"),
        Case(name: "nothing behind it", html: "<p>Yes.</p><p> </p>", new: "Yes.", part: nil),
        Case(name: "answer below the quote", html: "<blockquote>Shall I?</blockquote><p>Yes.</p>", new: "Yes.", part: nil),
        Case(name: "another text than the HTML's", html: "<p>Something else</p><p>more</p>", new: "Yes.", part: nil),
        Case(name: "no text", html: "<p>Something</p>", new: "", part: nil),
    ]

    @Test(arguments: cases) func newPart(_ one: Case) {
        let result = SafeHTML(remoteImages: true, attached: .asTheyStand).cleaned(one.html, newText: one.new)
        let part = result.newBytes.map { SafeHTML().clean(String(decoding: Array(result.html.utf8).prefix($0), as: UTF8.self)) }
        #expect(part == one.part)
    }
}
