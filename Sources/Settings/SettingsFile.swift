import Foundation
import Yams

/// The YAML file. Keys are nested (`http:` and under it `listen:`) or dotted (`http.listen:`), as one likes.
struct SettingsFile {
    /// As it was named, for messages.
    let name: String
    let yaml: String

    private static let maxBytes = 1 << 20

    /// The file that was named, which must be there, or the standard one, which need not.
    static func find(named: String?, orStandard standard: String?, in directory: String) throws(SettingsError) -> SettingsFile? {
        guard let name = named ?? standard else { return nil }
        let path = absolutePath(name, in: directory)
        let exists = FileManager.default.fileExists(atPath: path)
        if named == nil, !exists { return nil }
        let problem: String
        if !exists {
            problem = "is not there"
        } else if let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: maxBytes + 1) ?? Data() {
            if data.count <= maxBytes, let yaml = String(validating: data, as: UTF8.self) { return SettingsFile(name: name, yaml: yaml) }
            problem = data.count > maxBytes ? "is larger than 1 MiB" : "is not UTF-8 text"
        } else {
            problem = "cannot be read"
        }
        throw SettingsError(
            key: "config", written: name, problem: problem, advice: "Write the path of a YAML file that this user may read.")
    }

    func settings() throws(SettingsError) -> [String: WrittenValue] {
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            throw notYAML(error)
        }
        var found: [String: WrittenValue] = [:]
        if let root, !isAbsent(root) { try collect(root, under: nil, line: 1, into: &found) }
        return found
    }

    private func collect(_ node: Node, under key: String?, line: Int, into found: inout [String: WrittenValue]) throws(SettingsError) {
        let origin = SettingOrigin.file(path: name, line: line)
        if let key, let entry = SettingsTable.all.first(where: { $0.key == key }) {
            guard !isAbsent(node) else { return }
            guard let text = text(of: node) else {
                throw SettingsError(line: "\(key): holds a list or section. Write one value: \(entry.kind).", origin: origin)
            }
            guard found.updateValue(WrittenValue(text: text, origin: origin), forKey: key) == nil else {
                throw SettingsError(line: "\(key): stands twice. Write it once.", origin: origin)
            }
            return
        }
        if let key, !SettingsTable.all.contains(where: { $0.key.hasPrefix(key + ".") }) {
            let advice = unknownAdvice(nearest(to: key, among: SettingsTable.all.map(\.key)))
            throw SettingsError(line: "\(key): there is no such setting. \(advice)", origin: origin)
        }
        guard case .mapping(let section) = node else {
            if key != nil, isAbsent(node) { return }
            throw SettingsError(
                line: "\(key ?? name): holds no settings. Write lines such as “http.listen: 127.0.0.1:3000”.", origin: origin)
        }
        for (name, value) in section {
            guard case .scalar(let scalar) = name else {
                throw SettingsError(line: "\(key ?? self.name): has a key that is no text. Write lines of “key: value”.", origin: origin)
            }
            let path = key.map { "\($0).\(scalar.string)" } ?? scalar.string
            try collect(value, under: path, line: scalar.mark?.line ?? line, into: &found)
        }
    }

    /// A scalar as it was typed (YAML would make false of `off`), or a list of scalars with commas.
    private func text(of node: Node) -> String? {
        switch node {
        case .scalar(let scalar):
            return scalar.string
        case .sequence(let sequence):
            let parts = sequence.compactMap { if case .scalar(let scalar) = $0 { scalar.string } else { nil } }
            return parts.count == sequence.count ? parts.joined(separator: ",") : nil
        case .mapping, .alias:
            return nil
        }
    }

    /// `key:` with nothing behind it, `~` and `null` are not written; `""` is written and empty.
    private func isAbsent(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }

    /// Only the place and the library's word for it: a description would quote the file, passwords and all.
    private func notYAML(_ error: any Error) -> SettingsError {
        let advice = "Write “key: value” lines, indented with spaces."
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            return SettingsError(line: "\(name): is not YAML at line \(mark.line): \(problem). \(advice)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            return SettingsError(
                line: "\(duplicates.joined(separator: ", ")): stands twice. Write it once.",
                origin: .file(path: name, line: context.mark.line))
        default:
            return SettingsError(line: "\(name): is not YAML. \(advice)")
        }
    }
}
