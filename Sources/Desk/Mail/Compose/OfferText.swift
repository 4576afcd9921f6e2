import Conversations
import Store

/// What a message offers beside its words (a choice, a form, cards, articles) and what the customer answered, as lines of a mail: in chat these
/// are buttons and fields.
enum OfferText {
    private static let mostItems = 30
    private static let longest = 500

    /// The message's words with those lines under them.
    static func words(of message: Message) -> String {
        let lines = lines(of: message)
        return ([message.content ?? ""] + (lines.isEmpty ? [] : [""]) + lines).joined(separator: "\n")
    }

    private static func lines(of message: Message) -> [String] {
        guard ["input_select", "form", "cards", "article"].contains(message.contentType),
            let attributes = try? JSONObjects.read(message.contentAttributes)
        else { return [] }
        let items = list(attributes["items"])
        let given = list(attributes["submitted_values"])
        switch message.contentType {
        case "form": return items.map { form($0, given) }
        case "input_select" where !given.isEmpty: return given.map { "→ \(text($0["title"]) ?? text($0["value"]) ?? "")" }
        case "input_select": return items.map { "• \(text($0["title"]) ?? text($0["value"]) ?? "")" }
        default:
            return items.map { item in
                let address = text(item["link"]).flatMap { $0.hasPrefix("https://") || $0.hasPrefix("http://") ? $0 : nil }
                let told = [text(item["title"]), text(item["description"])].compactMap { $0 }.joined(separator: ": ")
                return "• " + [told, address].compactMap { $0 }.joined(separator: " ")
            }
        }
    }

    /// `Size: 12`; the chosen option by its label.
    private static func form(_ item: JSON, _ given: [JSON]) -> String {
        let label = text(item["label"]) ?? text(item["name"]) ?? ""
        let value = given.first { text($0["name"]) == text(item["name"]) }.flatMap { text($0["value"]) }
        let option = list(item["options"]).first { text($0["value"]) == value }.flatMap { text($0["label"]) }
        guard let value else { return "• \(label)" }
        return "• \(label): \(option ?? value)"
    }

    private static func list(_ json: JSON?) -> [JSON] {
        guard case .array(let values)? = json else { return [] }
        return Array(values.prefix(mostItems))
    }

    /// On one line, as it was written by whoever.
    private static func text(_ json: JSON?) -> String? {
        let text: String? =
            switch json {
            case .string(let text)?: text
            case .integer(let number)?: String(number)
            default: nil
            }
        return text.map { String($0.prefix(longest)).split(whereSeparator: \.isNewline).joined(separator: " ") }?.nonEmpty
    }
}
