import ArgumentParser
import Foundation
import Settings

/// How the program ends when it was called in a way that makes no sense: one line that says what to do, and exit code 64.
enum Usage {
    /// `EX_USAGE` of sysexits(3).
    static let wrong: Int32 = 64

    /// The command that the arguments ask for. A wish for help is answered and ends the program; what is no command ends it with 64.
    static func command<Root: ParsableCommand>(_ root: Root.Type, _ arguments: [String]) -> any ParsableCommand {
        do {
            return try root.parseAsRoot(arguments)
        } catch {
            end(root, with: error)
        }
    }

    /// Ends the program for an error that a command threw.
    static func end<Root: ParsableCommand>(_ root: Root.Type, with error: any Error) -> Never {
        if let error = error as? SettingsError { refuse(error.description) }
        switch root.exitCode(for: error) {
        case .success:
            print(root.fullMessage(for: error))
            exit(0)
        case .validationFailure:
            refuse("\(root.message(for: error)). “\(root._commandName) help COMMAND” shows how it is written.")
        case let code:
            tell(root.message(for: error))
            exit(code.rawValue)
        }
    }

    /// Prints the line and ends the program with 64.
    static func refuse(_ line: String) -> Never {
        tell(line)
        exit(wrong)
    }

    private static func tell(_ text: String) {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        guard !line.isEmpty else { return }
        FileHandle.standardError.write(Data("throughline: \(line)\n".utf8))
    }
}
