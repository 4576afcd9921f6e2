/// A setting that makes no sense. Its description is one line that names the key, what was written and what to write instead;
/// whoever meets it prints that line and exits 64 before anything is opened.
public struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    /// - Parameters:
    ///   - written: the text as it may be shown: secrets are already hidden in it.
    ///   - problem: goes on after the text: “is not an address”.
    ///   - advice: a whole sentence: “Write host:port.”
    public init(key: String, written: String, problem: String, advice: String, origin: SettingOrigin = .standard) {
        self.init(line: "\(key): “\(written)” \(problem). \(advice)", origin: origin)
    }

    /// For what concerns no single text. `line` is a whole sentence or two.
    public init(line: String, origin: SettingOrigin = .standard) {
        let place = origin.text.map { " (from \($0))" } ?? ""
        description = oneLine(line + place)
    }
}

/// Whatever was written, the message stays one line of sensible length on a terminal.
private func oneLine(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars.prefix(500) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: line += "\\u{\(String(scalar.value, radix: 16))}"
        default: line.unicodeScalars.append(scalar)
        }
    }
    return line
}

/// What a value's reader says about a text that is no such value.
struct Nonsense: Error {
    /// Goes on after the text: “is not an address”.
    let problem: String
    /// Instead of the advice of the kind, where there is better.
    var advice: String?

    init(_ problem: String, advice: String? = nil) {
        self.problem = problem
        self.advice = advice
    }
}
