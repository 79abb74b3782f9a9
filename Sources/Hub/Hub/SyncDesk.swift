import Gzip
import HTTPTypes
package import HubStorage
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// The calls of stations without a server around them: for whoever brings requests by hand.
package struct SyncDesk: Sendable {
    private static let answerLimitBytes = 8 << 20
    private let routes: SyncRoutes

    /// Inflated, whatever its headers say.
    package struct Answer: Sendable {
        package var status: Int
        package var headers: [(String, String)]
        package var body: [UInt8]
    }

    /// `clock`: microseconds since 1970.
    package init(store: HubStore, clock: @escaping @Sendable () -> Int64) {
        routes = SyncRoutes(
            context: HubContext(
                store: store, nonces: NonceMemory(), greetings: Greetings(), clock: clock,
                log: Logger(label: "desk", factory: { _ in SwiftLogNoOpLogHandler() })))
    }

    /// Answers as the server does. Throws what would be a fault of the hub's own.
    package func answer(
        _ method: String, _ path: String, headers: [(String, String)], body: [UInt8]
    ) async throws -> Answer {
        let asked = Request(
            head: .init(
                method: method == "GET" ? .get : .post, scheme: "http", authority: "hub",
                path: path, headerFields: SyncDesk.fields(headers)),
            body: RequestBody(buffer: ByteBuffer(bytes: body)))
        do {
            return try await SyncDesk.plain(try await respond(to: asked, path))
        } catch {
            guard let problem = Problem(error) else { throw error }
            return try await SyncDesk.plain(problem.response)
        }
    }

    private func respond(to request: Request, _ path: String) async throws -> Response {
        switch path.prefix(while: { $0 != "?" }) {
        case "/v1/hello": try await routes.hello(request)
        case "/v1/ops": try await routes.take(request)
        case "/v1/feed": try await routes.feed(request)
        case "/v1/catalogue": try await routes.catalogue(request)
        case "/v1/snapshot": try await routes.snapshot(request)
        case "/v1/digest": try await routes.digest(request)
        case "/v1/operators": try await routes.operators(request)
        default: throw RequestError.noRoute
        }
    }

    private static func fields(_ headers: [(String, String)]) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return fields
    }

    private static func plain(_ response: Response) async throws -> Answer {
        let body = CollectedBody()
        try await response.body.write(body)
        var bytes = body.bytes.withLock { $0 }
        if response.headers[.contentEncoding] == "gzip" {
            bytes = try Gzip.decompress(bytes, limitBytes: answerLimitBytes)
        }
        return Answer(
            status: response.status.code,
            headers: response.headers.map { ($0.name.rawName, $0.value) }, body: bytes)
    }
}

/// Takes an answer's body.
private final class CollectedBody: ResponseBodyWriter {
    let bytes = Mutex<[UInt8]>([])

    func write(_ buffer: ByteBuffer) async throws {
        bytes.withLock { $0 += buffer.readableBytesView }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
