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
    private let limits: RateLimits
    /// Addresses that have sent something proven. A provider's are shared by all its customers: what another's sends from there must not keep our
    /// mail out.
    private let proven = KnownAddresses()
    private let longestBody: Int
    private static let longestRequest = Duration.seconds(120)

    init(desk: Desk, receive: ReceiveFromProvider? = nil) {
        self.desk = desk
        limits = RateLimits(now: desk.now)
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
            try await take(request, kind, isActionMailbox: isActionMailbox, from: context.limitedAddress(of: request))
        }
        // Mandrill asks so whether anybody is there, before it registers an address.
        if kind == .mandrill { router.head(RouterPath(path)) { _, _ in Response(status: .ok) } }
    }

    /// - Parameter address: whom wrong proofs count against.
    private func take(_ request: Request, _ kind: ProviderKind, isActionMailbox: Bool, from address: String?) async throws -> Response {
        if let address, !proven.contains(address), !limits.hasRoom(.wrongProofs, for: address) {
            // Not 429: providers drop for good what is answered with a 4xx.
            return .failure(
                "Too many requests came from here that nothing proved. Wait a moment and try again.", status: .serviceUnavailable,
                headers: [.retryAfter: "10"])
        }
        // What Amazon SNS signs has to be read before it can be proven; it sends 256 KB at most.
        let longest = kind == .ses ? min(longestBody, 1 << 20) : longestBody
        var held = 0
        defer { memory.give(held) }
        do {
            let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
            guard announced <= longest else { throw DeliveryProblem.refused("The request is too large.") }
            // Memory is counted as it fills, and nobody may fill it slowly: what was announced alone costs nothing.
            let end = ContinuousClock.now + Self.longestRequest
            var body: [UInt8] = []
            for try await piece in request.body {
                guard ContinuousClock.now < end else { throw DeliveryProblem.tryAgain("The request came too slowly.") }
                guard piece.readableBytes <= longest - body.count else { throw DeliveryProblem.refused("The request is too large.") }
                guard memory.take(piece.readableBytes) else {
                    throw DeliveryProblem.tryAgain("Too much mail at once. Try again in a minute.")
                }
                held += piece.readableBytes
                body += piece.readableBytesView
            }
            try await receive.run(try read(request, kind, isActionMailbox: isActionMailbox, body: body))
            if let address { proven.add(address) }
            return .json(.object([("status", .string("stored"))]))
        } catch let problem as DeliveryProblem {
            switch problem {
            case .unproven:
                if let address { _ = limits.allows(.wrongProofs, for: address) }
                return .failure("\(problem)", status: .unauthorized)
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

/// Some thousand addresses at most; where there are more, all are forgotten, and each is known again by its next request.
private final class KnownAddresses: Sendable {
    private let addresses = Mutex<Set<String>>([])

    func contains(_ address: String) -> Bool { addresses.withLock { $0.contains(address) } }

    func add(_ address: String) {
        addresses.withLock {
            if $0.count >= 10_000 { $0.removeAll() }
            $0.insert(address)
        }
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
