/// One setting: its name, what it means, its default and how its text is read.
public struct Setting<Value: Sendable>: Sendable {
    /// The name in the file, such as `http.public-url`.
    public let key: String
    /// What it is for, in a sentence.
    public let meaning: String
    /// The text that holds where nothing is written; empty for settings that may be absent.
    public let defaultText: String
    /// What a person reads as the default where `defaultText` does not say it (“the machine’s host name”).
    let defaultNote: String?
    let kind: ValueKind<Value>

    init(_ key: String, _ kind: ValueKind<Value>, default defaultText: String, note: String? = nil, _ meaning: String) {
        self.key = key
        self.kind = kind
        self.defaultText = defaultText
        self.defaultNote = note
        self.meaning = meaning
    }

    /// The same without its type, for lists.
    var entry: SettingEntry {
        SettingEntry(
            key: key, meaning: meaning, defaultText: defaultNote ?? defaultText, kind: kind.name, isSecret: kind.conceal != nil,
            tableDefault: defaultText, conceal: kind.conceal ?? { $0 })
    }

    /// Reads a text; what is no such value becomes an error that names the key.
    func read(_ written: WrittenValue) throws(SettingsError) -> Value {
        do {
            return try kind.parse(written.text)
        } catch {
            throw SettingsError(
                key: key, written: entry.conceal(written.text), problem: error.problem, advice: error.advice ?? kind.advice,
                origin: written.origin)
        }
    }
}

/// A line of the table of settings, without the type of its value.
public struct SettingEntry: Sendable {
    public let key: String
    public let meaning: String
    /// The default as a person reads it; empty where the setting is absent by default.
    public let defaultText: String
    /// What can be written, in a word or two: `duration`, `host:port`.
    public let kind: String
    /// Part of the value (a password) is never shown.
    public let isSecret: Bool
    /// The text that is read where nothing is written.
    let tableDefault: String
    let conceal: @Sendable (String) -> String

    /// `--http-public-url`
    public var flag: String { "--" + key.replacing(".", with: "-") }
    /// `THROUGHLINE_HTTP_PUBLIC_URL`
    public var environmentName: String {
        environmentPrefix + key.replacing(".", with: "_").replacing("-", with: "_").uppercased()
    }
}

let environmentPrefix = "THROUGHLINE_"

/// A text and where it was written.
struct WrittenValue: Sendable {
    let text: String
    let origin: SettingOrigin
}

/// Where a value comes from, strongest first.
public enum SettingOrigin: Sendable, Equatable {
    case commandLine(flag: String)
    case environment(name: String)
    /// `line` counts from 1.
    case file(path: String, line: Int)
    case standard

    /// As shown to a person; nil for a default.
    public var text: String? {
        switch self {
        case .commandLine(let flag): flag
        case .environment(let name): name
        case .file(let path, let line): "\(path) line \(line)"
        case .standard: nil
        }
    }
}
