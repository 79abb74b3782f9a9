import DriverKit
import Glibc
import LinuxIO
import ScanTesting
import Scans
import Testing

@testable import Replay

@Suite struct ReplayDriverTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func playsOneCodeALineAndListensOn() throws {
        let codes = ["4006381333931", "0001", "a b", "ÄÖ"]
        let run = try start(folder.write(codes.joined(separator: "\n"), to: "codes.txt"))
        #expect(eventually { run.count == 4 })
        #expect(run.payloads == codes.map { .code(Array($0.utf8)) })
        #expect(run.isListening && run.ending == nil)
        #expect(run.stop() == .stopped)
        #expect(run.count == 4)
    }

    @Test func takesEveryLineEnding() throws {
        let run = try start(folder.write("1\r\n2\r3\t4\n\n\n5\n", to: "codes"))
        #expect(eventually { run.count == 5 })
        #expect(run.texts == ["1", "2", "3", "4", "5"])
        #expect(
            run.traced.map(\.trace?.ending) == [
                .carriageReturn, .carriageReturn, .tab, .lineFeed, .lineFeed,
            ])
    }

    static let recordings: [(rule: String, text: String, payloads: [Payload])] = [
        ("keys are keystrokes", "keys 4 2 enter", [.keystrokes("42")]),
        ("bytes are codes", "bytes ]C110\\x1D\\\\\\r", [.code(bytes("]C110\u{1D}\\"))]),
        ("lines may be cut", "bytes 40\nbytes 06\\r", [.code(bytes("4006"))]),
        ("silence ends a line", "keys 4\nkeys 2\nwait 250ms", [.keystrokes("42")]),
        ("a bit less does not", "keys 4\nwait 5ms\nkeys 2 enter", [.keystrokes("42")]),
        ("serial lines too", "bytes 42\nwait 250ms\nbytes 7\\r", [.code([52, 50]), .code([55])]),
        (
            "the rest is for people", "# keys 1 enter\n\nexpect 42\r\nkeys 4 enter",
            [.keystrokes("4")]
        ),
        ("half a line is none", "keys 1 enter 2\nbytes 3", [.keystrokes("1")]),
    ]

    @Test(arguments: recordings)
    func plays(rule: String, text: String, payloads: [Payload]) throws {
        let run = try start(folder.write(text, to: "a.recording"))
        #expect(eventually { run.count >= payloads.count && run.isListening })
        run.stop()
        #expect(run.payloads == payloads)
    }

    static let broken = [
        "press 1", "keys 1 f99", "wait", "wait 20", "wait 2h", "wait -1s", "wait 3601s",
        "bytes \\q", "bytes \\x1", "bytes \\x+1", "bytes \\", "expect \\xZZ",
    ]

    @Test(arguments: broken)
    func namesWhatIsWrong(line: String) throws {
        let run = try start(folder.write("keys 1 enter\n\(line)\n", to: "a.recording"))
        #expect(eventually { run.ending != nil })
        guard case .failed(let fault) = run.ending else { return #expect(Bool(false)) }
        #expect(fault.code == .other("bad-recording"))
        #expect(fault.message.contains("a.recording"))
        #expect(run.texts == ["1"])
    }

    @Test func theFormatIsByNameUnlessSaid() throws {
        let text = "keys 4 2 enter\n"
        let asCodes = try start(
            folder.write(text, to: "a.recording"), ["format": .text("codes")])
        let asRecording = try start(folder.write(text, to: "b"), ["format": .text("recording")])
        #expect(eventually { asCodes.count == 1 && asRecording.count == 1 })
        #expect(asCodes.texts == ["keys 4 2 enter"])
        #expect(asRecording.texts == ["42"])
    }

    @Test func repeatsUntilStopped() throws {
        let run = try start(folder.write("1\n2\n", to: "codes"), ["repeat": .boolean(true)])
        #expect(eventually { run.count >= 7 })
        #expect(run.stop() == .stopped)
        #expect(Array(run.texts.prefix(7)) == ["1", "2", "1", "2", "1", "2", "1"])
    }

    @Test func anEmptyFileIsRepeatedWithoutHaste() throws {
        let run = try start(folder.write("\n\n", to: "codes"), ["repeat": .boolean(true)])
        #expect(eventually { run.isListening })
        let begin = SystemTime.monotonic
        #expect(run.stop() == .stopped)
        #expect(SystemTime.monotonic - begin < .seconds(5))
        #expect(run.count == 0)
    }

    @Test func keepsTheIntervalAndStopsWithinIt() throws {
        let run = try start(
            folder.write("1\n2\n3\n", to: "codes"), ["interval-milliseconds": .integer(3_600_000)])
        #expect(eventually { run.count == 1 })
        let begin = SystemTime.monotonic
        #expect(run.stop() == .stopped)
        #expect(SystemTime.monotonic - begin < .seconds(5))
        #expect(run.texts == ["1"])
    }

    @Test func deliversOnceUnderPressure() throws {
        let codes = (0..<1000).map { "\($0)" }
        let run = try DriverRun(
            ReplayDriver.kind.make([:]),
            node: folder.write(codes.joined(separator: "\n"), to: "codes"), inFlightLimit: 5,
            answers: false)
        #expect(eventually { run.count == 5 })
        #expect(
            eventually(within: .seconds(30)) {
                run.answerAll()
                return run.count == 1000
            })
        #expect(run.texts == codes)
        #expect(run.refusals.isEmpty)
    }

    static let faults: [(node: String, code: DriverFault.Code)] = [
        ("/nowhere/codes", .missing), ("/", .inputOutput),
    ]

    @Test(arguments: faults)
    func saysWhatItCannotOpen(node: String, code: DriverFault.Code) throws {
        let run = try start(node)
        #expect(eventually { run.ending != nil })
        guard case .failed(let fault) = run.ending else { return #expect(Bool(false)) }
        #expect(fault.code == code)
    }

    @Test func refusesALineThatIsTooLong() throws {
        let atLimit = String(repeating: "1", count: 8192)
        let run = try start(folder.write("\(atLimit)\n\(atLimit)2\n3\n", to: "codes"))
        #expect(eventually { run.count == 2 })
        #expect(run.texts == [atLimit, "3"])
        #expect(run.refusals == ["line-too-long"])
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func start(
        _ node: String, _ options: [String: OptionValue] = [:]
    ) throws -> DriverRun {
        try DriverRun(ReplayDriver.kind.make(options), node: node)
    }
}
