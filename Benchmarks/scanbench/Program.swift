import Foundation
import LinuxIO

/// A program of ours that runs beside the measurement.
final class Program {
    private let child: ChildProcess
    private var received: [UInt8] = []
    let name: String
    private let log: String

    /// Starts it; what it says on standard error goes to `log`.
    init(_ command: [String], log: String) throws {
        name = command.first.map { String($0.split(separator: "/").last ?? "") } ?? ""
        self.log = log
        child = try ChildProcess(
            ["/bin/sh", "-c", #"log=$0; exec "$@" 2>>"$log""#, log] + command)
    }

    var processID: Int32 { child.processID }

    /// The next line that contains `text`; any line when that is empty.
    func line(containing text: String, within patience: Duration) throws -> String {
        let deadline = SystemTime.monotonic + patience
        while true {
            while let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: received[..<end], as: UTF8.self)
                received.removeSubrange(...end)
                if text.isEmpty || line.contains(text) { return line }
            }
            try receive(until: deadline, waitingFor: text)
        }
    }

    func say(_ line: String) throws {
        try child.input?.writeAll(Array((line + "\n").utf8))
    }

    private func receive(until deadline: Duration, waitingFor text: String) throws {
        let left = deadline - SystemTime.monotonic
        guard left > .zero, try Poll.wait(readable: [child.output], timeout: left).readable[0]
        else { throw ProgramError.silent(name, waitingFor: text) }
        switch try child.output.read(limit: 1 << 16) {
        case .bytes(let bytes): received += bytes
        case .wouldBlock: return
        case .end: throw ProgramError.ended(name, waitingFor: text, said: lastWords)
        }
    }

    /// The end of its log; a log that can't be read says nothing.
    private var lastWords: String {
        String((try? String(contentsOfFile: log, encoding: .utf8))?.suffix(400) ?? "")
    }

    /// Asks it to stop, and waits.
    func stop() throws {
        Glibc.kill(child.processID, SIGTERM)
        if try child.waitForEnd(patience: .seconds(20)) == nil { child.kill() }
    }

    /// Runs a command to its end. Answers with the last line it wrote.
    static func run(_ command: [String], log: String) throws -> String {
        let program = try Program(command, log: log)
        var last = ""
        while true {
            do {
                last = try program.line(containing: "", within: .seconds(20))
            } catch ProgramError.ended {
                return last
            }
        }
    }
}

enum ProgramError: Error, CustomStringConvertible {
    case silent(String, waitingFor: String)
    case ended(String, waitingFor: String, said: String)
    case failed(String, String)

    var description: String {
        switch self {
        case .silent(let name, let text): "\(name) did not say '\(text)' in time"
        case .failed(let name, let why): "\(name) failed: \(why)"
        case .ended(let name, let text, let words):
            "\(name) ended before it said '\(text)': \(words)"
        }
    }
}
