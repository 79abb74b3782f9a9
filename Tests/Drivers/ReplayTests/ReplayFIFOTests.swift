import DriverKit
import Glibc
import LinuxIO
import ScanTesting
import Scans
import Testing

@testable import Replay

@Suite struct ReplayFIFOTests {
    private let folder: TemporaryFolder
    private let node: String

    init() throws {
        folder = try TemporaryFolder()
        node = try folder.makeFIFO("scanner")
    }

    /// As `echo 1 > scanner`, again and again.
    @Test func hearsEveryWriter() throws {
        let run = try start()
        for number in 1...200 { try write("\(number)\n") }
        #expect(eventually { run.count == 200 })
        #expect(run.texts == (1...200).map { "\($0)" })
        #expect(run.stop() == .stopped)
    }

    @Test func aWriterThatDiesLeavesNoHalfCode() throws {
        let run = try start()
        try write("1\n40063")
        #expect(eventually { run.refusals == ["line-unfinished"] })
        try write("81333931\n")
        #expect(eventually { run.count == 2 })
        #expect(run.texts == ["1", "81333931"])
    }

    @Test func carriesRecordingsToo() throws {
        let run = try start(["format": .text("recording")])
        try write("keys 4 2 enter\n")
        try write("bytes 7\\r\n")
        #expect(eventually { run.count == 2 })
        #expect(run.payloads == [.keystrokes("42"), .code([55])])
    }

    @Test func makesItsWriterWait() throws {
        let run = try DriverRun(
            ReplayDriver.kind.make([:]), node: node, inFlightLimit: 50, answers: false)
        let writer = try FileDescriptor(opening: node, O_WRONLY)
        try writer.setNonBlocking()
        // More than the pipe and one read hold.
        let padding = String(repeating: "0", count: 100)
        let codes = (0..<2000).map { "\(1000 + $0)\(padding)\n" }.joined()
        var rest = Array(codes.utf8)[...]
        var longestWait = 0
        while !rest.isEmpty {
            let count = try writer.write(rest)
            rest = rest.dropFirst(count)
            if count == 0 {
                longestWait += 1
                run.answerAll()
            }
        }
        #expect(longestWait > 0)
        #expect(
            eventually(within: .seconds(30)) {
                run.answerAll()
                return run.count == 2000
            })
        #expect(run.texts.joined(separator: "\n") + "\n" == codes)
    }

    /// Nobody could read it again.
    @Test func whatWasReadIsHandedOverAtTheStop() throws {
        let run = try start(["interval-milliseconds": .integer(3_600_000)])
        try write("1\n2\n3\n")
        #expect(eventually { run.count == 1 })
        #expect(run.stop() == .stopped)
        #expect(run.texts == ["1", "2", "3"])
    }

    @Test func stopsWithoutAnyWriter() throws {
        let run = try start()
        #expect(run.stop() == .stopped)
        #expect(run.count == 0)
    }

    private func start(_ options: [String: OptionValue] = [:]) throws -> DriverRun {
        let run = try DriverRun(ReplayDriver.kind.make(options), node: node)
        #expect(eventually { run.isListening })
        return run
    }

    private func write(_ text: String) throws {
        try FileDescriptor(opening: node, O_WRONLY).writeAll(Array(text.utf8))
    }
}
