import NIOCore
import Synchronization

/// Who is connected: counts for the limits, channels for the shutdown.
final class ConnectionRegister: Sendable {
    private struct State {
        /// The address is nil until a proxy has said it.
        var connections: [ObjectIdentifier: (channel: any Channel, address: String?)] = [:]
        var perAddress: [String: Int] = [:]
        var isShuttingDown = false
    }

    private let state = Mutex(State())
    private let limit: Int
    private let limitPerAddress: Int

    init(limit: Int, limitPerAddress: Int) {
        self.limit = limit
        self.limitPerAddress = limitPerAddress
    }

    /// Nil where the connection may stay (say `remove` once it is closed), else why not.
    func add(_ channel: any Channel) -> SMTPReply? {
        state.withLock { state in
            if state.isShuttingDown { return SMTPReply(421, "4.3.2", "The server is shutting down. Please try again soon.") }
            guard state.connections.count < limit else { return SMTPReply(421, "4.3.2", "Too many connections. Please try again soon.") }
            state.connections[ObjectIdentifier(channel)] = (channel, nil)
            return nil
        }
    }

    /// The same, once it is known from where a connection that was added comes.
    func admit(_ channel: any Channel, from address: String) -> SMTPReply? {
        let key = AddressRange.limited(address)
        return state.withLock { state in
            guard state.connections[ObjectIdentifier(channel)] != nil else { return nil }
            let here = state.perAddress[key, default: 0]
            guard here < limitPerAddress else {
                return SMTPReply(421, "4.7.0", "Too many connections from your address. Please try again soon.")
            }
            state.perAddress[key] = here + 1
            state.connections[ObjectIdentifier(channel)] = (channel, key)
            return nil
        }
    }

    func remove(_ channel: any Channel) {
        state.withLock { state in
            guard let address = state.connections.removeValue(forKey: ObjectIdentifier(channel))?.address else { return }
            let here = state.perAddress[address, default: 0]
            state.perAddress[address] = here > 1 ? here - 1 : nil
        }
    }

    /// Takes nobody new and tells everybody to come to an end.
    func shutDown() {
        let channels = state.withLock { state in
            state.isShuttingDown = true
            return state.connections.values.map(\.channel)
        }
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ShutDown()) }
    }

    /// Sent to each connection's handler.
    struct ShutDown: Sendable {}
}
