import Crypto
import CurlHTTP
import FoundationEssentials
import Gzip
import MessageSignatures
import OperatorGrants
import Replication
import StationStorage
import SwiftProtobuf
import SyncProtocol

/// The calls of the protocol, signed with the station's key.
struct HubClient: Sendable {
    /// How a request gets to the hub, and its answer back.
    typealias Transport = @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPResponse

    private let transport: Transport
    private let hubURL: String
    private let pin: KeyPin?
    private let signer: RequestSigner?
    private let clock: HubClock
    var measured: @Sendable (RequestMeasure) -> Void = { _ in }
    /// How many operations a page of the feed or of a snapshot may hold.
    private let pageLimit: Int

    /// No page of the feed and no answer is longer.
    private static let responseLimitBytes = 8 << 20
    private static let feedWaitSeconds = 25
    static let pageLimit = 2000

    /// A client that can only enrol.
    init(http: HTTPClient, hubURL: String, pin: KeyPin?, clock: HubClock) {
        transport = HubClient.transport(http)
        self.pin = pin
        (self.hubURL, self.clock) = (HubClient.trimmed(hubURL), clock)
        pageLimit = Self.pageLimit
        signer = nil
    }

    init(
        http: HTTPClient, enrolment: Enrolment, key: Curve25519.Signing.PrivateKey,
        clock: HubClock
    ) {
        self.init(
            transport: HubClient.transport(http), enrolment: enrolment, key: key, clock: clock)
    }

    init(
        transport: @escaping Transport, enrolment: Enrolment, key: StationKey, clock: HubClock,
        pageLimit: Int = Self.pageLimit
    ) {
        self.init(
            transport: transport, enrolment: enrolment, key: key.privateKey, clock: clock,
            pageLimit: pageLimit)
    }

    private init(
        transport: @escaping Transport, enrolment: Enrolment,
        key: Curve25519.Signing.PrivateKey, clock: HubClock, pageLimit: Int = Self.pageLimit
    ) {
        self.transport = transport
        (self.clock, self.pageLimit) = (clock, pageLimit)
        hubURL = HubClient.trimmed(enrolment.hubURL)
        pin = enrolment.pin.flatMap(KeyPin.init)
        signer = RequestSigner(
            keyID: enrolment.station.rawValue, privateKey: key)
    }

    func enrol(_ request: WireEnrolRequest) async throws -> WireEnrolResponse {
        try await call("/v1/enrol", HubBody(request))
    }

    func hello(_ request: WireHelloRequest) async throws -> WireHelloResponse {
        try await call("/v1/hello", HubBody(request))
    }

    /// `body`: a `WireOpsRequest`.
    func push(_ body: HubBody) async throws -> WireOpsResponse {
        try await call("/v1/ops", body)
    }

    func rotateKey(to publicKey: [UInt8]) async throws -> WireRotateKeyResponse {
        try await call(
            "/v1/keys/rotate",
            HubBody(
                WireRotateKeyRequest.with {
                    $0.publicKey = .init(publicKey)
                }))
    }

    /// Waits at the hub until there is something after `position`; nil: nothing came.
    func feed(after position: FeedPosition) async throws -> WireFeedPage? {
        let response = try await send("GET", feedPath(position), nil, isLongPoll: true)
        if response.status == 204 { return nil }
        return try read(WireFeedPage.self, response)
    }

    /// The operations after `position`, whole, those of this station as well.
    func wholeFeed(after position: FeedPosition, limit: Int) async throws -> WireFeedPage? {
        let path = "/v1/feed?pos=\(position)&max=\(min(limit, pageLimit))&whole=1"
        let response = try await send("GET", path, nil)
        if response.status == 204 { return nil }
        return try read(WireFeedPage.self, response)
    }

    /// A page of all that the hub holds; `progress`: where the last one ended.
    func snapshot(_ progress: SnapshotProgress?) async throws -> WireSnapshotPage {
        var path = "/v1/snapshot?max=\(pageLimit)"
        if let progress { path += "&pos=\(progress.position)" }
        if let last = progress?.last { path += "&after=\(last)" }
        return try read(WireSnapshotPage.self, try await send("GET", path, nil))
    }

    /// What changed in the catalogue; nil: nothing did.
    func catalogue(after position: Int64, limit: Int) async throws -> WireCataloguePage? {
        let response = try await send("GET", "/v1/catalogue?since=\(position)&max=\(limit)", nil)
        if response.status == 204 { return nil }
        return try read(WireCataloguePage.self, response)
    }

    /// Who may work here; nil: what is here is good.
    func operators(since version: UInt64, issued: Int64) async throws -> SignedRoster? {
        let path = "/v1/operators?version=\(version)&issued=\(max(issued, 0))"
        let response = try await send("GET", path, nil)
        if response.status == 204 { return nil }
        return SignedRoster(try read(WireSignedRoster.self, response))
    }

    func digest(_ request: WireDigestRequest) async throws -> WireDigestResponse {
        try await call("/v1/digest", HubBody(request))
    }

    private func feedPath(_ position: FeedPosition) -> String {
        "/v1/feed?pos=\(position)&wait=\(Self.feedWaitSeconds)&max=\(pageLimit)"
    }

    private func call<Answer: Message>(_ path: String, _ body: HubBody) async throws -> Answer {
        try read(Answer.self, try await send("POST", path, body))
    }

    /// Asks a second time where the first asking itself was at fault.
    private func send(
        _ method: String, _ path: String, _ body: HubBody?, isLongPoll: Bool = false
    ) async throws -> HTTPResponse {
        var response = try await exchange(path, try request(method, path, body, isLongPoll))
        if response.status == 401, isMended(by: response) {
            response = try await exchange(path, try request(method, path, body, isLongPoll))
        }
        guard (200..<300).contains(response.status) else { throw SyncError(response) }
        return response
    }

    /// Whether a new signature will do better.
    private func isMended(by response: HTTPResponse) -> Bool {
        switch SyncError.code(of: response) {
        case "signature-expired":
            // Our clock is wrong, and the answer tells the time.
            guard let time = response.header("Date").flatMap(HTTPDate.microseconds) else {
                return false
            }
            clock.set(offset: time - clock.local)
            return true
        case "request-replayed":
            // A kept connection broke before the answer, and libcurl sent the same bytes again.
            return true
        default: return false
        }
    }

    private func request(
        _ method: String, _ path: String, _ body: HubBody?, _ isLongPoll: Bool
    ) throws -> HTTPRequest {
        var request = HTTPRequest(method: method, url: hubURL + path)
        request.responseLimitBytes = Self.responseLimitBytes
        request.isLongPoll = isLongPoll
        request.pin = pin
        request.headers = [("Accept", MessageForm.protobuf.rawValue)]
        request.headers += body?.headers ?? []
        request.body = body?.bytes ?? []
        if let signer {
            request.headers += try signer.headers(
                method: method, path: path, body: request.body,
                contentType: body.map { _ in MessageForm.protobuf.rawValue },
                created: clock.now / 1_000_000, nonce: HubClient.nonce())
        }
        return request
    }

    private func exchange(_ path: String, _ request: HTTPRequest) async throws -> HTTPResponse {
        let start = ContinuousClock.now
        do {
            let response = try await transport(request)
            measured(RequestMeasure(path, .init(response), since: start))
            return response
        } catch {
            measured(
                RequestMeasure(
                    path, error == .cancelled ? .cancelled : .unreachable, since: start))
            throw syncError(error)
        }
    }

    private func syncError(_ error: HTTPError) -> any Error {
        switch error {
        case .cancelled: CancellationError()
        case .wrongKey: SyncError.wrongKey(hubURL)
        case .untrusted(_, let why): SyncError.untrusted(why)
        default: SyncError.unreachable("\(error)")
        }
    }

    /// Something between us and the hub may answer in its place: a portal, a proxy.
    private func read<M: Message>(_ type: M.Type, _ response: HTTPResponse) throws -> M {
        let name = response.header("Content-Type") ?? "none"
        guard let form = MessageForm(mediaType: name) else {
            throw SyncError.nonsense("its content type is \(name)")
        }
        do {
            return try form.decode(type, from: response.body)
        } catch {
            throw SyncError.nonsense("\(error)")
        }
    }

    private static func transport(_ http: HTTPClient) -> Transport {
        { request async throws(HTTPError) in try await http.send(request) }
    }

    private static func nonce() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(generator.next(), radix: 36) + String(generator.next(), radix: 36)
    }

    private static func trimmed(_ url: String) -> String {
        url.hasSuffix("/") ? String(url.dropLast()) : url
    }
}

/// What a request carries: a message, made small.
struct HubBody: Sendable {
    /// Shorter ones are sent as they are.
    private static let gzipFloorBytes = 512

    let bytes: [UInt8]
    let headers: [(String, String)]

    init(_ message: some Message) throws {
        let plain: [UInt8] = try message.serializedBytes()
        let isLong = plain.count >= Self.gzipFloorBytes
        bytes = isLong ? try Gzip.compress(plain) : plain
        headers =
            [("Content-Type", MessageForm.protobuf.rawValue)]
            + (isLong ? [("Content-Encoding", "gzip")] : [])
    }
}
