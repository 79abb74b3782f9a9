import LinuxIO
import ScanTesting

/// Reads one request of each caller, says exactly what it was told to and hangs up.
final class RawServer: Sendable {
    let port: Int
    private let socket: ListeningSocket
    private let thread: KernelThread
    private let (callers, called) = AsyncStream<Void>.makeStream()

    /// nil: never answers, and keeps the line open.
    init(answering answer: String?) throws {
        let socket = try ListeningSocket()
        self.socket = socket
        port = socket.port
        thread = try KernelThread(name: "raw-server") { [called] in
            // A caller that hangs up early ends this server, and that is all it is for.
            guard let caller = try? socket.accept(patience: .seconds(10)) else { return }
            _ = try? Poll.wait(readable: [caller], timeout: .seconds(5))
            _ = try? caller.read(limit: 65536)
            called.yield()
            if let answer {
                try? caller.writeAll(Array(answer.utf8))
            } else {
                _ = try? Poll.wait(readable: [caller], timeout: .seconds(10))
            }
        }
    }

    func waitForCaller() async {
        for await _ in callers { return }
    }
}
