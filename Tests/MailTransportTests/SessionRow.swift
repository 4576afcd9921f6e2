import Testing

/// A dialogue as a row of a table: what is done to a session, and all that it then does.
struct SessionRow<Input: Sendable>: Sendable, CustomTestStringConvertible {
    var name: String
    var inputs: [Input]
    var expected: [String]

    init(_ name: String, _ inputs: [Input], _ expected: [String]) {
        self.name = name
        self.inputs = inputs
        self.expected = expected
    }

    var testDescription: String { name }
}
