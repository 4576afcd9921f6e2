import Continuity
import Conversations
import Store

/// The timing that an inbox has of its own: seconds under the names of behaviour §3. What it leaves out is the installation's.
enum InboxTiming {
    static let setting = "continuity_timing"
    static let names = ["closed_after", "unseen_after", "quiet_for", "at_latest", "min_interval", "undo_window"]
    /// A week: what waits longer is not continuity.
    static let longest = 7.0 * 86_400

    static func over(_ settings: ContinuitySettings, _ own: JSON?) -> ContinuitySettings {
        var settings = settings
        for name in names {
            guard let value = own?[name].flatMap(seconds) else { continue }
            settings[keyPath: path(name)] = value
        }
        return settings
    }

    /// - Throws: `DeskError.invalid` for what cannot be a timing.
    static func check(_ own: JSON) throws {
        guard case .object(let members) = own else {
            throw DeskError.invalid("`\(setting)` is an object of seconds.", attributes: [setting])
        }
        for (name, value) in members {
            guard names.contains(name) else {
                throw DeskError.invalid(
                    "`\(setting)` knows \(names.joined(separator: ", ")), not `\(name.prefix(40))`.", attributes: [setting])
            }
            if case .null = value { continue }
            guard seconds(value) != nil else {
                throw DeskError.invalid("`\(setting).\(name)` is a number of seconds, a week at most.", attributes: [setting])
            }
        }
    }

    static func json(_ settings: ContinuitySettings) -> JSON {
        .object(
            names.map { name in
                let milliseconds = settings[keyPath: path(name)].wholeMilliseconds
                return (name, milliseconds % 1000 == 0 ? .integer(milliseconds / 1000) : .number(Double(milliseconds) / 1000))
            })
    }

    private static func seconds(_ value: JSON) -> Duration? {
        let number: Double? =
            switch value {
            case .integer(let number): Double(number)
            case .number(let number): number
            default: nil
            }
        guard let number, (0...longest).contains(number) else { return nil }
        return .milliseconds(Int64((number * 1000).rounded()))
    }

    private static func path(_ name: String) -> WritableKeyPath<ContinuitySettings, Duration> {
        switch name {
        case "closed_after": \.closedAfter
        case "unseen_after": \.unseenAfter
        case "quiet_for": \.quietFor
        case "at_latest": \.atLatest
        case "min_interval": \.minInterval
        default: \.undoWindow
        }
    }
}

extension Desk {
    /// The timing of an inbox: the installation's, with what the inbox has of its own over it.
    func timing(of inbox: Inbox) -> ContinuitySettings {
        InboxTiming.over(options.continuity, JSON.members(of: inbox.settings).first { $0.0 == InboxTiming.setting }?.1)
    }

    /// What an inbox's new settings change for mail that waits already, and for messages that could not leave before.
    func reconsiderMail(ofInbox inbox: Inbox, before: Inbox, _ tx: any Connection) throws {
        var conversations = try tx.conversationsAwaitingMail(in: inbox.id, limit: 500)
        if inbox.continuityViaEmail != before.continuityViaEmail || inbox.address != before.address
            || inbox.replyDomain != before.replyDomain || inbox.hasMailbox != before.hasMailbox
        {
            var open = ConversationFilter()
            (open.status, open.inbox) = (.open, inbox.id)
            let known = Set(conversations.map(\.id))
            conversations += try tx.conversations(in: inbox.accountID, matching: open, limit: 200, offset: 0).filter {
                !known.contains($0.id)
            }
        }
        for conversation in conversations { try reconsiderMail(of: conversation, tx) }
    }
}
