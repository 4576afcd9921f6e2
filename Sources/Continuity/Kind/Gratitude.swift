/// Whether a text says thanks and nothing else (behaviour §6): such a word does not reopen a resolved conversation.
///
/// In doubt it is more than thanks: a reopened conversation costs a click, an overlooked question a customer. So every single word must be
/// known: “Thanks, but it still fails” has words that no thank-you has. A question mark, a digit or a link make it more, too.
/// - Parameters:
///   - text: the new text alone, without quotes and signature.
///   - names: of the people in the conversation: “Thanks, Sam! Ann” names two of them.
public func isGratitude(_ text: String, names: [String] = []) -> Bool {
    let text = text.prefix(Gratitude.longest + 1).lowercased()
    guard text.count <= Gratitude.longest, !text.contains(where: { "?？؟0123456789@/".contains($0) }) else { return false }
    let known = Set(names.prefix(50).flatMap { Gratitude.words(in: $0.prefix(100).lowercased()) })
    let words = Gratitude.words(in: text)
    guard !words.isEmpty, words.count <= Gratitude.mostWords else { return false }
    var thanks = false
    for word in words where !known.contains(word) {
        if Gratitude.thanks.contains(word) {
            thanks = true
        } else if !Gratitude.beside.contains(word) {
            guard let joined = Gratitude.thanks(inJoined: word) else { return false }
            thanks = thanks || joined
        }
    }
    return thanks
}

enum Gratitude {
    /// Characters and words, at most.
    static let longest = 160
    static let mostWords = 16

    static func words(in text: String) -> [String] { text.split { !$0.isLetter }.map(String.init) }

    /// Scripts that write no spaces: a run that is made of known pieces alone, and whether a word of thanks is among them; nil for others.
    static func thanks(inJoined run: String) -> Bool? {
        var rest = run[...]
        var thanks = false
        while !rest.isEmpty {
            if let piece = joinedThanks.first(where: { rest.hasPrefix($0) }) {
                thanks = true
                rest = rest.dropFirst(piece.count)
            } else if let piece = joinedBeside.first(where: { rest.hasPrefix($0) }) {
                rest = rest.dropFirst(piece.count)
            } else {
                return nil
            }
        }
        return thanks
    }
}
