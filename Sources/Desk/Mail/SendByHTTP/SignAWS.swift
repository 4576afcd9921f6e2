import Conversations
import Crypto
import Foundation
import MailTransport

struct AWSCredentials: Sendable, Hashable {
    var id: String
    var secret: String
}

/// Amazon's signature of a request, version 4: the headers that it adds.
enum SignAWS {
    static func headers(
        _ request: WebRequest, host: String, _ credentials: AWSCredentials, region: String, service: String, at time: Date
    ) -> [(name: String, value: String)] {
        let stamp = time.formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
        let day = String(stamp.prefix(8))
        let body = Secrets.sha256(request.body)
        let headers = [
            ("content-type", request.headers.first { $0.name.lowercased() == "content-type" }?.value ?? ""), ("host", host),
            ("x-amz-date", stamp),
        ]
        let names = headers.map(\.0).joined(separator: ";")
        let canonical = [request.method, request.path, "", headers.map { "\($0.0):\($0.1)\n" }.joined(), names, body].joined(
            separator: "\n")
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let text = ["AWS4-HMAC-SHA256", stamp, scope, Secrets.sha256(Array(canonical.utf8))].joined(separator: "\n")
        var key = SymmetricKey(data: Data("AWS4\(credentials.secret)".utf8))
        for word in [day, region, service, "aws4_request"] { key = SymmetricKey(data: code(word, key)) }
        let signature = Secrets.hex(code(text, key))
        return [
            ("X-Amz-Date", stamp),
            ("Authorization", "AWS4-HMAC-SHA256 Credential=\(credentials.id)/\(scope), SignedHeaders=\(names), Signature=\(signature)"),
        ]
    }

    private static func code(_ text: String, _ key: SymmetricKey) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)
    }
}
