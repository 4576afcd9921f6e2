/// The settings among the environment's variables. An empty variable counts as not there, as it does for most programs: container
/// files pass variables on that nobody has set.
func environmentSettings(_ environment: [String: String]) throws(SettingsError) -> [String: WrittenValue] {
    let entries = Dictionary(uniqueKeysWithValues: SettingsTable.all.map { ($0.environmentName, $0) })
    var settings: [String: WrittenValue] = [:]
    // In order, so that of several wrong names the same one is always told.
    for (name, text) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix(environmentPrefix) && !text.isEmpty {
        guard let entry = entries[name] else {
            let nearest = nearest(to: name, among: SettingsTable.all.map(\.environmentName))
            throw SettingsError(line: "\(name): there is no such setting. \(unknownAdvice(nearest, orElse: "Unset it"))")
        }
        settings[entry.key] = WrittenValue(text: text, origin: .environment(name: name))
    }
    return settings
}
