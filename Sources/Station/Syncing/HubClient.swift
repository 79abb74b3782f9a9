public import CurlHTTP
import Crypto
import FoundationEssentials
import Gzip
import MessageSignatures
public import Replication
import SwiftProtobuf
public import SyncProtocol

/// The calls of the protocol, signed with the station's key.
public struct HubClient: Sendable {
    private let http: HTTPClient
    private let hubURL: String
    private let signer: RequestSigner?
    private let clock: @Sendable () -> Int64

    /// Bodies shorter than this are sent as they are.
    private static let gzipFloorBytes = 512
    /// No page of the feed and no answer is longer.
    private static let responseLimitBytes = 8 << 20
    private static let feedWait = 25
    private static let feedPageLimit = 2000

    /// A client that can only enrol.
    public init(http: HTTPClient, hubURL: String, clock: @escaping @Sendable () -> Int64) {
        (self.http, self.hubURL, self.clock) = (http, HubClient.trimmed(hubURL), clock)
        signer = nil
    }

    /// `clock`: the hub's time as well as this station knows it, in microseconds since 1970.
    public init(
        http: HTTPClient, hubURL: String, station: StationCode, key: StationKey,
        clock: @escaping @Sendable () -> Int64
    ) {
        (self.http, self.hubURL, self.clock) = (http, HubClient.trimmed(hubURL), clock)
        signer = RequestSigner(keyID: station.rawValue, privateKey: key.privateKey)
    }

    public func enrol(_ request: WireEnrolRequest) async throws -> WireEnrolResponse {
        try await call("/v1/enrol", request)
    }

    public func hello(_ request: WireHelloRequest) async throws -> WireHelloResponse {
        try await call("/v1/hello", request)
    }

    public func push(_ request: WireOpsRequest) async throws -> WireOpsResponse {
        try await call("/v1/ops", request)
    }

    /// Waits at the hub until there is something after `position`; nil: nothing came.
    public func feed(after position: FeedPosition) async throws -> WireFeedPage? {
        let path = "/v1/feed?pos=\(position)&wait=\(Self.feedWait)&max=\(Self.feedPageLimit)"
        var request = try self.request("GET", path, body: [])
        request.isLongPoll = true
        let response = try await send(request)
        if response.status == 204 { return nil }
        return try read(WireFeedPage.self, response)
    }

    private func call<Answer: Message>(_ path: String, _ body: some Message) async throws -> Answer {
        let bytes: [UInt8] = try body.serializedBytes()
        return try read(Answer.self, try await send(try request("POST", path, body: bytes)))
    }

    private func request(_ method: String, _ path: String, body plain: [UInt8]) throws -> HTTPRequest {
        var request = HTTPRequest(method: method, url: hubURL + path)
        request.responseLimitBytes = Self.responseLimitBytes
        request.headers = [("Accept", MessageForm.protobuf.rawValue)]
        var body = plain
        if !plain.isEmpty {
            request.headers.append(("Content-Type", MessageForm.protobuf.rawValue))
        }
        if plain.count >= Self.gzipFloorBytes {
            body = try Gzip.compress(plain)
            request.headers.append(("Content-Encoding", "gzip"))
        }
        request.body = body
        try sign(&request, path: path)
        return request
    }

    private func sign(_ request: inout HTTPRequest, path: String) throws {
        guard let signer else { return }
        request.headers += try signer.headers(
            method: request.method, path: path, body: request.body,
            contentType: request.body.isEmpty ? nil : MessageForm.protobuf.rawValue,
            created: clock() / 1_000_000, nonce: HubClient.nonce())
    }

    private func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let response: HTTPResponse
        do {
            response = try await http.send(request)
        } catch HTTPError.cancelled {
            throw CancellationError()
        } catch {
            throw SyncError.unreachable("\(hubURL): \(error)")
        }
        guard (200..<300).contains(response.status) else { throw HubClient.error(response) }
        return response
    }

    private func read<M: Message>(_ type: M.Type, _ response: HTTPResponse) throws -> M {
        let form = response.header("Content-Type").flatMap(MessageForm.init(mediaType:))
        do {
            return try (form ?? .protobuf).decode(type, from: response.body)
        } catch {
            throw SyncError.nonsense("\(error)")
        }
    }

    private static func error(_ response: HTTPResponse) -> SyncError {
        let problem = try? MessageForm.json.decode(WireProblem.self, from: response.body)
        // An answer without a problem document comes from a proxy, and its status must do.
        let code = problem?.code ?? "http-\(response.status)"
        let detail = problem?.detail ?? "status \(response.status)"
        switch response.status {
        case 401, 403: return .notTrusted(code: code, detail)
        case 409: return .fork(detail)
        case 413: return .tooLarge
        case 426: return .upgradeNeeded(detail)
        case 429, 502, 503, 504: return .busy(retryAfter: retryAfter(response))
        default: return .refused(code: code, detail)
        }
    }

    private static func retryAfter(_ response: HTTPResponse) -> Duration? {
        response.header("Retry-After").flatMap { Int($0) }.map { .seconds(min(max($0, 0), 3600)) }
    }

    private static func nonce() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(generator.next(), radix: 36) + String(generator.next(), radix: 36)
    }

    private static func trimmed(_ url: String) -> String {
        url.hasSuffix("/") ? String(url.dropLast()) : url
    }
}
