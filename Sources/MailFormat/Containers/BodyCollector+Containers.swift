extension BodyCollector {
    /// Unpacks a part that holds the mail's real parts. False where it is no container, or cannot be read: then it is a file.
    mutating func addContainer(_ content: [UInt8], _ description: PartDescription) -> Bool {
        false
    }
}
