import Conversations
import Foundation
import MailTransport

/// What the health page knows of the program and its machine.
public struct MachineOptions: Sendable {
    public var version = "0"
    /// Where the data lies; nil is not looked at.
    public var dataDirectory: String?
    /// The receiver's certificate, a PEM file; nil where there is none.
    public var certificate: String?

    public init() {}
}

extension MachineOptions {
    /// Asks the machine: a few system calls.
    public func look() -> MachineFacts {
        var facts = MachineFacts()
        if let dataDirectory, let disk = try? FileManager.default.attributesOfFileSystem(forPath: dataDirectory) {
            facts.diskFree = (disk[.systemFreeSize] as? NSNumber)?.int64Value
            facts.diskSize = (disk[.systemSize] as? NSNumber)?.int64Value
        }
        guard let certificate else { return facts }
        do {
            let end = try ServerTLS.validUntil(certificatePath: certificate)
            facts.certificate = .until(Instant(milliseconds: end * 1000))
        } catch {
            facts.certificate = .unreadable("\(error)")
        }
        return facts
    }
}
