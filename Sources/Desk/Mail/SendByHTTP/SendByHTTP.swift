import Conversations
import MailTransport
import NIOCore

extension MailWayOut.Relay {
    /// A provider by its HTTP interface. That the mail may be out is recorded before the last byte of the request leaves.
    public static func provider(_ relay: HTTPRelay, web: WebClient, now: @escaping @Sendable () -> Instant) -> MailWayOut.Relay {
        MailWayOut.Relay(name: "\(relay)", host: relay.host) { mail, envelope, beforeFinalDot in
            let request = relay.request(Array(mail.readableBytesView), envelope, at: now())
            switch await web.run(request, beforeLastByte: beforeFinalDot) {
            case .answered(let answer): return relay.outcome(answer)
            case .notSent(let words, let isFault):
                return isFault ? .relayFault(.connecting, .words(words)) : .temporary(.connecting, .words(words))
            case .unanswered(let words): return .uncertain(words)
            }
        }
    }
}
