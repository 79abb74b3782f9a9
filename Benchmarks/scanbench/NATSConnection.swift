import Floor
import Foundation

/// Enough of the NATS protocol to ask a server on this machine and to publish.
///
/// Source: docs.nats.io, client protocol.
final class NATSConnection {
    private let socket: Int32
    private var received: [UInt8] = []

    init(port: Int) throws {
        socket = try LoopbackPort.connected(to: port)
        try send("CONNECT {\"verbose\":false}\r\nPING\r\n")
        while try line() != "PONG" {}
    }

    deinit {
        close(socket)
    }

    /// Publishes the same message again and again.
    func publish(_ count: Int, on subject: String, _ message: String) throws {
        let one = "PUB \(subject) \(message.utf8.count)\r\n\(message)\r\n"
        let thousand = String(repeating: one, count: 1000)
        for _ in 0..<(count / 1000) { try send(thousand) }
        try send(String(repeating: one, count: count % 1000))
    }

    /// Asks, and answers with what came back.
    func ask(_ subject: String, _ body: String) throws -> String {
        try send(
            "SUB _A 1\r\nUNSUB 1 1\r\nPUB \(subject) _A \(body.utf8.count)\r\n\(body)\r\n")
        while true {
            let line = try line()
            if line == "PING" { try send("PONG\r\n") }
            guard line.hasPrefix("MSG"), let count = line.split(separator: " ").last,
                let length = Int(count)
            else { continue }
            let message = try bytes(length + 2).dropLast(2)
            return String(decoding: message, as: UTF8.self)
        }
    }

    /// How much a stream holds.
    func messages(in stream: String) throws -> Int {
        let answer = try ask("$JS.API.STREAM.INFO.\(stream)", "")
        let number = answer.components(separatedBy: "\"messages\":").dropFirst().first
        return number.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
    }

    private func send(_ text: String) throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { write(socket, $0.baseAddress, $0.count) }
            guard sent > 0 else { throw FloorError(code: errno, "send to nats-server") }
            rest = rest.dropFirst(sent)
        }
    }

    private func line() throws -> String {
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let line = received[..<end].filter { $0 != UInt8(ascii: "\r") }
                received.removeSubrange(...end)
                return String(decoding: line, as: UTF8.self)
            }
            try receive()
        }
    }

    private func bytes(_ count: Int) throws -> [UInt8] {
        while received.count < count { try receive() }
        defer { received.removeSubrange(..<count) }
        return Array(received[..<count])
    }

    private func receive() throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        let count = read(socket, &buffer, buffer.count)
        guard count > 0 else { throw FloorError(code: errno, "hear from nats-server") }
        received += buffer[..<count]
    }
}
