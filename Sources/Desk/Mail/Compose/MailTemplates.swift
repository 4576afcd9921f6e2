import Foundation
import Mustache

/// One mail's form: its two parts as Mustache templates.
public struct MailTemplate: Sendable {
    private let text: MustacheTemplate
    private let html: MustacheTemplate

    /// - Throws: where a template cannot be understood.
    init(text: String, html: String) throws {
        MailEscape.register
        // Plain text is no HTML: nothing in it may be escaped.
        self.text = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text)
        self.html = try MustacheTemplate(string: "{{% CONTENT_TYPE:\(MailEscape.name)}}" + html)
    }

    func render(_ contents: MailContents, _ words: MailWords) -> (text: String, html: String) {
        let values = contents.forTemplate(words)
        return (Self.tidy(text.render(values)), html.render(values))
    }

    /// Without the runs of blank lines that empty sections leave behind.
    private static func tidy(_ text: String) -> String {
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isBlank = line.allSatisfy(\.isWhitespace)
            if isBlank && (lines.last?.isEmpty ?? true) { continue }
            lines.append(isBlank ? "" : line)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Escapes scalar by scalar: a bracket with an accent upon it is one character to Swift, and still a bracket to whoever reads HTML.
private struct MailEscape: MustacheContentType {
    static let name = "MAIL"
    static let register: Void = MustacheContentTypes.register(MailEscape(), named: name)

    func escapeText(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}

/// What mails and their pages are made of: the built-in template, the pages' frame, the words of every language.
public struct MailTemplates: Sendable {
    /// The built-in template's two parts, as an administrator may begin from.
    public let text: String
    public let html: String
    public let languages: MailLanguages
    let builtIn: MailTemplate
    private let page: MustacheTemplate

    /// Reads `mail.text.mustache`, `mail.html.mustache`, `page.html.mustache` and `words/`.
    public init(directory: String) throws {
        func file(_ name: String) throws -> String { try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8) }
        text = try file("mail.text.mustache")
        html = try file("mail.html.mustache")
        builtIn = try MailTemplate(text: text, html: html)
        page = try MustacheTemplate(string: "{{% CONTENT_TYPE:\(MailEscape.name)}}" + file("page.html.mustache"))
        languages = try MailLanguages(directory: "\(directory)/words")
    }

    /// A small page behind a mail's link.
    func page(_ page: MailPage) -> String { self.page.render(page.forTemplate) }
}
