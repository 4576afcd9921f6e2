import Conversations
import Desk
import Foundation
import Hummingbird
import NIOCore
import Store

/// For whoever watches the server: alive, ready, and its numbers.
struct HealthRoutes: Sendable {
    let desk: Desk
    let streams: EventStreams

    func add(to router: DeskRouter) {
        router.get("healthz") { _, _ in Response.json(.object([("status", .string("alive"))])) }
        router.get("readyz", use: ready)
        router.get("metrics", use: metrics)
    }

    @Sendable private func ready(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        do {
            let mail = try await desk.database.read { tx in
                _ = try tx.eventBounds()
                return try tx.relayStops().allSatisfy { $0.inboxID != nil } ? "working" : "stopped"
            }
            // A relay that refuses us stops no chat, so the server is ready all the same.
            return .json(.object([("status", .string("ready")), ("mail", .string(mail))]))
        } catch {
            return .failure("The database does not answer.", status: .serviceUnavailable)
        }
    }

    /// Prometheus text format 0.0.4.
    @Sendable private func metrics(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let now = desk.now()
        let (queues, mail) = try await desk.database.read { tx in
            (try QueueName.allCases.map { (name: $0.rawValue, depth: try tx.depth($0)) }, try desk.mailHealth(of: nil, tx))
        }
        var text = """
            # HELP throughline_event_streams Open event streams.
            # TYPE throughline_event_streams gauge
            throughline_event_streams \(try await streams.count())
            # HELP process_resident_memory_bytes Resident memory.
            # TYPE process_resident_memory_bytes gauge
            process_resident_memory_bytes \(Self.residentBytes())
            # HELP throughline_relay_stopped 1 while the relay refuses us and all mail waits.
            # TYPE throughline_relay_stopped gauge
            throughline_relay_stopped \(mail.stop == nil ? 0 : 1)
            # HELP throughline_inbox_relays_stopped Inboxes whose own relay refuses us.
            # TYPE throughline_inbox_relays_stopped gauge
            throughline_inbox_relays_stopped \(mail.inboxes.count)
            # HELP throughline_mails_stopped Mails that wait for such a relay.
            # TYPE throughline_mails_stopped gauge
            throughline_mails_stopped \(mail.stopped)
            # HELP throughline_recipients_refused_total Recipients refused at the door since the start.
            # TYPE throughline_recipients_refused_total counter
            throughline_recipients_refused_total \(desk.refusals.total)
            # HELP throughline_queue_jobs Jobs that wait.
            # TYPE throughline_queue_jobs gauge

            """
        for queue in queues { text += "throughline_queue_jobs{queue=\"\(queue.name)\"} \(queue.depth.count)\n" }
        text +=
            "# HELP throughline_queue_late_seconds Since when the oldest job is due; 0 where none is.\n# TYPE throughline_queue_late_seconds gauge\n"
        for queue in queues {
            let late = queue.depth.oldest.map { max(0, now.seconds - $0.seconds) } ?? 0
            text += "throughline_queue_late_seconds{queue=\"\(queue.name)\"} \(late)\n"
        }
        text += "# HELP throughline_mailbox_working 1 while an inbox's mailbox can be read.\n# TYPE throughline_mailbox_working gauge\n"
        for mailbox in mail.mailboxes {
            text += "throughline_mailbox_working{inbox=\"\(mailbox.inboxID)\"} \(mailbox.state == .working ? 1 : 0)\n"
        }
        text +=
            "# HELP throughline_mailbox_checked_seconds Since when it was last looked through.\n# TYPE throughline_mailbox_checked_seconds gauge\n"
        for mailbox in mail.mailboxes {
            guard let checked = mailbox.lastCheckAt else { continue }
            text += "throughline_mailbox_checked_seconds{inbox=\"\(mailbox.inboxID)\"} \(max(0, now.seconds - checked.seconds))\n"
        }
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private static func residentBytes() -> Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii) else { return 0 }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
