import Continuity
import Conversations
import Store

/// The what-if of an inbox: which mails would leave when (behaviour §3), for a list of things that happen. Nothing is stored or sent.
public struct PreviewContinuity: Sendable {
    static let mostEvents = 1000

    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// - Parameter request: `events`, and what is to be different from the inbox: `settings`, `mode`.
    public func run(_ number: Int64, _ request: JSON, by agent: Agent) async throws -> JSON {
        try answer(request, try await desk.database.read { try $0.inbox(number, of: agent) })
    }

    /// For whoever runs the machine: any account's inbox.
    public func run(_ number: Int64, _ request: JSON) async throws -> JSON {
        guard let inbox = try await desk.database.read({ try $0.inbox(ID(number)) }) else {
            throw DeskError.notFound("There is no inbox \(number) here.")
        }
        return try answer(request, inbox)
    }

    private func answer(_ request: JSON, _ inbox: Inbox) throws -> JSON {
        try Self.answer(request, inbox: inbox, settings: desk.timing(of: inbox), mailConfigured: desk.isMailConfigured(for: inbox))
    }

    /// - Parameters:
    ///   - inbox: nil for a website that has no settings of its own.
    ///   - settings: what holds where the request says nothing else.
    public static func answer(_ request: JSON, inbox: Inbox?, settings: ContinuitySettings, mailConfigured: Bool = true) throws -> JSON {
        guard case .array(let events)? = request["events"] else {
            throw DeskError.invalid("`events` is a list of things that happen.", attributes: ["events"])
        }
        guard events.count <= mostEvents else { throw DeskError.invalid("\(mostEvents) events at most.", attributes: ["events"]) }
        var settings = settings
        if let own = request["settings"] {
            try InboxTiming.check(own)
            settings = InboxTiming.over(settings, own)
        }
        let read = try events.enumerated().map { try PreviewEvent(json: $0.element, position: $0.offset) }
        let kind = inbox?.kind ?? .website
        let mode: Message.Channel = kind == .email || request["mode"]?.stringValue == "email" ? .email : .chat
        let start = ContinuitySnapshot(
            messages: [], mode: mode, address: nil, addressState: nil, inboxKind: kind,
            continuityViaEmail: inbox?.continuityViaEmail ?? true,
            mailConfigured: mailConfigured)
        return .preview(previewContinuity(read, from: start, settings), settings)
    }
}

extension JSON {
    fileprivate static func preview(_ preview: ContinuityPreview, _ settings: ContinuitySettings) -> JSON {
        .object([
            (
                "mails",
                .array(
                    preview.mails.map { mail in
                        .object([
                            ("at", seconds(mail.at)), ("to", .string(mail.batch.to)),
                            ("messages", .array(mail.batch.messages.map { .integer($0.value) })),
                            ("only_new_messages", .bool(mail.batch.onlyNewMessages)),
                        ])
                    })
            ),
            ("messages", .array(preview.outcomes.map { outcome($0, in: preview) })),
            ("steps", .array(preview.steps.map(step))),
            ("settings", InboxTiming.json(settings)),
        ])
    }

    private static func outcome(_ outcome: ContinuityPreview.Outcome, in preview: ContinuityPreview) -> JSON {
        let mail = preview.mails.first { $0.batch.messages.contains { $0.value == Int64(outcome.message) } }
        return .object([
            ("message", .integer(Int64(outcome.message))), ("at", seconds(outcome.writtenAt)),
            ("state", .string(outcome.state.name.rawValue)),
            ("until", outcome.state.until.map { seconds($0.since(ContinuityPreview.origin)) } ?? .null),
            ("reason", JSON(outcome.state.reason)), ("line", .string(DeliveryLine.words(for: outcome.state))),
            ("mail_at", mail.map { seconds($0.at) } ?? .null),
        ])
    }

    private static func step(_ step: ContinuityPreview.Step) -> JSON {
        let (word, until): (String, JSON) =
            switch step.decision {
            case .wait(let until): ("wait", seconds(until.since(ContinuityPreview.origin)))
            case .email: ("email", .null)
            case .nothing(.nothingWaiting): ("nothing_waiting", .null)
            case .nothing(.seen): ("seen", .null)
            case .nothing(.notSent(let reason)): ("not_sent: \(reason.rawValue)", .null)
            }
        return .object([
            ("at", seconds(step.event.at)), ("event", .string(step.event.what.word)), ("decision", .string(word)), ("until", until),
        ])
    }

    private static func seconds(_ duration: Duration) -> JSON {
        let milliseconds = duration.wholeMilliseconds
        return milliseconds % 1000 == 0 ? .integer(milliseconds / 1000) : .number(Double(milliseconds) / 1000)
    }
}
