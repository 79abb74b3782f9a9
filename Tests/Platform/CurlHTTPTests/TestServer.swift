import CurlHTTP
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A real server with routes to try a client on.
struct TestServer {
    let url: String
    let unixSocket: String?
    let served: Served

    func request(_ method: String, _ path: String) -> CurlHTTP.HTTPRequest {
        var request = CurlHTTP.HTTPRequest(method: method, url: url + path)
        request.unixSocket = unixSocket
        return request
    }
}

/// What the server saw.
final class Served: Sendable {
    private let connections = Mutex<Set<String>>([])

    var connectionCount: Int { connections.withLock { $0.count } }

    func note(connection: String) { _ = connections.withLock { $0.insert(connection) } }
}

struct ConnectionContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let remote: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remote = source.channel.remoteAddress.map { "\($0)" } ?? "?"
    }
}

func withServer(
    unixSocket: String? = nil, _ body: (TestServer, HTTPClient) async throws -> Void
) async throws {
    let served = Served()
    let (ports, port) = AsyncStream<Int>.makeStream()
    let application = Application(
        router: routes(served),
        configuration: .init(
            address: unixSocket.map { .unixDomainSocket(path: $0) }
                ?? .hostname("127.0.0.1", port: 0)),
        onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    let serving = Task { try await application.run() }
    var iterator = ports.makeAsyncIterator()
    let bound = await iterator.next() ?? 0
    let client = try HTTPClient()
    let url = unixSocket == nil ? "http://127.0.0.1:\(bound)" : "http://station"
    let result: Result<Void, any Error>
    do {
        result = .success(
            try await body(
                TestServer(url: url, unixSocket: unixSocket, served: served), client))
    } catch {
        result = .failure(error)
    }
    client.close()
    serving.cancel()
    _ = await serving.result
    try result.get()
}

private func routes(_ served: Served) -> Router<ConnectionContext> {
    let router = Router(context: ConnectionContext.self)
    router.on("echo", method: .post, use: echo)
    router.on("echo", method: .put, use: echo)
    router.on("echo", method: .delete, use: echo)
    router.get("status/:code") { _, context in
        Response(status: .init(code: try context.parameters.require("code", as: Int.self)))
    }
    router.get("connection") { _, context in
        served.note(connection: context.remote)
        return context.remote
    }
    router.get("bytes/:count") { _, context in
        let count = try context.parameters.require("count", as: Int.self)
        return ByteBuffer(repeating: 0x2E, count: count)
    }
    router.get("redirect") { _, _ in Response(status: .found, headers: [.location: "/echo"]) }
    router.get("wait") { _, _ in
        // Being cancelled is how it ends: the caller has gone.
        try? await Task.sleep(for: .seconds(60))
        return "late"
    }
    router.get("ticks/:count") { _, context in
        let count = try context.parameters.require("count", as: Int.self)
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream"],
            body: .init { writer in
                for number in 0..<count {
                    try await writer.write(ByteBuffer(string: "\(number)\n"))
                }
                try await writer.finish(nil)
            })
    }
    return router
}

@Sendable private func echo(
    _ request: Request, _ context: ConnectionContext
) async throws -> Response {
    let body = try await request.body.collect(upTo: 4 << 20)
    var headers = HTTPFields()
    for name in ["X-Note", "Content-Type", "Expect"] {
        guard let field = HTTPField.Name(name) else { continue }
        if let echoed = HTTPField.Name("Got-\(name)") {
            headers[echoed] = request.headers[field] ?? "none"
        }
    }
    if let name = HTTPField.Name("Got-Method") { headers[name] = request.method.rawValue }
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: body))
}
