import NIOCore
import NIOPosix
import NIOSSL

/// Why a connection could not be made or was lost, in words without the server's name as their subject.
struct ConnectionProblem: Error, Sendable, Hashable {
    var words: String
    /// The server is not who it should be: trying again does not help.
    var isRelayFault = false

    init(_ words: String, isRelayFault: Bool = false) {
        self.words = words
        self.isRelayFault = isRelayFault
    }

    /// What ended a connection that stood.
    init(losing error: any Error) {
        switch error {
        case let problem as ConnectionProblem:
            self = problem
        case let error as NIOSSLExtraError where error == .failedToValidateHostname || error == .serverHostnameImpossibleToMatch:
            self.init("its certificate is for another host name", isRelayFault: true)
        case NIOSSLError.handshakeFailed(let reason) where "\(reason)".contains("CERTIFICATE_VERIFY_FAILED"):
            self.init("its certificate is not trusted (signed by nobody known here, or expired)", isRelayFault: true)
        case NIOSSLError.handshakeFailed, is NIOSSLError, is BoringSSLError:
            self.init("the encrypted connection failed (\(error))")
        default:
            self.init("the connection was lost (\(error))")
        }
    }

    /// Why there is none at all.
    init(connecting error: any Error) {
        switch error {
        case ChannelError.connectTimeout: self.init("it did not answer in time")
        case let error as NIOConnectionError:
            if let failure = error.connectionErrors.first {
                self.init(failure.error is ChannelError ? "it did not answer in time" : "there is no connection (\(failure.error))")
            } else {
                self.init("its host name cannot be found")
            }
        default: self.init("there is no connection (\(error))")
        }
    }
}

extension String {
    /// A certificate for an address is checked against the address itself, not by name.
    var isIPAddress: Bool { (try? SocketAddress(ipAddress: self, port: 0)) != nil }
}
