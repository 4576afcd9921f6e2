import ArgumentParser

/// The load of the benchmarks: what bench/run.py starts, against our server and against its peers; and the readers of mail by themselves. Each command prints one JSON object.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "throughline-bench", abstract: "Load for the benchmarks; see bench/run.py.",
        subcommands: [MailLoad.self, StreamLoad.self, FillCommand.self, RepliesCommand.self, InspectCommand.self, LinearCommand.self])
}
