import Conversations
@testable import Desk
import Foundation
import MailFormat
import Store
import Testing

/// An inbox's own form of its mails: checked, shown before it holds, and never in the way of a mail.
@Suite struct MailTemplateTests {
    private static let text = "{{company}} says:\n{{#messages}}{{author}}: {{content}}\n{{/messages}}{{muteURL}}\n"
    private static let html =
        "<p title=\"{{company}}\">{{company}}</p>{{#messages}}{{#paragraphs}}{{#pieces}}<p>{{text}}</p>{{/pieces}}{{/paragraphs}}{{/messages}}<a href=\"{{muteURL}}\">x</a>"

    @Test func itGivesTheMailItsForm() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let templates = InboxMailTemplate(desk: server.desk)
            _ = try await templates.keep(.init(text: Self.text, html: Self.html), of: server.inbox.id.value, by: agent)
            let (_, conversation) = try await server.customer()
            let mail = try await server.say("1 < 2 & \"so\" \u{3c}\u{301}b", in: conversation, by: agent).mail
            #expect(mail.text.hasPrefix("Shop says:\nSam: 1 < 2 & \"so\""))
            #expect((mail.html ?? "").contains("<p>1 &lt; 2 &amp; &quot;so&quot; &lt;\u{301}b</p>"))
            _ = try await templates.forget(server.inbox.id.value, by: agent)
            #expect(try await server.say("Again", in: conversation, by: agent).mail.text.contains("Reply to this email"))
        }
    }

    @Test(
        arguments: [
            ("{{#messages}}{{content}}{{muteURL}}", "The text, line 1: {{#messages}} is never closed."),
            ("\n\n{{/messages}}", "The text, line 3: {{/messages}} closes a section that is not open."),
            ("{{#messages}}{{#links}}{{/messages}}{{/links}}", "{{/messages}} closes {{#links}} of line 1."),
            ("{{{content}}}", "Three braces"), ("{{& content}}", "unescaped"), ("{{> other}}", "cannot be used here"),
            ("{{=<% %>=}}", "cannot be used here"), ("{{password}}", "nothing called “password”"), ("{{content", "does not end"),
            ("{{#messages}}{{#messages}}{{content}}{{/messages}}{{/messages}}", "can only stand outside other lists"),
            ("{{#paragraphs}}{{/paragraphs}}", "can only stand in {{#history}} or {{#messages}}"),
            (String(repeating: "{{company}}", count: 9), "more than 8 times"), ("Hello", "does not show the messages"),
            ("{{#messages}}{{content}}{{/messages}}", "no way to mute"),
        ])
    func aBrokenOneIsRefusedWithASentence(_ broken: String, _ words: String) async throws {
        let error = #expect(throws: DeskError.self) { _ = try MailTemplate(checking: .init(text: broken, html: Self.html)) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test func oneThatIsTooLongIsRefused() {
        #expect(throws: DeskError.self) {
            _ = try MailTemplate(checking: .init(text: Self.text, html: Self.html + String(repeating: "x", count: 65_537)))
        }
    }

    @Test func theBuiltInOneWouldPass() throws {
        let templates = try MailTemplates(directory: webFolder + "/mail")
        _ = try MailTemplate(checking: .init(text: templates.text, html: templates.html))
    }

    @Test func aStoredOneThatIsBrokenDoesNotHoldAMailUp() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            try await server.desk.database.write { [inbox = server.inbox, now = server.clock.now] tx in
                try tx.keepMailTemplate(StoredMailTemplate(text: "{{#messages}}", html: "{{{", updatedAt: now), of: inbox.id)
            }
            let (_, conversation) = try await server.customer()
            let mail = try await server.say("It leaves all the same.", in: conversation, by: agent).mail
            #expect(mail.text.contains("It leaves all the same.") && mail.text.contains("Reply to this email"))
        }
    }

    @Test func aPreviewIsNoMailAndShowsEveryKindInEveryLanguage() async throws {
        try await TestServer.run { server in
            let agent = try await server.agent()
            let templates = InboxMailTemplate(desk: server.desk)
            let number = server.inbox.id.value
            let shown = try await templates.preview(.init(text: Self.text, html: Self.html), .reply, language: nil, of: number, by: agent)
            #expect(shown.text.hasPrefix("Shop says:") && shown.from == "Sam at Shop <support@example.test>")
            await #expect(throws: DeskError.self) {
                _ = try await templates.preview(.init(text: "{{", html: ""), .reply, language: nil, of: number, by: agent)
            }
            for language in try await templates.show(number, by: agent).languages {
                for kind in InboxMailTemplate.Kind.allCases {
                    let mail = try await templates.preview(nil, kind, language: language, of: number, by: agent)
                    #expect(mail.html.contains("lang=\"\(language)\"") && !mail.text.contains("{") && !mail.html.contains("{{"))
                }
            }
            #expect(try await server.mails().isEmpty)
        }
    }

    @Test func everyLanguageHasEveryTextWithItsBlanks() throws {
        let english = MailWords.english
        let languages = try MailTemplates(directory: webFolder + "/mail").languages
        #expect(languages.all.count >= 14)
        for language in languages.all where language != "en" {
            let words = languages.words([language])
            #expect(words.language == language)
            for text in MailWords.Text.allCases {
                let (here, there) = (words(text), english(text))
                // Names and a few short words may be the same; sentences may not.
                if there.count > 25 { #expect(here != there, "\(language).\(text) is English") }
                for blank in ["{agent}", "{company}", "{address}", "{date}", "[", "]"] {
                    #expect(here.contains(blank) == there.contains(blank), "\(language).\(text): \(blank)")
                }
            }
        }
    }
}
