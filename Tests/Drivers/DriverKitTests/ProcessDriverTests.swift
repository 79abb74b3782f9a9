import Foundation
import LinuxIO
import Scans
import Testing

@testable import DriverKit

@Suite struct ProcessDriverTests {
    static let hello = #"{"type":"hello","driver":"test","protocol":1}"#

    @Test func aDriverInPythonReadsAndIsAnswered() throws {
        let run = try Running(["python3", Self.example])
        defer { run.removeNode() }
        #expect(run.desk.eventually { run.desk.notices == [.listening] })
        let lines = (1...1000).map { "code \($0)" }
        let fifo = try FileDescriptor(opening: run.node, 1)

        try fifo.writeAll(Array((lines.joined(separator: "\n") + "\n").utf8))

        #expect(run.desk.eventually { run.desk.captures.count == 1000 })
        #expect(run.desk.captures.map(\.text) == lines)
        #expect(run.stop() == .stopped)
    }

    /// What is asked for before the child runs, and what is asked for later.
    @Test func aChildIsToldWhatToListenFor() throws {
        let script = """
            echo '\(Self.hello)'
            echo '{"type":"listening"}'
            while read line; do
              case "$line" in *'"listen"'*)
                echo "{\\"type\\":\\"warning\\",\\"message\\":\\"$(echo "$line" | tr -d '{}"')\\"}";;
              *stop*) echo '{"type":"stopped"}'; exit 0;;
              esac
            done
            """
        let run = try Running(["sh", "-c", script])
        defer { run.removeNode() }
        #expect(run.desk.eventually { run.desk.notices == [.listening] })
        for (grammar, told) in [
            ("check2", "grammar:check2,type:listen"), (nil, "type:listen"),
        ] as [(String?, String)] {
            run.session.listen(for: grammar)
            #expect(run.desk.eventually { run.desk.notices.last == .warning(told) })
        }
        #expect(run.stop() == .stopped)
    }

    /// What the child says, word for word, and how that ends.
    static let conversations:
        [(rule: String, says: [String], then: String, code: DriverFault.Code)] = [
            ("rubbish", ["hello"], "sleep 30", .driverProtocol),
            (
                "a stranger", [#"{"type":"hello","driver":"other","protocol":1}"#], "sleep 30",
                .driverProtocol
            ),
            (
                "another version", [#"{"type":"hello","driver":"test","protocol":2}"#], "sleep 30",
                .driverProtocol
            ),
            ("no hello", [#"{"type":"alive"}"#], "sleep 30", .driverProtocol),
            ("rubbish later", [hello, "[]"], "sleep 30", .driverProtocol),
            (
                "a capture without content", [hello, #"{"type":"capture","id":1}"#], "sleep 30",
                .driverProtocol
            ),
            ("a number used twice", [hello, capture(1), capture(1)], "sleep 30", .driverProtocol),
            (
                "more than its credit", [hello] + (1...5).map { capture($0) }, "sleep 30",
                .driverProtocol
            ),
            ("a crash", [hello], "kill -SEGV $$", .driverExited),
            ("an exit", [hello], "exit 3", .driverExited),
            (
                "an end that nobody asked for", [hello, #"{"type":"stopped"}"#], "exit 0",
                .driverExited
            ),
            ("silence", [hello], "sleep 30", .driverHung),
            ("silence, its output held open", [hello], "sleep 30 & exit 0", .driverExited),
            (
                "its own fault",
                [hello, #"{"type":"failed","code":"no-paper","message":"Out.","fix":"Fill."}"#],
                "exit 1", .other("no-paper")
            ),
        ]

    @Test(arguments: conversations)
    func aChildThatFailsIsReported(
        rule: String, says: [String], then: String, code: DriverFault.Code
    ) throws {
        let script = says.map { "echo '\($0)'" }.joined(separator: "\n") + "\n" + then
        let run = try Running(
            ["sh", "-c", script], inFlightLimit: 4, answersItself: false,
            watchdogLimit: .milliseconds(500))
        defer { run.removeNode() }

        let fault = try #require(run.fault())
        #expect(fault.code == code, "\(rule): \(fault)")
        #expect(!fault.fix.isEmpty)
    }

    @Test func aLineOverTheLimitIsRefused() throws {
        let script = "echo '\(Self.hello)'; head -c 262145 /dev/zero | tr '\\0' 1; sleep 30"
        let run = try Running(["sh", "-c", script])
        defer { run.removeNode() }

        let fault = try #require(run.fault())
        #expect(fault.code == .driverProtocol)
    }

    @Test func lastWordsOfTheDeadAreDeliveredAndAnswered() throws {
        let says = [Self.hello, Self.capture(1), Self.capture(2)].map { "echo '\($0)'" }
        let run = try Running(["sh", "-c", says.joined(separator: "\n") + "\nkill -KILL $$"])
        defer { run.removeNode() }

        let fault = try #require(run.fault())
        #expect(fault.code == .driverExited)
        #expect(fault.message.contains("signal 9"))
        #expect(run.desk.captures.map(\.text) == ["1", "1"])
    }

    @Test func unknownFieldsAndMessagesDoNoHarm() throws {
        let script = """
            echo '{"type":"hello","driver":"test","protocol":1,"mood":"good"}'
            echo '{"type":"dance"}'
            echo '\(Self.capture(1))'
            while read line; do case "$line" in *'"stop"'*) exit 0;; esac; done
            """
        let run = try Running(["sh", "-c", script])
        defer { run.removeNode() }

        #expect(run.desk.eventually { run.desk.captures.count == 1 })
        #expect(
            run.desk.notices == [.warning("its driver sent a message of unknown type 'dance'")])
        #expect(run.stop() == .stopped)
    }

    @Test func whatAChildGaveUpIsToldBeforeItListens() throws {
        let script = """
            echo '\(Self.hello)'
            echo '{"type":"confined","granted":"seccomp","lacking":"landlock: none"}'
            echo '{"type":"listening"}'
            while read line; do case "$line" in *'"stop"'*) exit 0;; esac; done
            """
        let run = try Running(["sh", "-c", script])
        defer { run.removeNode() }

        let confinement = DeviceConfinement(granted: "seccomp", lacking: "landlock: none")
        #expect(
            run.desk.eventually { run.desk.notices == [.confined(confinement), .listening] })
        #expect(run.stop() == .stopped)
    }

    @Test func aChildThatDoesNotStopIsKilled() throws {
        let run = try Running(
            ["sh", "-c", "echo '\(Self.hello)'; echo '{\"type\":\"listening\"}'; sleep 30"],
            stopLimit: .milliseconds(300))
        defer { run.removeNode() }
        #expect(run.desk.eventually { run.desk.notices == [.listening] })

        let fault = try #require(run.stopFault())
        #expect(fault.code == .driverHung)
    }

    @Test func nothingOfAKilledChildIsLeft() throws {
        let script = """
            sleep 30 &
            echo '\(Self.hello)'
            for id in $$ $!; do echo '{"type":"warning","message":"'$id'"}'; done
            sleep 30
            """
        let run = try Running(["sh", "-c", script], watchdogLimit: .milliseconds(500))
        defer { run.removeNode() }

        #expect(run.fault()?.code == .driverHung)

        let processes = run.desk.notices.compactMap { notice in
            if case .warning(let id) = notice { Int32(id) } else { nil }
        }
        #expect(processes.count == 2)
        #expect(kill(processes[0], 0) == -1, "a zombie")
        #expect(run.desk.eventually { !Self.isRunning(processes[1]) })
    }

    /// The dead whom nobody has reaped have no command line any more.
    private static func isRunning(_ process: Int32) -> Bool {
        let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline")
        return line?.isEmpty == false
    }

    @Test func aWrongOptionNeedsNoChild() throws {
        let run = try Running(["/nowhere"], options: ["speed": .integer(1)])
        defer { run.removeNode() }

        let fault = try #require(run.fault())
        #expect(fault.code == .badOption)
    }

    @Test func messagesSurviveTheWire() throws {
        let capture = CaptureMessage(
            id: 7, payload: .code([0, 0xFF, 0x1D]), aim: "]C1", quality: 50,
            time: CaptureTime(wallMicroseconds: 1, monotonicMicroseconds: 2),
            trace: LineTrace(ending: .both, span: .microseconds(3)))
        let said: [DriverMessage] = [
            .hello(driver: "test", version: 1), .listening, .capture(capture), .alive, .stopped,
            .capture(CaptureMessage(id: 8, payload: .keystrokes("a\"\n\u{1D}"))),
            .capture(
                CaptureMessage(
                    id: 9, payload: .spoken(SpokenPhrase(verb: "quantity", argument: "24")))),
            .refused(code: "line-too-long", message: "Too long."), .warning("odd"),
            .failed(DriverFault(.busy, "Held.", fix: "Stop it.")), .unknown(type: "dance"),
            .confined(DeviceConfinement(granted: "landlock 7, seccomp", lacking: "")),
            .confined(DeviceConfinement(granted: "", lacking: "landlock: none; seccomp: none")),
        ]
        for message in said {
            let line = try LineProtocol.line(message)
            #expect(line.last == 0x0A && !line.dropLast().contains(0x0A))
            #expect(try LineProtocol.message(DriverMessage.self, in: line) == message)
        }
        let device = DeviceDescriptor(
            name: "desk", designatedDriver: "serial", node: "/dev/ttyACM0", subsystem: .tty,
            identity: DeviceIdentity(vendorID: 0x5e0, serial: "1"),
            options: ["framing": .text("cr"), "speed": .integer(9600), "loud": .boolean(true)])
        let told: [DaemonMessage] = [
            .open(device, inFlightLimit: 9, version: 1), .stop, .unknown(type: "dance"),
            .verdict(
                Verdict(id: 3, feedback: Feedback(.error, code: "disk-full", message: "Full."))),
        ]
        for message in told {
            let line = try LineProtocol.line(message)
            #expect(try LineProtocol.message(DaemonMessage.self, in: line) == message)
        }
    }

    static func capture(_ id: Int) -> String {
        #"{"type":"capture","id":\#(id),"payload":"MQ=="}"#
    }

    static var example: String {
        URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Examples/driver.py").path
    }
}

/// A driver process at work, with a FIFO for a device.
private struct Running {
    let desk = Desk()
    let node = NSTemporaryDirectory() + "scanstation-\(UUID().uuidString)"
    let session: DeviceSession
    private let thread: DeviceThread
    private let flag: EndedFlag

    init(
        _ program: [String], options: [String: OptionValue] = [:], inFlightLimit: Int = 256,
        answersItself: Bool = true, watchdogLimit: Duration = .seconds(20),
        stopLimit: Duration = .seconds(20)
    ) throws {
        let kind = DriverKind(name: "test", summary: "A test.", options: [], subsystem: .other) {
            _ in
            IdleDriver()
        }
        let driver = ProcessDriver(
            kind: kind, options: options, program: program, watchdogLimit: watchdogLimit,
            stopLimit: stopLimit)
        #expect(mkfifo(node, 0o600) == 0)
        let flag = try EndedFlag()
        self.flag = flag
        session = try desk.session(
            node: node, inFlightLimit: inFlightLimit, answersItself: answersItself)
        thread = try DeviceThread(driver, session) { flag.set($0) }
    }

    func fault() -> DriverFault? {
        if case .failed(let fault) = waitForEnd() { return fault } else { return nil }
    }

    func stopFault() -> DriverFault? {
        session.stop()
        return fault()
    }

    func waitForEnd() -> DeviceThread.Ending? {
        thread.join()
        return flag.ending
    }

    func stop() -> DeviceThread.Ending? {
        session.stop()
        return waitForEnd()
    }

    func removeNode() {
        unlink(node)
    }
}

private struct IdleDriver: Driver {
    let name: DriverName = "test"

    func claim(_ device: DeviceDescriptor) -> Claim? { .certain }
    func read(_ session: DeviceSession) throws {}
}
