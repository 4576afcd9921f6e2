import Conversations

/// Postmark signs nothing: its address holds a password, which it sends by HTTP Basic. The mail as it came is in `RawEmail`, where the
/// server's stream is set to include it.
struct PostmarkDelivery: ProviderDelivery {
    private let password: BasicPassword?
    /// Read only once it is proven: JSON takes many times its size in memory.
    private let body: [UInt8]

    init(_ request: ProviderRequest) throws(DeliveryProblem) {
        password = BasicPassword(request)
        guard password != nil else { throw .unproven("Postmark's request has no password. Write it into the webhook's address.") }
        body = request.body
    }

    func isProven(by key: ProviderKey) -> Bool { password?.matches(key) ?? false }

    var signed: (at: Instant, within: Duration)? { nil }
    var mark: [UInt8]? { nil }

    /// Its types of bounces that are the loss of a mail. The others are answers by machines, delays and changes of subscriptions.
    private static let lost: Set<String> = [
        "HardBounce", "BadEmailAddress", "SoftBounce", "DnsError", "SpamNotification", "VirusNotification", "Blocked",
        "ManuallyDeactivated", "SMTPApiError", "DMARCPolicy", "Unknown",
    ]

    func mails() throws(DeliveryProblem) -> [ProvidedMail] {
        guard let json = try? JSON(parsing: body) else { throw .refused("The request's body is not valid JSON.") }
        if let kind = json["RecordType"]?.stringValue, kind != "Inbound" {
            // One of its other webhooks: of a bounce we want to know (its `Metadata` is what the mail was sent with).
            guard kind == "Bounce", let token = json["Metadata"]?[ProviderBounce.field]?.stringValue else { return [] }
            let type = json["Type"]?.stringValue ?? ""
            guard Self.lost.contains(type) else { return [] }
            let words = [json["Description"]?.stringValue, json["Details"]?.stringValue].compactMap { $0?.nonEmpty }.joined(separator: " ")
            let bounce = ProviderBounce(
                token: token, recipient: json["Email"]?.stringValue ?? "", isPermanent: ["HardBounce", "BadEmailAddress"].contains(type),
                words: words.isEmpty ? type : words)
            return [bounce.mail(of: .postmark)].compactMap { $0 }
        }
        guard let raw = json["RawEmail"]?.stringValue, !raw.isEmpty else {
            throw .refused("`RawEmail` is missing. Switch on “Include raw email content in JSON payload” in Postmark's inbound stream.")
        }
        var recipients = [json["OriginalRecipient"]?.stringValue].compactMap { $0 }.filter { !$0.isEmpty }
        if recipients.isEmpty { recipients = ["ToFull", "CcFull", "BccFull"].flatMap { addresses(json[$0]) } }
        return [ProvidedMail(raw: Array(raw.utf8), sender: json["FromFull"]?["Email"]?.stringValue, recipients: recipients)]
    }

    private func addresses(_ list: JSON?) -> [String] {
        guard case .array(let people)? = list else { return [] }
        return people.compactMap { $0["Email"]?.stringValue }
    }
}
