import Glibc
import LinuxIO
import Testing

/// The built program, spoken to by hand.
@Suite struct DriverProcessTests {
    @Test func aDriverEndsWithItsDaemon() throws {
        let (child, terminal) = try listening()
        defer { withExtendedLifetime(terminal) {} }

        child.closeInput()

        #expect(try child.waitForEnd(patience: .seconds(20)) == .exited(status: 0))
    }

    @Test func aSignalStopsItInOrder() throws {
        let (child, terminal) = try listening()
        defer { withExtendedLifetime(terminal) {} }

        #expect(kill(child.processID, SIGTERM) == 0)

        #expect(try said(by: child, until: "stopped").contains(#""type":"stopped""#))
        #expect(try child.waitForEnd(patience: .seconds(20)) == .exited(status: 0))
    }

    @Test(arguments: [
        ("nonsense", "driver-protocol"),
        (#"{"type":"open","protocol":2,"inFlightLimit":1,"device":{}}"#, "driver-protocol"),
        (open("/dev/nowhere"), "missing"), (open("/dev/null"), "not-suitable"),
    ])
    func aFaultIsItsLastWord(told: String, code: String) throws {
        let child = try ChildProcess([Bench.program, "serial"])

        try child.input?.writeAll(Array((told + "\n").utf8))

        #expect(try said(by: child, until: "failed").contains("\"\(code)\""))
        #expect(try child.waitForEnd(patience: .seconds(20)) == .exited(status: 1))
    }

    static let commands: [(arguments: [String], status: Int32)] = [
        ([], 2), (["nope"], 2), (["--nope"], 2), (["--list"], 0), (["--help"], 0),
    ]

    @Test(arguments: commands)
    func theExitStatusTells(arguments: [String], status: Int32) throws {
        let child = try ChildProcess([Bench.program] + arguments)

        #expect(try child.waitForEnd(patience: .seconds(20)) == .exited(status: status))
    }

    private func listening() throws -> (ChildProcess, PseudoTerminal) {
        let terminal = try PseudoTerminal()
        let child = try ChildProcess([Bench.program, "serial"])
        try child.input?.writeAll(Array((Self.open(terminal.path) + "\n").utf8))
        #expect(try said(by: child, until: "listening").contains("listening"))
        return (child, terminal)
    }

    private func said(by child: ChildProcess, until word: String) throws -> String {
        var text = ""
        while !text.contains(word) {
            guard try Poll.wait(readable: [child.output], timeout: .seconds(20)).readable[0],
                case .bytes(let bytes) = try child.output.read(limit: 4096)
            else { break }
            text += String(decoding: bytes, as: UTF8.self)
        }
        return text
    }

    private static func open(_ node: String) -> String {
        #"{"type":"open","protocol":1,"inFlightLimit":4,"device":{"name":"x","node":""# + node
            + #"","subsystem":"tty","identity":{},"options":{}}}"#
    }
}
