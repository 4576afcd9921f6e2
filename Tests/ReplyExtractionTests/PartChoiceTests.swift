import Testing

@testable import ReplyExtraction

/// A mail has a text part, an HTML part, or both, and they can differ.
@Suite struct PartChoiceTests {
    static let quote =
        "<div class=\"gmail_quote\"><div class=\"gmail_attr\">Sam wrote:</div><blockquote class=\"gmail_quote\">How many?</blockquote></div>"

    @Test func whatTheSenderSawIsReadFirst() {
        #expect(ReplyExtractor.extract(text: "Your program shows no HTML.", html: "<p>Two.</p>").reply == "Two.")
        #expect(ReplyExtractor.extract(text: "Two.\n\nHow many?", html: "<p>Two.</p>\(Self.quote)").reply == "Two.")
    }

    @Test func aPartWithoutAnythingToReadIsPassedOver() {
        #expect(ReplyExtractor.extract(text: "Two.", html: "<p>&nbsp;</p><img src=\"cid:logo\">").reply == "Two.")
        #expect(ReplyExtractor.extract(text: " \n", html: "<p>Two.</p>").reply == "Two.")
        #expect(ReplyExtractor.extract(text: "Two.", html: "").reply == "Two.")
        #expect(ReplyExtractor.extract(text: "", html: nil).reply == "")
    }

    @Test func aQuoteThatOnlyTheTextShowsIsTakenOff() {
        let got = ReplyExtractor.extract(text: "Two.\n\n> How many?\n", html: "<p>Two.</p><p>How many?</p>")
        #expect(got.reply == "Two.")
        #expect(got.quoted == "> How many?")
    }

    /// `<div>` alone must not be read as a quote, and a mail of nothing but a quote is kept.
    @Test func neverCutToNothing() {
        #expect(ReplyExtractor.extract(text: "", html: Self.quote).reply == "Sam wrote:\n\n> How many?")
        #expect(ReplyExtractor.extract(text: "> How many?\n").reply == "> How many?")
    }
}
