import Foundation

/// The same backlog in NATS: a stream near the scanner, mirrored over a leaf link by a server that
/// was away. Neither syncs what it acknowledges.
struct NATSLeaf {
    private static let message = String(repeating: "x", count: 200)
    private static let patienceNanoseconds: UInt64 = 600_000_000_000
    private static let program = "/usr/sbin/nats-server"
    let folder: String

    /// nil: it can be run. Else why not.
    static var obstacle: String? {
        FileManager.default.isExecutableFile(atPath: program)
            ? nil : "NATS leaf mirror: \(program) not installed"
    }

    /// From the first messages that crossed to the last.
    func drain(_ count: Int) throws -> Lap {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer {
            // Left files cost nothing but room in a folder that goes as a whole.
            try? FileManager.default.removeItem(atPath: folder)
        }
        let (near, far, link) = (
            try LoopbackPort.free(), try LoopbackPort.free(), try LoopbackPort.free()
        )
        let station = try start(
            "leaf", near, "reconnect: 1, remotes: [ { url: \"nats://127.0.0.1:\(link)\" } ]")
        try fill(near, count)
        let centre = try start("hub", far, "listen: \"127.0.0.1:\(link)\"")
        let lap = try mirror(far, count)
        try centre.stop()
        try station.stop()
        return lap
    }

    private func start(_ name: String, _ port: Int, _ leafnodes: String) throws -> Program {
        try """
        listen: "127.0.0.1:\(port)"
        server_name: \(name)
        jetstream { domain: \(name), store_dir: "\(folder)/\(name)" }
        leafnodes { \(leafnodes) }

        """.write(toFile: "\(folder)/\(name).conf", atomically: false, encoding: .utf8)
        let server = try Program(
            [Self.program, "-c", "\(folder)/\(name).conf"], log: "\(folder)/\(name).log")
        try LoopbackPort.wait(for: port)
        return server
    }

    private func fill(_ port: Int, _ count: Int) throws {
        let connection = try NATSConnection(port: port)
        _ = try connection.ask(
            "$JS.API.STREAM.CREATE.SCANS",
            #"{"name":"SCANS","subjects":["scans"],"storage":"file"}"#)
        try connection.publish(count, on: "scans", Self.message)
        try wait(connection, "SCANS", count)
    }

    private func mirror(_ port: Int, _ count: Int) throws -> Lap {
        let connection = try NATSConnection(port: port)
        _ = try connection.ask(
            "$JS.API.STREAM.CREATE.MIRROR",
            """
            {"name":"MIRROR","storage":"file","mirror":{"name":"SCANS",\
            "external":{"api":"$JS.leaf.API","deliver":""}}}
            """)
        let crossed = try wait(connection, "MIRROR", 1)
        let start = Stopwatch.now
        try wait(connection, "MIRROR", count)
        return Lap(
            operations: max(1, count - crossed), nanoseconds: Double(Stopwatch.now - start))
    }

    @discardableResult
    private func wait(
        _ connection: NATSConnection, _ stream: String, _ count: Int
    ) throws -> Int {
        let deadline = Stopwatch.now + Self.patienceNanoseconds
        while Stopwatch.now < deadline {
            let there = try connection.messages(in: stream)
            if there >= count { return there }
            usleep(2000)
        }
        throw ProgramError.silent("nats-server", waitingFor: "\(count) messages in \(stream)")
    }
}
