/// The settings among the arguments, `--http-listen VALUE` or `--http-listen=VALUE`, wherever they stand before a `--`.
struct CommandLineSettings {
    private(set) var settings: [String: WrittenValue] = [:]
    /// What `--config` names.
    private(set) var configFile: String?
    /// Commands, their own options, and everything from `--` on.
    private(set) var remaining: [String] = []

    private static let entries = Dictionary(uniqueKeysWithValues: SettingsTable.all.map { ($0.flag, $0) })
    /// `--http-` and so on: nothing but settings begins like that.
    private static let prefixes = Set(SettingsTable.all.map { "--" + $0.key.prefix { $0 != "." } + "-" })

    init(_ arguments: [String]) throws(SettingsError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                remaining += [argument] + rest
                return
            }
            let flag = String(argument.prefix { $0 != "=" })
            if flag == "--config" {
                configFile = try Self.value(of: argument, flag: flag, key: "config", advice: "Write the path of a YAML file.", &rest)
            } else if let entry = Self.entries[flag] {
                let text = try Self.value(of: argument, flag: flag, key: entry.key, advice: "Write \(flag) VALUE.", &rest)
                settings[entry.key] = WrittenValue(text: text, origin: .commandLine(flag: flag))
            } else if Self.prefixes.contains(where: flag.hasPrefix) {
                let nearest = nearest(to: flag, among: SettingsTable.all.map(\.flag))
                throw SettingsError(line: "\(flag): there is no such setting. \(unknownAdvice(nearest))")
            } else {
                remaining.append(argument)
            }
        }
    }

    /// What stands behind `=`, or the next argument; a next option is no value.
    private static func value(
        of argument: String, flag: String, key: String, advice: String, _ rest: inout ArraySlice<String>
    ) throws(SettingsError) -> String {
        if argument != flag { return String(argument.dropFirst(flag.count + 1)) }
        guard let next = rest.first, !next.hasPrefix("--") else {
            throw SettingsError(line: "\(key): no value follows \(flag). \(advice)")
        }
        rest.removeFirst()
        return next
    }
}
