/// A small page behind a link in a mail: a sentence, and at most one thing to do. It works without a script, and opening it
/// changes nothing: only its buttons do.
public struct MailPage: Sendable {
    public struct Button: Sendable {
        var action: String
        var label: String
        var isQuiet = false
        var hidden: [(name: String, value: String)] = []
    }

    /// One of several to choose from.
    struct Choice: Sendable {
        var value: String
        var face: String
        var label: String
        var isChosen: Bool
    }

    var words: MailWords
    var company: String
    var title: String
    var text: String?
    var problem: String?
    /// A field of six digits above the first button, with its label.
    var codeLabel: String?
    var choices: [Choice] = []
    /// A field for some words above the first button, with its label.
    var commentLabel: String?
    var buttons: [Button] = []

    init(_ words: MailWords, company: String, title: String, text: String? = nil) {
        self.words = words
        self.company = company
        self.title = title
        self.text = text
    }

    var forTemplate: [String: Any] {
        var values: [String: Any] = [
            "language": words.language, "direction": words.isRightToLeft ? "rtl" : "ltr", "title": title,
            "buttons": buttons.enumerated().map { index, button in
                var values: [String: Any] = [
                    "action": button.action, "label": button.label, "quiet": button.isQuiet,
                    "hidden": button.hidden.map { ["name": $0.name, "value": $0.value] },
                ]
                guard index == 0 else { return values }
                if let codeLabel { values["codeLabel"] = codeLabel }
                if let commentLabel { values["commentLabel"] = commentLabel }
                if !choices.isEmpty {
                    values["hasChoices"] = true
                    values["choices"] = choices.map {
                        ["value": $0.value, "face": $0.face, "name": $0.label, "chosen": $0.isChosen] as [String: Any]
                    }
                }
                return values
            },
        ]
        if !company.isEmpty { values["company"] = company }
        if let text { values["text"] = text }
        if let problem { values["problem"] = problem }
        return values
    }
}
