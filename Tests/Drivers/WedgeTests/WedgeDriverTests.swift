import DriverKit
import Glibc
import LinuxIO
import ScanTesting
import Scans
import Testing

@testable import Wedge

/// The driver as it stands, on a FIFO that carries the kernel's records.
@Suite struct WedgeDriverTests {
    private let folder: TemporaryFolder
    private let node: String

    init() throws {
        folder = try TemporaryFolder()
        node = try folder.makeFIFO("event0")
    }

    @Test func deliversKeystrokesWithTheirEnding() throws {
        let run = try start()
        try type("4 2 tab", into: node)
        #expect(eventually { run.count == 1 })
        #expect(run.payloads == [.keystrokes("42")])
        #expect(run.traced.first?.trace?.ending == .tab)
        #expect(run.stop() == .stopped)
    }

    @Test func measuresTheSpanOfALine() throws {
        let run = try start()
        let writer = try FileDescriptor(opening: node, O_WRONLY)
        try writer.writeAll(InputEvent.bytes(of: KeyScript("4").events))
        let begin = SystemTime.monotonic
        _ = eventually { SystemTime.monotonic - begin > .milliseconds(40) }
        try writer.writeAll(InputEvent.bytes(of: KeyScript("2 enter").events))
        #expect(eventually { run.count == 1 })
        let span = try #require(run.traced.first?.trace?.span)
        #expect(span > .milliseconds(20) && span < .seconds(10))
    }

    @Test func silenceEndsALineThatHasNoEnding() throws {
        let run = try start(["quiet-gap-milliseconds": .integer(20)])
        try type("4 2", into: node, keepingOpenUntil: { run.count == 1 })
        #expect(run.texts == ["42"])
        #expect(run.traced.first?.trace?.ending == .quietGap)
    }

    /// Cut anywhere, mixed in time: two scanners, ten thousand codes, each at its own driver.
    @Test func losesAndMixesNothing() throws {
        let other = try folder.makeFIFO("event1")
        let runs = [try start(), try start(at: other)]
        let writers = try [node, other].map { try FileDescriptor(opening: $0, O_WRONLY) }
        let codes = (0..<2).map { one in (0..<5000).map { "\(one)\(100_000 + $0)" } }
        var rest = try codes.map { codes in try Self.records(typing: codes)[...] }

        var random = SplitMix64(seed: 1)
        while !rest.allSatisfy(\.isEmpty) {
            let one = random.below(2)
            let chunk = rest[one].prefix(1 + random.below(20_000))
            try writers[one].writeAll(Array(chunk))
            rest[one] = rest[one].dropFirst(chunk.count)
        }

        #expect(eventually(within: .seconds(30)) { runs.allSatisfy { $0.count == 5000 } })
        #expect(runs.map(\.texts) == codes)
        #expect(runs.allSatisfy { $0.refusals.isEmpty })
    }

    @Test func theNextWriterBeginsANewLine() throws {
        let run = try start()
        try type("1 2 enter 3", into: node)
        #expect(eventually { run.refusals == ["line-unfinished"] })
        try type("4 5 enter", into: node)
        #expect(eventually { run.count == 2 })
        #expect(run.texts == ["12", "45"])
    }

    @Test func aStreamIsMadeToWait() throws {
        let run = try start(inFlightLimit: 3, answers: false)
        let codes = (1...20).map { "\($0)" }
        let writer = try FileDescriptor(opening: node, O_WRONLY)
        try writer.writeAll(Self.records(typing: codes))
        #expect(eventually { run.count == 3 })
        #expect(
            eventually(within: .seconds(20)) {
                run.answerAll()
                return run.count == 20
            })
        #expect(run.texts == codes)
        #expect(run.refusals.isEmpty)
    }

    @Test func theChordLetsGo() throws {
        let run = try start()
        try type("1 +backspace +esc +enter", into: node)
        #expect(eventually { run.ending != nil })
        guard case .failed(let fault) = run.ending else {
            return #expect(Bool(false), "\(String(describing: run.ending))")
        }
        #expect(fault.code == .panicChord)
        #expect(DeviceState(fault.code) == .disabled)
    }

    @Test func saysWhyALineIsLost() throws {
        let run = try start()
        try type("1 f5 2 enter 3 lost 4 enter 5 enter", into: node)
        #expect(eventually { run.count == 1 })
        #expect(run.refusals == ["unmapped-key", "events-lost"])
        #expect(run.texts == ["5"])
    }

    /// Bytes that no kernel would write.
    @Test(arguments: UInt64(0)..<10)
    func survivesNoise(seed: UInt64) throws {
        let run = try start(["ending": .text("cr")])
        var random = SplitMix64(seed: seed)
        let writer = try FileDescriptor(opening: node, O_WRONLY)
        try writer.writeAll(random.bytes(24 * 2000))
        try writer.writeAll(InputEvent.bytes(of: KeyScript("lost enter 4 2 enter").events))
        #expect(eventually { run.texts.last == "42" || run.ending != nil })
        #expect(run.texts.allSatisfy { $0.utf8.count <= 8192 })
    }

    private static func records(typing codes: [String]) throws -> [UInt8] {
        let script = codes.map { $0.map { "\($0) " }.joined() + "enter" }.joined(separator: " ")
        return InputEvent.bytes(of: try KeyScript(script).events)
    }

    private func type(
        _ script: String, into path: String, keepingOpenUntil isDone: () -> Bool = { true }
    ) throws {
        let writer = try FileDescriptor(opening: path, O_WRONLY)
        try writer.writeAll(InputEvent.bytes(of: KeyScript(script).events))
        #expect(eventually { isDone() })
    }

    private func start(
        _ options: [String: OptionValue] = [:], at path: String? = nil, inFlightLimit: Int = 256,
        answers: Bool = true
    ) throws -> DriverRun {
        let run = try DriverRun(
            WedgeDriver.kind.make(options), node: path ?? node, inFlightLimit: inFlightLimit,
            answers: answers)
        #expect(eventually { run.isListening })
        return run
    }
}
