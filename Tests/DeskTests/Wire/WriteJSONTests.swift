import Desk
import Foundation
import Testing

/// Texts come back from JSON as they were, wherever in them the signs stand that JSON must escape (RFC 8259 §7).
@Suite struct WriteJSONTests {
    @Test func escapesAnywhere() throws {
        for sign in ["\"", "\\", "\n", "\r", "\t", "\u{1}", "\u{1F}", "\u{7F}", "é", "日", "\u{0}"] {
            for place in 0..<20 {
                let text = String(repeating: "a", count: place) + sign + String(repeating: "b", count: 20 - place)
                let json = JSON.object([("text", .string(text)), ("texts", .array([.string(text), .string("")]))])
                let read = try #require(try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any])
                #expect(read["text"] as? String == text)
                #expect(read["texts"] as? [String] == [text, ""])
            }
        }
    }
}
