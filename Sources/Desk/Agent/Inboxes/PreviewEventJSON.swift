import Continuity
import Conversations

/// An event of the what-if as the API and the command line write it: `{"at": 75, "event": "agent_message"}`.
extension PreviewEvent {
    /// - Parameter position: in the list from 0, for the words of an error.
    init(json: JSON, position: Int) throws {
        func refuse(_ words: String) -> DeskError { .invalid("Event \(position + 1): \(words).", attributes: ["events"]) }
        guard let at = json["at"].flatMap(Self.time) else {
            throw refuse("`at` is a number of seconds or a time like \"1m15s\", 90 days at most")
        }
        guard let name = json["event"]?.stringValue else { throw refuse("`event` is missing") }
        func message() throws -> Int {
            guard case .integer(let number)? = json["message"], let number = Int(exactly: number) else {
                throw refuse("`message` is the number of a message, from 1")
            }
            return number
        }
        func choice() throws -> Message.Choice {
            guard let value = json["delivery"] else { return .automatic }
            guard let choice = value.stringValue.flatMap(Message.Choice.init(rawValue:)) else {
                throw refuse("`delivery` is auto, chat_only or email_now")
            }
            return choice
        }
        func word<Word: RawRepresentable<String>>(_ name: String, _ usual: Word, _ known: String) throws -> Word {
            guard let value = json[name] else { return usual }
            guard let word = value.stringValue.flatMap(Word.init(rawValue:)) else { throw refuse("`\(name)` is \(known)") }
            return word
        }
        let what: What
        switch name {
        case "agent_message":
            let choice = try choice()
            what = json["private"]?.isTrue == true ? .note : .agentMessage(choice)
        case "note": what = .note
        case "survey": what = .survey
        case "delete": what = .delete(try message())
        case "delivery": what = .choose(try message(), try choice())
        case "visitor_message": what = .visitorMessage(try word("channel", Message.Channel.chat, "chat or email"))
        case "seen": what = .seen(upTo: json["message"] == nil ? nil : try message())
        case "address":
            what = .address(
                json["address"]?.stringValue, try word("state", AddressState.claimed, "claimed, proven or unreachable"))
        default:
            guard let simple = Self.simple.first(where: { $0.word == name }) else {
                throw refuse("`\(name.prefix(40))` is no event that is known here; docs/api.md has the list")
            }
            what = simple
        }
        self.init(at: at, what)
    }

    private static let simple: [What] = [
        .agentTyping, .visitorTyping, .pageOpen, .pageClose, .look, .lookAway, .prove, .bounce, .mute(true), .mute(false), .block(true),
        .block(false), .stopLoop(true), .stopLoop(false), .continuity(true), .continuity(false),
    ]

    /// Seconds, or parts like `1h`, `1m15s`, `500ms`.
    private static func time(_ value: JSON) -> Duration? {
        let longest = 90.0 * 86_400
        switch value {
        case .integer(let seconds): return (0...Int64(longest)).contains(seconds) ? .seconds(seconds) : nil
        case .number(let seconds): return (0...longest).contains(seconds) ? .milliseconds(Int64((seconds * 1000).rounded())) : nil
        case .string(let text):
            var (total, number) = (Int64(0), "")
            var rest = text.prefix(40)[...]
            while let first = rest.first {
                guard !first.isNumber else {
                    number.append(rest.removeFirst())
                    continue
                }
                let unit = rest.prefix { $0.isLetter }
                guard let count = Int64(number), count <= 10_000_000, let size = Self.units[String(unit)] else { return nil }
                total += count * size
                number = ""
                rest = rest[unit.endIndex...]
            }
            guard number.isEmpty, !text.isEmpty, Double(total) <= longest * 1000 else { return nil }
            return .milliseconds(total)
        default: return nil
        }
    }

    private static let units: [String: Int64] = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
}

extension PreviewEvent.What {
    /// The word that the API knows it by.
    var word: String {
        switch self {
        case .agentMessage: "agent_message"
        case .note: "note"
        case .survey: "survey"
        case .delete: "delete"
        case .choose: "delivery"
        case .visitorMessage: "visitor_message"
        case .agentTyping: "agent_typing"
        case .visitorTyping: "visitor_typing"
        case .pageOpen: "page_open"
        case .pageClose: "page_close"
        case .look: "look"
        case .lookAway: "look_away"
        case .seen: "seen"
        case .address: "address"
        case .prove: "prove"
        case .bounce: "bounce"
        case .mute(let muted): muted ? "mute" : "unmute"
        case .block(let blocked): blocked ? "block" : "unblock"
        case .stopLoop(let stopped): stopped ? "loop_stop" : "resume"
        case .continuity(let on): on ? "continuity_on" : "continuity_off"
        }
    }
}
