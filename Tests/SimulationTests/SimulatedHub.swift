import CurlHTTP
import Foundation
import GRDB
import Gzip
import HTTPTypes
import Hummingbird
import LedgerStore
import Logging
import NIOCore
import Replication
import Synchronization

@testable import CurlHTTP
@testable import Hub
@testable import HubStorage

/// The hub's own routes and storage, called without a network.
actor SimulatedHub {
    nonisolated let directory: String
    private let clock: SimulatedClock
    private(set) var store: HubStore
    private var routes: SyncRoutes

    init(directory: String, clock: SimulatedClock) throws {
        self.directory = directory
        self.clock = clock
        store = try HubStore(directory: directory)
        routes = SimulatedHub.routes(store, clock)
    }

    private static func routes(_ store: HubStore, _ clock: SimulatedClock) -> SyncRoutes {
        SyncRoutes(
            context: HubContext(
                store: store, nonces: NonceMemory(), greetings: Greetings(),
                clock: { clock.now },
                log: Logger(label: "simulation", factory: { _ in SwiftLogNoOpLogHandler() })))
    }

    var tenant: TenantStore {
        get throws { try store.tenant("main") }
    }

    /// Stops the hub, lets `body` do something to its files, and starts it again.
    func restart(_ body: (String) throws -> Void = { _ in }) throws {
        try store.close()
        try body(directory)
        store = try HubStore(directory: directory)
        routes = SimulatedHub.routes(store, clock)
    }

    /// As an admin does who put a backup back.
    func tellOfRestore() throws {
        try store.registry.renewGeneration()
        try restart()
    }

    func close() throws { try store.close() }

    /// Names are drawn at random by the hub; here they follow from the seed, for they decide ties.
    func enrol(_ name: String, publicKey: [UInt8]) async throws {
        let now = clock.now
        let code = try await store.registry.makeEnrolmentCode(
            tenant: "main", minutes: 10, now: now)
        let record = try await store.registry.enrol(
            .init(code: code.text, publicKey: publicKey, name: name, fingerprint: ""), now: now)
        let file = try DatabaseQueue(path: directory + "/hub.sqlite")
        try await file.write { db in
            try db.execute(
                sql: "UPDATE station SET code = ? WHERE code = ?",
                arguments: [name, record.code.rawValue])
        }
    }

    func answer(_ request: CurlHTTP.HTTPRequest) async throws -> CurlHTTP.HTTPResponse {
        let path = String(request.url.dropFirst("http://hub".count))
        if let answer = try waitsForNothing(path) { return answer }
        let asked = Request(
            head: .init(
                method: request.method == "GET" ? .get : .post, scheme: "http",
                authority: "hub", path: path, headerFields: fields(request)),
            body: RequestBody(buffer: ByteBuffer(bytes: request.body)))
        let response: Response
        do {
            response = try await respond(to: asked, path)
        } catch {
            // A fault of the hub's own would have no problem document.
            guard let problem = Problem(error) else { throw error }
            response = problem.response
        }
        return try await plain(response)
    }

    private func respond(to request: Request, _ path: String) async throws -> Response {
        switch path {
        case "/v1/hello": try await routes.hello(request)
        case "/v1/ops": try await routes.take(request)
        default: try await routes.feed(request)
        }
    }

    /// The long wait of the feed, without the wait.
    private func waitsForNothing(_ path: String) throws -> CurlHTTP.HTTPResponse? {
        guard path.hasPrefix("/v1/feed?pos="),
            let position = UInt64(path.dropFirst("/v1/feed?pos=".count).prefix { $0 != "&" }),
            try tenant.position <= position
        else { return nil }
        return CurlHTTP.HTTPResponse(status: 204, headers: HTTPHeaders(), body: [])
    }

    private func fields(_ request: CurlHTTP.HTTPRequest) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in request.headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return fields
    }

    private func plain(_ response: Response) async throws -> CurlHTTP.HTTPResponse {
        let body = CollectedBody()
        try await response.body.write(body)
        var bytes = body.bytes.withLock { $0 }
        if response.headers[.contentEncoding] == "gzip" {
            bytes = try Gzip.decompress(bytes, limitBytes: 8 << 20)
        }
        var headers = HTTPHeaders()
        for field in response.headers {
            headers.append(line: Substring("\(field.name.rawName): \(field.value)"))
        }
        headers.append(line: Substring("Date: " + date))
        return CurlHTTP.HTTPResponse(
            status: response.status.code, headers: headers, body: bytes)
    }

    private var date: String {
        var seconds = time_t(clock.now / 1_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [UInt8](repeating: 0, count: 64)
        let length = text.withUnsafeMutableBytes { bytes in
            strftime(
                bytes.bindMemory(to: CChar.self).baseAddress, 64, "%a, %d %b %Y %H:%M:%S GMT",
                &parts)
        }
        return String(decoding: text.prefix(length), as: UTF8.self)
    }
}
