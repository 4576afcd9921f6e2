import ArgumentParser
import Foundation
import throughline_wire

/// Where the server is and who asks.
struct ServerOptions: ParsableArguments {
    @Option(help: "Port of HTTP.") var httpPort: Int
    @Option(help: "The account's number.") var account = 1
    @Option(help: "An administrator's access token.") var token: String
    @Option(help: "The website inbox's token.") var websiteToken = ""

    var agentHeaders: [String: String] { ["api_access_token": token] }

    func path(_ rest: String) -> String { "/api/v1/accounts/\(account)" + rest }

    /// The token of the agent's own event stream.
    func agentStreamToken() throws -> String {
        let answer = try HTTPConnection.once("GET", "/api/v1/profile", port: httpPort, headers: agentHeaders)
        guard let token = answer.object["pubsub_token"] as? String else {
            throw Socket.Failure(description: "GET profile: \(answer.status) without a pubsub_token")
        }
        return token
    }
}

/// Seconds of a clock that only goes forward.
func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The value below which so many percent of the values are; nil without values.
func percentile(_ values: [Double], _ percent: Double) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    return sorted[min(sorted.count - 1, Int((Double(sorted.count) * percent / 100).rounded(.down)))]
}

func printJSON(_ object: [String: Any]) throws {
    let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
    print(String(decoding: data, as: UTF8.self))
}

/// Milliseconds with three digits, for JSON.
func milliseconds(_ seconds: Double?) -> Any { seconds.map { ($0 * 1_000_000).rounded() / 1_000 } ?? NSNull() }
