import Desk
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Mail that providers hand over by HTTP: on paths of our own, and on those of Rails' Action Mailbox, so that who comes from a product that
/// uses it changes a host name and nothing else.
struct InboundRoutes: Sendable {
    private let desk: Desk
    private let receive: ReceiveFromProvider
    private let memory: InboundMemory
    private let longestBody: Int

    init(desk: Desk, receive: ReceiveFromProvider? = nil) {
        self.desk = desk
        self.receive = receive ?? ReceiveFromProvider(desk: desk)
        // A form triples the bytes that it has to escape, and Postmark sends the attachments beside the mail once more.
        longestBody = desk.options.maxMessageBytes * 3 + (1 << 20)
        memory = InboundMemory(bytes: max(longestBody, InboundMemory.standard))
    }

    func add(to router: DeskRouter) {
        for kind in ProviderKind.allCases {
            let paths: Set = ["/inbound/\(kind.rawValue)", kind.path]
            for path in paths { add(kind, path, isActionMailbox: false, to: router) }
            guard let path = kind.actionMailboxPath else { continue }
            add(kind, path, isActionMailbox: true, to: router)
        }
    }

    private func add(_ kind: ProviderKind, _ path: String, isActionMailbox: Bool, to router: DeskRouter) {
        router.post(RouterPath(path)) { request, context in
            try await take(request, kind, isActionMailbox: isActionMailbox)
        }
        // Mandrill asks so whether anybody is there, before it registers an address.
        if kind == .mandrill { router.head(RouterPath(path)) { _, _ in Response(status: .ok) } }
    }

    private func take(_ request: Request, _ kind: ProviderKind, isActionMailbox: Bool) async throws -> Response {
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? longestBody
        do {
            guard announced <= longestBody else { throw DeliveryProblem.refused("The request is too large.") }
            guard memory.take(announced) else { throw DeliveryProblem.tryAgain("Too much mail at once. Try again in a minute.") }
            defer { memory.give(announced) }
            let body: ByteBuffer
            do {
                body = try await request.body.collect(upTo: announced)
            } catch is NIOTooManyBytesError {
                throw DeliveryProblem.refused("The request is too large.")
            }
            try await receive.run(try read(request, kind, isActionMailbox: isActionMailbox, body: Array(body.readableBytesView)))
            return .json(.object([("status", .string("stored"))]))
        } catch let problem as DeliveryProblem {
            switch problem {
            case .unproven: return .failure("\(problem)", status: .unauthorized)
            case .tryAgain: return .failure("\(problem)", status: .serviceUnavailable, headers: [.retryAfter: "60"])
            case .refused: return .failure("\(problem)", status: kind.refusal)
            }
        }
    }

    private func read(_ request: Request, _ kind: ProviderKind, isActionMailbox: Bool, body: [UInt8]) throws -> ProviderRequest {
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        return ProviderRequest(
            kind: kind, isActionMailbox: isActionMailbox, url: desk.options.publicURL + request.uri.string, headers: headers,
            recipients: Array(request.queryList("recipient").prefix(100)), sender: request.query("sender"), body: body,
            fields: try fields(of: body, type: request.headers[.contentType] ?? ""))
    }

    private func fields(of body: [UInt8], type: String) throws -> [ProviderRequest.Field] {
        let kind = type.lowercased()
        if kind.hasPrefix("multipart/form-data") {
            guard let form = try? MultipartForm(body, contentType: type) else {
                throw DeliveryProblem.refused("The form in the request's body is damaged.")
            }
            return form.fields.map { .init(name: $0.name, value: $0.bytes) } + form.files.map { .init(name: $0.field, value: $0.bytes) }
        }
        if kind.hasPrefix("application/x-www-form-urlencoded") {
            guard let fields = URLEncodedForm.read(body) else { throw DeliveryProblem.refused("The form has too many fields.") }
            return fields
        }
        return []
    }
}

extension ProviderKind {
    /// What tells this provider not to try again.
    fileprivate var refusal: HTTPResponse.Status {
        switch self {
        case .mailgun: .notAcceptable
        case .postmark: .forbidden
        case .sendgrid, .ses, .mandrill, .raw: .unprocessableContent
        }
    }
}

/// How many bytes of requests that nobody has proven yet may lie in memory at once.
final class InboundMemory: Sendable {
    static let standard = 256 << 20

    private let free: Mutex<Int>

    init(bytes: Int) { free = Mutex(bytes) }

    func take(_ bytes: Int) -> Bool {
        free.withLock { free in
            guard bytes <= free else { return false }
            free -= bytes
            return true
        }
    }

    func give(_ bytes: Int) { free.withLock { $0 += bytes } }
}
