import Foundation
import LinuxIO

/// A real scanstationd with scanners on pseudo terminals and a FIFO.
final class StationProcess {
    let program: Program
    let scanners: [PseudoTerminal]
    /// From its start to the line that says it takes scans.
    let startSeconds: Double
    private let folder: String
    private let fifo: String

    static func program(_ bench: Bench) -> String { bench.programs + "/scanstationd" }

    /// nil: it can be started. Else why not.
    static func obstacle(_ bench: Bench) -> String? {
        let path = program(bench)
        return FileManager.default.isExecutableFile(atPath: path) ? nil : "\(path) is not there"
    }

    init(_ bench: Bench) throws {
        folder = bench.folder.path + "/station-\(UInt32.random(in: 0...UInt32.max))"
        fifo = folder + "/codes"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard mkfifo(fifo, 0o600) == 0 else {
            throw FloorError(code: errno, "make \(fifo)")
        }
        scanners = try [PseudoTerminal(), PseudoTerminal()]
        for scanner in scanners { try scanner.controller.setNonBlocking() }
        let config = folder + "/station.toml"
        let text = StationProcess.configuration(scanners.map(\.path), fifo: fifo)
        try text.write(toFile: config, atomically: true, encoding: .utf8)

        let start = Stopwatch.now
        program = try Program(
            [Self.program(bench), "--state", folder + "/state", "--config", config],
            log: folder + "/log")
        _ = try program.line(containing: "ready", within: .seconds(30))
        startSeconds = Double(Stopwatch.now - start) / 1e9
    }

    private static func configuration(_ terminals: [String], fifo: String) -> String {
        let serial = terminals.enumerated().map { index, path in
            """
            [[device]]
            name = "scanner-\(index + 1)"
            driver = "serial"
            path = "\(path)"
            ending = "cr"
            acknowledge = "ack-nak"

            """
        }
        let replay = """
            [[device]]
            name = "replay"
            driver = "replay"
            path = "\(fifo)"

            """
        return serial.joined() + replay
    }

    /// Sends a code as the first scanner would, and waits for its ACK. Nanoseconds between.
    func scan(_ code: String) throws -> UInt64 {
        let terminal = scanners[0].controller
        let bytes = Array((code + "\r").utf8)
        let start = Stopwatch.now
        try terminal.writeAll(bytes)
        while true {
            _ = try Poll.wait(readable: [terminal], timeout: .seconds(10))
            guard case .bytes(let answer) = try terminal.read(limit: 64) else {
                throw ProgramError.silent("scanstationd", waitingFor: "ACK")
            }
            guard answer == [0x06] else { throw ProgramError.failed("scanstationd", "\(answer)") }
            return Stopwatch.now - start
        }
    }

    func stop() throws {
        try program.stop()
        try FileManager.default.removeItem(atPath: folder)
    }
}
