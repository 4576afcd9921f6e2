import Foundation

/// What `throughline settings` prints.
public enum SettingsReport {
    /// For people: each setting with its value, where that comes from, its meaning and its default.
    public static func text(_ rows: [SettingRow]) -> String {
        rows.map { row in
            let place = row.origin.text.map { "  (\($0))" } ?? ""
            let standard = row.setting.defaultText.isEmpty ? "none" : row.setting.defaultText
            return """
                \(row.setting.key) = \(row.value.isEmpty ? "–" : row.value)\(place)
                    \(row.setting.meaning)
                    Default: \(standard). Write: \(row.setting.kind).
                """
        }.joined(separator: "\n\n") + "\n"
    }

    /// For machines: an array of objects in the order of the table. `value` is null where the setting is absent, `source` where
    /// the default holds.
    public static func json(_ rows: [SettingRow]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(rows.map(JSONRow.init))
    }

    private struct JSONRow: Encodable {
        let key, meaning, kind, flag, environment: String
        let `default`, value, source: String?
        let secret: Bool

        init(_ row: SettingRow) {
            (key, meaning, kind) = (row.setting.key, row.setting.meaning, row.setting.kind)
            (flag, environment) = (row.setting.flag, row.setting.environmentName)
            `default` = row.setting.defaultText.isEmpty ? nil : row.setting.defaultText
            value = row.value.isEmpty ? nil : row.value
            source = row.origin.text
            secret = row.setting.isSecret
        }

        private enum CodingKeys: CodingKey { case key, meaning, kind, flag, environment, `default`, value, source, secret }

        /// By hand because absent values are null here, never missing.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(key, forKey: .key)
            try container.encode(meaning, forKey: .meaning)
            try container.encode(kind, forKey: .kind)
            try container.encode(flag, forKey: .flag)
            try container.encode(environment, forKey: .environment)
            try container.encode(`default`, forKey: .default)
            try container.encode(value, forKey: .value)
            try container.encode(source, forKey: .source)
            try container.encode(secret, forKey: .secret)
        }
    }

    /// The table of docs/settings.md; a test compares the two.
    public static func markdown() -> String {
        let lines = SettingsTable.all.map { entry in
            let typed = entry.tableDefault == entry.defaultText
            let standard = entry.defaultText.isEmpty ? "–" : typed ? "`\(entry.defaultText)`" : entry.defaultText
            return "| `\(entry.key)` | \(standard) | \(entry.kind) | \(entry.meaning) |"
        }
        return (["| key | default | write | meaning |", "| --- | --- | --- | --- |"] + lines).joined(separator: "\n") + "\n"
    }
}
