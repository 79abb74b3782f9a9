import Foundation
import LinuxIO
import ScanTesting
import Synchronization

/// Receives requests by HTTP/1.1, keeps them, and answers as it is told.
final class TestReceiver: Sendable {
    struct Request: Sendable {
        var method: String
        var path: String
        /// By names in small letters.
        var headers: [String: String]
        var body: [UInt8]
        /// When it was there.
        var time = SystemTime.monotonic

        var json: [String: Any] {
            let object = try? JSONSerialization.jsonObject(with: Data(body))
            return object as? [String: Any] ?? [:]
        }

        /// The ids of the operations in it, or of those that its events are of.
        var ids: [String] {
            let data = json["data"] as? [String: Any]
            let document = json["epcisBody"] as? [String: Any]
            return (data?["operations"] as? [[String: Any]] ?? []).compactMap {
                $0["id"] as? String
            }
                + (document?["eventList"] as? [[String: Any]] ?? []).compactMap {
                    $0["scanstation:operation"] as? String
                }
        }
    }

    struct Answer: Sendable {
        var status: Int
        var headers: [(String, String)] = []
        var body = ""

        static let ok = Answer(status: 200)
    }

    private struct Kept {
        var requests: [Request] = []
        /// In the order in which they were taken, repeats and all.
        var taken: [String] = []
    }

    private let socket: ListeningSocket
    private let decide: @Sendable (Int, Request) -> Answer?
    private let kept = Mutex(Kept())

    /// `decide` gets the number of the request, from 0; nil hangs up without an answer.
    init(_ decide: @escaping @Sendable (Int, Request) -> Answer? = { _, _ in .ok }) throws {
        socket = try ListeningSocket()
        self.decide = decide
        _ = try KernelThread(name: "receiver") { [weak self, socket] in
            while let self {
                // Nobody called, or is gone again: the next may.
                guard let caller = try? socket.accept(patience: .milliseconds(50)) else { continue }
                self.serve(caller)
            }
        }
    }

    var url: String { "http://127.0.0.1:\(socket.port)/hook" }
    var requests: [Request] { kept.withLock { $0.requests } }
    var taken: [String] { kept.withLock { $0.taken } }
    /// Repeats dropped by their id, as a receiver should.
    var distinct: [String] {
        var seen: Set<String> = []
        return taken.filter { seen.insert($0).inserted }
    }

    private func serve(_ caller: FileDescriptor) {
        // Without a thread the caller is hung up on.
        _ = try? KernelThread(name: "receiver-line") { [weak self] in
            var buffer: [UInt8] = []
            // A line that broke is over.
            while let self, let request = try? Self.read(caller, &buffer) {
                guard let answer = self.take(request) else { return }
                try? caller.writeAll(Self.bytes(of: answer))
            }
        }
    }

    private func take(_ request: Request) -> Answer? {
        let number = kept.withLock { kept in
            kept.requests.append(request)
            return kept.requests.count - 1
        }
        let answer = decide(number, request)
        if let answer, (200..<300).contains(answer.status) {
            kept.withLock { $0.taken += request.ids }
        }
        return answer
    }

    private static func bytes(of answer: Answer) -> [UInt8] {
        let head = answer.headers.map { "\($0.0): \($0.1)\r\n" }.joined()
        return Array(
            ("HTTP/1.1 \(answer.status) X\r\nContent-Length: \(answer.body.utf8.count)\r\n\(head)\r\n"
                + answer.body).utf8)
    }

    private static func read(_ caller: FileDescriptor, _ buffer: inout [UInt8]) throws -> Request? {
        let mark = Array("\r\n\r\n".utf8)
        while true {
            if let end = buffer.firstRange(of: mark)?.upperBound {
                let lines = String(decoding: buffer[..<end], as: UTF8.self)
                    .components(separatedBy: "\r\n").filter { !$0.isEmpty }
                var headers: [String: String] = [:]
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1)
                    headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
                }
                let length = headers["content-length"].flatMap { Int($0) } ?? 0
                if buffer.count >= end + length {
                    let words = lines[0].split(separator: " ").map(String.init)
                    defer { buffer.removeFirst(end + length) }
                    return Request(
                        method: words[0], path: words[1], headers: headers,
                        body: Array(buffer[end..<(end + length)]))
                }
            }
            guard try Poll.wait(readable: [caller], timeout: .seconds(20)).readable[0],
                case .bytes(let more) = try caller.read(limit: 1 << 16)
            else { return nil }
            buffer += more
        }
    }
}
