import Foundation
import LinuxIO

/// The same backlog in a broker that people use for it: mosquitto near the scanner, a bridge to
/// mosquitto at the centre, which was away. Neither syncs what it acknowledges.
struct MosquittoBridge {
    private static let messageBytes = 200
    let folder: String

    /// nil: it can be run. Else why not.
    static var obstacle: String? {
        let programs = ["mosquitto", "mosquitto_pub", "mosquitto_sub"]
        let missing = programs.filter { path(of: $0) == nil }
        return missing.isEmpty
            ? nil : "mosquitto bridge: \(missing.joined(separator: ", ")) not installed"
    }

    private static func path(of program: String) -> String? {
        ["/usr/sbin/", "/usr/bin/", "/usr/local/bin/"].map { $0 + program }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// The first message that crosses only says that the far side listens.
    func drain(_ count: Int) throws -> Lap {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer {
            // Left files cost nothing but room in a folder that goes as a whole.
            try? FileManager.default.removeItem(atPath: folder)
        }
        let (near, far) = (try LoopbackPort.free(), try LoopbackPort.free())
        try configure(near: near, far: far)
        try fill(near, count)
        let centre = try start("far", port: far)
        let listener = try listen(far, count)
        let station = try start("near", port: near)
        _ = try listener.line(containing: "done", within: .seconds(120))
        try station.stop()
        try centre.stop()
        return Lap(operations: count - 1, nanoseconds: try seconds() * 1e9)
    }

    private func configure(near: Int, far: Int) throws {
        let common = "allow_anonymous true\nmax_queued_messages 0\nuser root\n"
        try "listener \(far) 127.0.0.1\nmax_inflight_messages 0\n\(common)"
            .write(toFile: folder + "/far.conf", atomically: false, encoding: .utf8)
        try """
        listener \(near) 127.0.0.1
        max_inflight_messages 1000
        persistence true
        persistence_location \(folder)/
        \(common)connection far
        address 127.0.0.1:\(far)
        topic # out 1
        cleansession false
        restart_timeout 1
        notifications false

        """.write(toFile: folder + "/near.conf", atomically: false, encoding: .utf8)
    }

    private func start(_ name: String, port: Int) throws -> Program {
        let broker = try Program(
            [Self.path(of: "mosquitto") ?? "mosquitto", "-c", "\(folder)/\(name).conf"],
            log: "\(folder)/\(name).log")
        try LoopbackPort.wait(for: port)
        return broker
    }

    /// While the centre is away.
    private func fill(_ port: Int, _ count: Int) throws {
        let line = String(repeating: "x", count: Self.messageBytes) + "\n"
        try String(repeating: line, count: count)
            .write(toFile: folder + "/lines", atomically: false, encoding: .utf8)
        let broker = try start("near", port: port)
        _ = try Program.run(
            shell("mosquitto_pub -p \(port) -t scans -q 1 -l < lines; echo done"), log: log)
        // It writes its queue to the disk when it is stopped.
        try broker.stop()
    }

    /// Writes the time of each message into a file, and says when all are there.
    private func listen(_ port: Int, _ count: Int) throws -> Program {
        _ = try Program.run(
            shell("mosquitto_pub -p \(port) -t ready -r -q 1 -m ready; echo done"), log: log)
        let listener = try Program(
            shell(
                "mosquitto_sub -p \(port) -t '#' -q 1 -C \(count + 1) -F %U > times; echo done"),
            log: log)
        let deadline = Stopwatch.now + 10_000_000_000
        while try times().isEmpty {
            guard Stopwatch.now < deadline else {
                throw ProgramError.silent("mosquitto_sub", waitingFor: "the first message")
            }
            usleep(20_000)
        }
        return listener
    }

    private var log: String { folder + "/clients.log" }

    private func shell(_ command: String) -> [String] {
        ["/bin/sh", "-c", "cd '\(folder)' && \(command)"]
    }

    private func times() throws -> [Double] {
        guard FileManager.default.fileExists(atPath: folder + "/times") else { return [] }
        return try String(contentsOfFile: folder + "/times", encoding: .utf8)
            .split(separator: "\n").compactMap { Double($0) }
    }

    /// From the first message that crossed to the last.
    private func seconds() throws -> Double {
        let times = try times().dropFirst()
        return (times.last ?? .infinity) - (times.first ?? 0)
    }
}
