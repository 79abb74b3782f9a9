import Foundation
import LinuxIO

/// A program that runs until it is told to stop, or killed.
final class RunningProgram {
    private let child: ChildProcess
    private let errorFile: String
    private var received: [UInt8] = []

    /// Starts it, with `listener` as descriptor 3 in the manner of a service manager, and waits for the line that says that it is ready.
    init(
        _ name: String, _ arguments: [String], errorFile: String, ready: String,
        environment: [String: String] = [:], listener: Int32? = nil,
        within patience: Duration = .seconds(30)
    ) throws {
        self.errorFile = errorFile
        let given = listener.map { "export LISTEN_PID=$$; exec 3<&\($0) \($0)<&-; " } ?? ""
        let script = given + #"exec "$0" "$@" 2>>"$ERROR_FILE""#
        let variables = environment.map { "\($0)=\($1)" } + ["ERROR_FILE=\(errorFile)"]
        child = try ChildProcess(
            ["/usr/bin/env"] + variables + ["/bin/bash", "-c", script]
                + [Programs.path(name)] + arguments)
        try waitForLine(containing: ready, within: patience)
    }

    /// What it wrote to standard output so far.
    var output: String { String(decoding: received, as: UTF8.self) }

    var errors: String {
        (try? String(contentsOfFile: errorFile, encoding: .utf8)) ?? ""  // Nothing was written.
    }

    var processID: Int32 { child.processID }

    /// Pulls the plug.
    func kill() {
        child.kill()
    }

    func send(_ signal: Int32) {
        Glibc.kill(child.processID, signal)
    }

    /// Asks it to stop and answers how it did.
    func stop(within patience: Duration = .seconds(10)) throws -> ChildProcess.Ending {
        Glibc.kill(child.processID, SIGTERM)
        guard let ending = try child.waitForEnd(patience: patience) else {
            child.kill()
            throw Unexpected("it ran on for \(patience) after SIGTERM")
        }
        return ending
    }

    func waitForEnd(within patience: Duration) throws -> ChildProcess.Ending {
        guard let ending = try child.waitForEnd(patience: patience) else {
            throw Unexpected("it still runs after \(patience)")
        }
        return ending
    }

    @discardableResult
    func waitForLine(containing text: String, within patience: Duration) throws -> String {
        let deadline = SystemTime.monotonic + patience
        while true {
            if let line = output.split(separator: "\n").first(where: { $0.contains(text) }) {
                return String(line)
            }
            let left = deadline - SystemTime.monotonic
            guard left > .zero, try Poll.wait(readable: [child.output], timeout: left).readable[0]
            else { throw Unexpected("no line with '\(text)'; errors: \(errors)") }
            switch try child.output.read(limit: 1 << 16) {
            case .bytes(let bytes): received += bytes
            case .wouldBlock: continue
            case .end: throw Unexpected("it ended before it said '\(text)'; errors: \(errors)")
            }
        }
    }
}
