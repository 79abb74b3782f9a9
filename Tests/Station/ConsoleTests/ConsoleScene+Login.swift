import CurlHTTP
import Foundation
import LocalAPI
import OperatorGrants
import Pipeline
import Scans

@testable import Console
@testable import Operators

extension ConsoleScene {
    /// Through one of the three ways in.
    func request(
        _ door: Door, _ method: String, _ path: String, _ body: String? = nil
    ) -> HTTPRequest {
        var request = request(method, path, body)
        guard door != .socket else { return request }
        let port = door == .network ? networkPort : port
        request.unixSocket = nil
        request.url = "http://127.0.0.1:\(port)\(path)"
        return request
    }

    func send(
        _ door: Door, _ method: String, _ path: String, _ body: String? = nil,
        cookie: String? = nil, token: String? = nil
    ) async throws -> Answer {
        var request = request(door, method, path, body)
        if let cookie { request.headers.append(("Cookie", "x=y; \(cookie)")) }
        if let token { request.headers.append(("Authorization", "Bearer \(token)")) }
        return Answer(try await http.send(request))
    }

    func tryLogin(_ name: String, _ pin: String, at door: Door) async throws -> HTTPResponse {
        let body = APIForm.text(LoginRequest(operator: name, pin: pin))
        return try await http.send(request(door, "POST", "/v1/login", body))
    }

    /// Answers with the cookie.
    func login(_ role: OperatorRole, at door: Door) async throws -> String {
        try await tryLogin(role.rawValue, "271828", at: door).cookie ?? ""
    }

    /// A scanner reads a badge.
    func show(_ code: String) -> Feedback.Signal? {
        let capture = Capture(device: "gun", payload: .keystrokes(code), time: .now)
        guard case .answered(let feedback) = desk.admit(capture) else { return nil }
        return feedback.signal
    }
}

extension HTTPResponse {
    /// What a browser sends back.
    var cookie: String? {
        header("Set-Cookie")?.split(separator: ";").first.map(String.init)
    }
}

func session(_ name: String) throws -> Session {
    Session(
        OperatorGrant(
            name: name, role: .operator, expires: .max,
            pin: try PINHash(try PIN("271828"), rounds: 1 << 10), badges: []), .pin, begun: 0)
}
