import Glibc
public import LinuxIO
import Synchronization

/// Stands between a client and an HTTP server on this machine, and cuts where a test wants it.
public final class CuttingProxy: Sendable {
    /// What becomes of one request.
    public enum Fate: Sendable {
        case pass
        /// The server never hears of it.
        case loseRequest
        /// The server carries it out, and nobody learns of it.
        case loseAnswer
        /// The client gets the beginning of the answer.
        case cutAnswer(afterBytes: Int)
    }

    public let port: Int
    private let socket: ListeningSocket
    private let decide: @Sendable (_ requestLine: String) -> Fate
    private let state: Mutex<State>

    private struct State {
        var target: Int?
        /// Signalled to end all connections of one spell.
        var end: Wakeup
        var isStopped = false
    }

    /// `target`: the server's port; nil while it is away. `decide` is asked for every request.
    public init(
        to target: Int?,
        decide: @escaping @Sendable (_ requestLine: String) -> Fate = { _ in .pass }
    ) throws(LinuxError) {
        socket = try ListeningSocket()
        port = socket.port
        self.decide = decide
        state = Mutex(State(target: target, end: try Wakeup()))
        _ = try KernelThread(name: "proxy") { [self] in accept() }
    }

    /// Cuts every connection; new ones go to `target`, or are hung up on.
    public func connect(to target: Int?) throws(LinuxError) {
        let next = try Wakeup()
        state.withLock { state in
            state.end.signal()
            (state.end, state.target) = (next, target)
        }
    }

    /// Cuts everything and takes no more calls.
    public func stop() {
        state.withLock { state in
            state.isStopped = true
            state.end.signal()
        }
    }

    private func accept() {
        while !state.withLock({ $0.isStopped }) {
            // A caller that is gone again is nobody's loss.
            guard let caller = try? socket.accept(patience: .milliseconds(50)) else { continue }
            let (target, end) = state.withLock { ($0.target, $0.end) }
            guard let target, let server = try? SocketAddress.connect(port: target) else {
                continue
            }
            // Without a thread the caller is hung up on, which a client must bear as well.
            _ = try? KernelThread(name: "proxy-line") { [self] in
                // Whatever breaks here, both ends see a line that was cut.
                try? carry(caller, server, until: end)
            }
        }
    }

    private func carry(
        _ caller: FileDescriptor, _ server: FileDescriptor, until end: Wakeup
    ) throws {
        var fate = Fate.pass
        var answeredBytes = 0
        while true {
            let ready = try Poll.wait(readable: [end.descriptor, caller, server]).readable
            if ready[0] { return }
            if ready[1] {
                guard case .bytes(let bytes) = try caller.read(limit: 1 << 16) else { return }
                if let line = Self.requestLine(bytes) { (fate, answeredBytes) = (decide(line), 0) }
                if case .loseRequest = fate { return }
                try server.writeAll(bytes)
            }
            if ready[2] {
                guard case .bytes(var bytes) = try server.read(limit: 1 << 16) else { return }
                switch fate {
                case .pass, .loseRequest: break
                case .loseAnswer: return
                case .cutAnswer(let limit): bytes = Array(bytes.prefix(limit - answeredBytes))
                }
                try caller.writeAll(bytes)
                answeredBytes += bytes.count
                if case .cutAnswer(let limit) = fate, answeredBytes >= limit { return }
            }
        }
    }

    /// The first line, where these bytes begin a request.
    private static func requestLine(_ bytes: [UInt8]) -> String? {
        let line = String(decoding: bytes.prefix { $0 != 0x0D }, as: UTF8.self)
        return line.hasSuffix("HTTP/1.1") ? line : nil
    }
}
