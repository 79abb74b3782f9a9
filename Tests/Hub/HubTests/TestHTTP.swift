import Foundation
import Glibc

/// A plain HTTP/1.1 client on a thread of its own, so that a waiting test holds up no server.
struct TestHTTP {
    var port: Int

    struct Answer: Sendable {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        /// Of a problem document.
        var code: String? {
            let object = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
            return object?["code"] as? String
        }

        func json<T: Decodable>(_ type: T.Type) throws -> T {
            try JSONDecoder().decode(type, from: Data(body))
        }
    }

    func send(
        _ method: String, _ path: String, headers: [(String, String)] = [], body: [UInt8] = []
    ) async throws -> Answer {
        let request = TestHTTP.request(method, path, headers, body)
        let bytes = try await onThread { [port] in
            try TestHTTP.exchange(port: port, request) { _ in true }
        }
        return TestHTTP.parse(bytes)
    }

    /// Sends these bytes and no more, and reads until the server hangs up.
    func exchange(_ bytes: String) async throws -> [UInt8] {
        try await onThread { [port] in
            try TestHTTP.exchange(port: port, Array(bytes.utf8)) { _ in true }
        }
    }

    /// Reads an endless answer until `isEnough` says so.
    func read(
        _ path: String, headers: [(String, String)],
        until isEnough: @escaping @Sendable (String) -> Bool
    ) async throws -> String {
        let request = TestHTTP.request("GET", path, headers, [])
        let bytes = try await onThread { [port] in
            try TestHTTP.exchange(port: port, request) {
                !isEnough(String(decoding: $0, as: UTF8.self))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func request(
        _ method: String, _ path: String, _ headers: [(String, String)], _ body: [UInt8]
    ) -> [UInt8] {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        if !body.isEmpty || method == "POST" { head += "Content-Length: \(body.count)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        return Array((head + "\r\n").utf8) + body
    }

    private static func exchange(
        port: Int, _ request: [UInt8], wantsMore: ([UInt8]) -> Bool
    ) throws -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw POSIXError(.ECONNREFUSED) }
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // The server may have answered and closed before it took all of a body too long.
            if count <= 0 { break }
            sent += count
        }
        var answer: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while wantsMore(answer) {
            let count = recv(descriptor, &part, part.count, 0)
            if count <= 0 { break }
            answer += part[..<count]
        }
        return answer
    }

    private static func parse(_ bytes: [UInt8]) -> Answer {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
            return Answer(status: 0, headers: [:], body: bytes)
        }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            .components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        let status = Int(lines[0].split(separator: " ")[1]) ?? 0
        return Answer(status: status, headers: headers, body: Array(bytes[end.upperBound...]))
    }

    private func onThread<T: Sendable>(
        _ work: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try work() })
            }
        }
    }
}
