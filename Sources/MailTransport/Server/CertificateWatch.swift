import Logging
import ServiceLifecycle

/// Looks from time to time whether the receiver's certificate was renewed.
public struct CertificateWatch: Service {
    static let every = Duration.seconds(10)

    private let tls: ServerTLS
    private let logger: Logger
    private let clock: any Clock<Duration>

    public init(tls: ServerTLS, logger: Logger, clock: any Clock<Duration> = ContinuousClock()) {
        self.tls = tls
        self.logger = logger
        self.clock = clock
    }

    public func run() async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await self.clock.sleep(for: Self.every)
                self.look()
            }
        }
    }

    func look() {
        do {
            if try tls.reloadIfChanged() { logger.info("The receiver shows its new certificate from now on") }
        } catch {
            logger.error("\(error) The one before it stays in use. Put a certificate and its key there, and it is read again.")
        }
    }
}
