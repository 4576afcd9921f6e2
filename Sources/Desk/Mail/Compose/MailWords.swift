import Foundation

/// The fixed words of the mails and of the small pages behind their links, in one language.
public struct MailWords: Sendable {
    /// Every text with its English. `{…}` is filled in; `[…]` marks what becomes a link.
    public enum Text: String, CaseIterable, Sendable {
        case sender, you, replyOrContinue, reply, earlier, mute, attached, goodUntil, filesInChat, omitted, transcript
        case survey, surveyWhy, rating1, rating2, rating3, rating4, rating5, surveyThanks, surveyComment, surveySend
        case codeSubject, code, codeUntil
        case continueTitle, continueWhy, continueButton, codeTitle, codeSent, codeLabel, codeAgain, codeWrong, codeOver
        case linkOver, linkElsewhere, stop, stopped, tooMany
        case muteWhy, muteButton, muted
        case away, awayEmail, awayAsk, awayStay
    }

    /// Lower-case base tag (BCP 47), such as `de`.
    public let language: String
    private let texts: [String: String]

    init(language: String, texts: [String: String]) {
        self.language = language
        self.texts = texts
    }

    public static let english = MailWords(language: "en", texts: [:])

    /// A text in this language, in English where the language lacks it.
    public func callAsFunction(_ text: Text, _ values: [String: String] = [:]) -> String {
        var result = ""
        var rest = Substring(texts[text.rawValue] ?? Self.inEnglish(text))
        // Not one replacement after the other: what is filled in may itself contain braces.
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            result += values[name] ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// Whether it is written from right to left.
    public var isRightToLeft: Bool { language == "ar" || language == "he" }

    private static func inEnglish(_ text: Text) -> String {
        switch text {
        case .sender: "{agent} at {company}"
        case .you: "You"
        case .replyOrContinue: "Reply to this email, or [continue in chat]."
        case .reply: "Reply to this email."
        case .earlier: "Earlier in this conversation"
        case .mute: "Mute this conversation"
        case .attached: "Attached"
        case .goodUntil: "good until {date}"
        case .filesInChat: "Files came with this message. They are in the chat."
        case .omitted: "Earlier messages are left out here."
        case .transcript: "This is your conversation with {company}, as you asked."
        case .survey: "How did we do?"
        case .surveyWhy: "Choose one. The page that opens asks once more before anything is kept."
        case .rating1: "Terrible"
        case .rating2: "Bad"
        case .rating3: "Okay"
        case .rating4: "Good"
        case .rating5: "Great"
        case .surveyThanks: "Thank you! Your answer has reached us."
        case .surveyComment: "Anything you would like to add?"
        case .surveySend: "Send"
        case .codeSubject: "Your code for the chat"
        case .code:
            "The chat with {company} was opened from a link in your email, in a browser that we do not know. If it was you, type this code there:"
        case .codeUntil: "It is good for 10 minutes. If it was not you, do nothing: without the code nobody gets in."
        case .continueTitle: "Continue in chat"
        case .continueWhy: "Your conversation with {company} goes on in the chat."
        case .continueButton: "Open the chat"
        case .codeTitle: "Type the code"
        case .codeSent: "We have sent a code of six digits to {address}."
        case .codeLabel: "Code of six digits"
        case .codeAgain: "Send another code"
        case .codeWrong: "That is not the code."
        case .codeOver: "This code is over. Send another one."
        case .linkOver: "This link is no longer good. Use the link of our newest email, or simply reply to it."
        case .linkElsewhere:
            "This link was opened in another browser and works only there. Use the link of our newest email, or simply reply to it."
        case .stop: "This was not you? Stop all links into this conversation"
        case .stopped: "Stopped. No link opens this conversation any more. You can still reply to our emails."
        case .tooMany: "Too many tries. Wait a while, or simply reply to the email."
        case .muteWhy: "You get no more email of this conversation. You can write to us again at any time."
        case .muteButton: "Mute"
        case .muted: "Done. You get no more email of this conversation."
        case .away: "We are away right now."
        case .awayEmail: "You need not wait here: the answer comes to {address} by email."
        case .awayAsk: "Leave your email address and you need not wait here."
        case .awayStay: "You will find the answer here in the chat."
        }
    }
}

/// The languages that mails are written in.
public struct MailLanguages: Sendable {
    private let byLanguage: [String: MailWords]

    /// English alone.
    init() { byLanguage = ["en": .english] }

    /// Reads one JSON file for each language; English stands in the program.
    /// - Throws: where a file is no object of texts.
    init(directory: String) throws {
        var found = ["en": MailWords.english]
        for name in try FileManager.default.contentsOfDirectory(atPath: directory) where name.hasSuffix(".json") {
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)"))
            let language = String(name.dropLast(5))
            found[language] = MailWords(language: language, texts: try JSONDecoder().decode([String: String].self, from: data))
        }
        byLanguage = found
    }

    public var all: [String] { byLanguage.keys.sorted() }

    /// The words of the first wish that is spoken here, else English. A wish is a BCP 47 tag; only its language counts.
    public func words(_ wishes: [String?]) -> MailWords {
        for case let wish? in wishes {
            let base = wish.lowercased().prefix { $0 != "-" && $0 != "_" }
            if let words = byLanguage[String(base)] { return words }
        }
        return .english
    }
}
