import Foundation
import Mustache

/// The two parts of the mail that a customer gets, as Mustache templates.
public struct MailTemplates: Sendable {
    private let text: MustacheTemplate
    private let html: MustacheTemplate

    /// - Throws: where a template cannot be understood; the error names the line.
    public init(text: String, html: String) throws {
        // Plain text is no HTML: nothing in it may be escaped.
        self.text = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text)
        self.html = try MustacheTemplate(string: "{{% CONTENT_TYPE:HTML}}" + html)
    }

    /// Reads `reply.text.mustache` and `reply.html.mustache`.
    public init(directory: String) throws {
        func file(_ name: String) throws -> String { try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8) }
        try self.init(text: try file("reply.text.mustache"), html: try file("reply.html.mustache"))
    }

    func render(_ values: MailWords) -> (text: String, html: String) {
        (text.render(values.forTemplate(html: false)), html.render(values.forTemplate(html: true)))
    }
}

/// What a mail says.
struct MailWords {
    struct Line {
        var author: String
        var time: String
        var content: String
        var isCustomer: Bool
        /// Files that are not attached: name and address.
        var links: [(name: String, url: String)]
    }

    var company: String
    var messages: [Line]
    var history: [Line]
    /// Where the conversation goes on in chat; nil for an inbox without a website.
    var chatURL: String?
    var muteURL: String

    func forTemplate(html: Bool) -> [String: Any] {
        func line(_ line: Line) -> [String: Any] {
            [
                "author": line.author, "time": line.time, "customer": line.isCustomer, "content": line.content,
                "quoted": line.content.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)" }.joined(separator: "\n"),
                "paragraphs": line.content.split(separator: "\n", omittingEmptySubsequences: false).map { ["line": String($0)] },
                "links": line.links.map { ["name": $0.name, "url": $0.url] },
            ]
        }
        var values: [String: Any] = [
            "company": company, "messages": messages.map(line), "history": history.map(line), "hasHistory": !history.isEmpty,
            "muteURL": muteURL,
        ]
        if let chatURL { values["chatURL"] = chatURL }
        return values
    }
}
