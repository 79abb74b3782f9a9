import DriverKit
import LinuxIO
import Scans
import Testing

@testable import Serial

/// A real terminal pair; the same rules for a thread and for a process of its own.
@Suite struct SerialDriverTests {
    @Test(arguments: Placement.allCases)
    func tenThousandLinesComeWholeAndInOrder(placement: Placement) throws {
        let bench = try Bench(placement, inFlightLimit: 64)
        let lines = (1...10_000).map { "4006381\($0)" }

        try bench.send(lines.joined(separator: "\r") + "\r")

        #expect(bench.eventually { bench.texts.count == lines.count })
        #expect(bench.texts == lines)
        #expect(bench.mostInFlight <= 64)
        #expect(bench.stop() == .stopped)
    }

    @Test(arguments: Placement.allCases)
    func ackAndNakComeInTheOrderOfTheLines(placement: Placement) throws {
        let bench = try Bench(
            placement,
            options: ["acknowledge": .text("ack-nak"), "length-limit-bytes": .integer(8)])

        try bench.send("good\rbad\rfar too long\rgood\r")

        #expect(try bench.receive(4) == [0x06, 0x15, 0x15, 0x06])
        #expect(bench.refusals == ["line-too-long"])
        #expect(bench.stop() == .stopped)
    }

    @Test(arguments: Placement.allCases)
    func bytesComeAsTheyAre(placement: Placement) throws {
        let bench = try Bench(placement)
        let bytes: [UInt8] = [0x00, 0x1D, 0x1B, 0x03, 0x04, 0x11, 0x13, 0x7F, 0xC3, 0xFF]

        try bench.send(bytes + [0x0D])

        #expect(bench.eventually { bench.payloads.count == 1 })
        #expect(bench.payloads == [.code(bytes)])
        #expect(bench.traces.map(\.?.ending) == [.carriageReturn])
        #expect(bench.stop() == .stopped)
    }

    @Test(arguments: Placement.allCases)
    func silenceEndsALineWithoutSuffix(placement: Placement) throws {
        let bench = try Bench(placement, options: ["quiet-gap-milliseconds": .integer(30)])

        try bench.send("12345")

        #expect(bench.eventually { bench.texts == ["12345"] })
        #expect(bench.traces.map(\.?.ending) == [.quietGap])
        #expect(bench.stop() == .stopped)
    }

    @Test(arguments: Placement.allCases)
    func unpluggingIsReportedAfterTheLastWholeLine(placement: Placement) throws {
        let bench = try Bench(placement, options: ["ending": .text("cr")])
        try bench.send("whole\rtorn")
        #expect(bench.eventually { bench.texts == ["whole"] })

        bench.unplug()

        #expect(bench.fault()?.code == .unplugged)
        #expect(bench.refusals == ["line-unfinished"])
    }

    @Test(arguments: Placement.allCases)
    func aPortIsReadByOneOnly(placement: Placement) throws {
        let bench = try Bench(placement)
        let second = try Bench(placement, sharing: bench)

        #expect(second.fault()?.code == .busy)
        #expect(bench.stop() == .stopped)
    }

    /// Stopped before it reads for the first time, so that all waits in the kernel.
    @Test(arguments: [Framing.auto, .carriageReturn])
    func aStopHandsOverWhatTheScannerHadSent(framing: Framing) throws {
        let terminal = try PseudoTerminal()
        let store = try Store()
        let device = DeviceDescriptor(
            name: "bench", designatedDriver: "serial", node: terminal.path, subsystem: .tty)
        let session = try DeviceSession(
            device, notices: { store.hear($0) }, sink: { store.take($0) })
        try terminal.controller.writeAll(Array("1\r2\r3".utf8))
        session.stop()

        try SerialDriver(options: SerialOptions(ending: framing)).read(session)

        #expect(store.captures.map(\.payload) == ["1", "2"].map { .code(Array($0.utf8)) })
    }

    @Test(arguments: Placement.allCases)
    func whatIsNoPortIsReported(placement: Placement) throws {
        #expect(try Bench(placement, node: "/dev/null").fault()?.code == .notSuitable)
        #expect(try Bench(placement, node: "/dev/nowhere").fault()?.code == .missing)
    }
}
