import CommandKit
import CurlHTTP
import Glibc
import LocalAPI

/// Talks to the daemon over its socket.
struct StationClient: Sendable {
    private static let responseLimitBytes = 16 << 20
    let http: HTTPClient
    private let socket: String

    /// Throws `CommandFailure` when there is no daemon, or none that may be talked to.
    init(socket: String) throws {
        self.socket = socket
        try Self.requireSocket(socket)
        http = try HTTPClient()
    }

    func get<Answer: Decodable>(_ path: String, as type: Answer.Type) async throws -> Answer {
        try await send(request("GET", path), as: type)
    }

    func post<Answer: Decodable>(
        _ path: String, _ body: some Encodable, as type: Answer.Type
    ) async throws -> Answer {
        try await send(request("POST", path, APIForm.encode(body)), as: type)
    }

    /// Reads a stream of events until it ends or `take` returns false.
    func follow(
        _ method: String, _ path: String, body: [UInt8] = [],
        take: (ServerSentEvent) throws -> Bool
    ) async throws {
        var request = request(method, path, body)
        request.isLongPoll = true
        let stream = try await reached { try await http.stream(request) }
        guard stream.status == 200 else { throw try await problem(of: stream) }
        var reader = ServerSentEventReader()
        for try await chunk in stream {
            for event in reader.push(chunk) where try !take(event) { return }
        }
    }

    func request(_ method: String, _ path: String, _ body: [UInt8] = []) -> HTTPRequest {
        var request = HTTPRequest(
            method: method, url: "http://localhost\(APIVersion.prefix)\(path)")
        request.unixSocket = socket
        request.responseLimitBytes = Self.responseLimitBytes
        request.body = body
        if !body.isEmpty { request.headers = [("Content-Type", "application/json")] }
        return request
    }

    /// Of what stands outside the versioned paths.
    func plainRequest(_ path: String) -> HTTPRequest {
        var request = request("GET", path)
        request.url = "http://localhost\(path)"
        return request
    }

    func send<Answer: Decodable>(
        _ request: HTTPRequest, as type: Answer.Type
    ) async throws -> Answer {
        let response = try await reached { try await http.send(request) }
        guard response.status == 200 else { throw Self.problem(response.status, response.body) }
        do {
            return try APIForm.decode(type, from: response.body)
        } catch {
            throw CommandFailure(
                code: "api-nonsense",
                message: "the daemon's answer can't be read; is it of another version? \(error)")
        }
    }

    func reached<T>(_ exchange: () async throws -> T) async throws -> T {
        do {
            return try await exchange()
        } catch let error as HTTPError {
            throw CommandFailure(
                status: .notRunning, code: "not-running",
                message: "scanstationd does not answer at \(socket): \(error)")
        }
    }
}

extension StationClient {
    private static func requireSocket(_ path: String) throws {
        if access(path, R_OK | W_OK) == 0 { return }
        guard errno == EACCES || errno == EPERM else {
            throw CommandFailure(
                status: .notRunning, code: "not-running",
                message: "scanstationd is not running: there is no \(path). "
                    + "Start it, or name its folder with --state.")
        }
        throw CommandFailure(
            status: .noPermission, code: "no-permission",
            message: "\(path): you may not talk to the daemon. "
                + "Join its group, or use sudo.")
    }

    static func problem(_ status: Int, _ body: [UInt8]) -> CommandFailure {
        // Whatever else answers there has no problem to report, and its status must do.
        guard let report = try? APIForm.decode(ProblemReport.self, from: body) else {
            return CommandFailure(code: "http-\(status)", message: "the daemon said \(status)")
        }
        return CommandFailure(
            status: ExitStatus(problem: report.code), code: report.code, message: report.message)
    }

    func problem(of stream: HTTPStream) async throws -> CommandFailure {
        var body: [UInt8] = []
        for try await chunk in stream { body += chunk }
        return Self.problem(stream.status, body)
    }
}
