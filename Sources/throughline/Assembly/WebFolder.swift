import Foundation

/// Where the built web files are: a `web` folder beside the program, or `Web/dist` of the checkout that it was built in.
enum WebFolder {
    static func find() -> String? {
        let files = FileManager.default
        var folder = URL(fileURLWithPath: Program.path).deletingLastPathComponent()
        let beside = folder.appending(path: "web").path
        if files.fileExists(atPath: "\(beside)/mail") { return beside }
        for _ in 0..<8 {
            let built = folder.appending(path: "Web/dist").path
            if files.fileExists(atPath: "\(built)/mail") { return built }
            folder.deleteLastPathComponent()
        }
        return nil
    }
}
