import Foundation
import LinuxIO
import ScanTesting
import Synchronization

/// Debian's mosquitto, on a free port, killed and started as a test wants it.
final class TestBroker: Sendable {
    static let program = "/usr/sbin/mosquitto"
    static let subscriber = "/usr/bin/mosquitto_sub"
    static var isInstalled: Bool {
        [program, subscriber].allSatisfy { (path: String) in access(path, X_OK) == 0 }
    }

    let port: Int
    private let folder: TemporaryFolder
    private let options: String
    private let child = Mutex<ChildProcess?>(nil)

    /// `options`: lines of its configuration beside those that it always gets.
    init(_ folder: TemporaryFolder, options: String = "allow_anonymous true") throws {
        port = try ListeningSocket().port
        self.folder = folder
        self.options = options
    }

    deinit {
        _ = child.withLock { $0?.kill() }
    }

    var url: String { "mqtt://127.0.0.1:\(port)" }

    func start() throws {
        let configuration = try folder.write(
            """
            listener \(port) 127.0.0.1
            user root
            persistence true
            log_dest file \(folder.path)/mosquitto.log
            persistence_location \(folder.path)/
            max_inflight_messages 0
            max_queued_messages 0
            \(options)

            """, to: "mosquitto.conf")
        let started = try ChildProcess([Self.program, "-c", configuration])
        child.withLock { $0 = started }
        guard eventually({ isListening }) else { throw POSIXError(.ECONNREFUSED) }
    }

    /// Has it keep its sessions on the disk, and pulls the plug later.
    func save() throws {
        guard let child = child.withLock({ $0 }) else { return }
        Glibc.kill(child.processID, SIGUSR1)
        let file = folder.path("mosquitto.db")
        guard eventually({ access(file, F_OK) == 0 }) else { throw POSIXError(.ENOENT) }
    }

    func kill() {
        child.withLock { child in
            child?.kill()
            child = nil
        }
    }

    func stop() throws {
        guard let child = child.withLock({ $0 }) else { return }
        Glibc.kill(child.processID, SIGTERM)
        _ = try child.waitForEnd(patience: .seconds(10))
        self.child.withLock { $0 = nil }
    }

    private var isListening: Bool {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(number) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

/// Debian's mosquitto_sub with a session that outlives connections; what it hears goes to a file.
final class TestSubscriber: Sendable {
    private let file: String
    private let arguments: [String]
    private let child = Mutex<ChildProcess?>(nil)

    init(_ broker: TestBroker, _ folder: TemporaryFolder, topics: [String]) {
        file = folder.path("heard-\(UUID().uuidString)")
        arguments =
            ["-p", "\(broker.port)", "-i", "sub-\(UUID().uuidString)", "-c", "-q", "1"]
            + topics.flatMap { ["-t", $0] }
    }

    /// Subscribes, and returns when the broker knows it.
    func subscribe() throws {
        let child = try ChildProcess([TestBroker.subscriber] + arguments + ["-E"])
        guard try child.waitForEnd(patience: .seconds(10)) == .exited(status: 0) else {
            throw POSIXError(.ECONNREFUSED)
        }
    }

    func listen() throws {
        let started = try ChildProcess(
            ["/bin/sh", "-c", #"file=$1; shift; exec "$@" > "$file""#, "sh", file]
                + ["/usr/bin/stdbuf", "-oL", TestBroker.subscriber] + arguments + [
                    "-F", "%t %r %p",
                ])
        child.withLock { $0 = started }
    }

    deinit {
        _ = child.withLock { $0?.kill() }
    }

    /// What came whole: topic, whether it was retained, payload.
    var messages: [(topic: String, isRetained: Bool, payload: String)] {
        // Not there yet: nothing came.
        let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        return text.components(separatedBy: "\n").dropLast().map { line in
            let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
            return (parts[0], parts[1] == "1", parts.count > 2 ? parts[2] : "")
        }
    }

    /// The ids of the operations, repeats and all.
    var ids: [String] {
        messages.compactMap { message in
            let object = try? JSONSerialization.jsonObject(with: Data(message.payload.utf8))
            return (object as? [String: Any])?["id"] as? String
        }
    }

    var distinct: [String] {
        var seen: Set<String> = []
        return ids.filter { seen.insert($0).inserted }
    }
}
