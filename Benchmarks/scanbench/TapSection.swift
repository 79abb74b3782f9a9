import EmulatedNFC
import Foundation
import LinuxIO

/// From a tag in front of the reader to the good answer, and what an empty reader costs.
struct TapSection {
    let bench: Bench

    func run() async throws -> Report {
        var report = Report(
            title: "tap: an NFC tag, from the field to the disk",
            about: """
                An NTAG215 with a GS1 Digital Link of 48 bytes, laid before an emulated PN532 with the \
                times of 115200 baud; libnfc in the driver's process, scanstationd, its tail. Floor: \
                what the bits take on the air and on the wire, by computation: activation, header \
                and four readings. The chip's own times are partly guessed.
                """,
            columns: ["", "floor ms", "p50 ms", "p95 ms", "p50 / floor", "CPU", "wakeups/s"])
        if let obstacle = StationProcess.obstacle(bench) {
            report.missing.append(obstacle)
            return report
        }
        let scene = try TapScene(bench)
        let taps = try (0..<bench.operations(60, quick: 5)).map { try scene.tap($0) }
        let span = bench.isQuick ? 1.0 : 10.0
        let driver = try scene.driverProcess()
        let before = try ProcessSample(of: driver)
        try await Task.sleep(for: .seconds(span))
        let after = try ProcessSample(of: driver)
        try scene.stop()
        judge(Samples(taps), before, after, span, in: &report)
        return report
    }

    private func judge(
        _ taps: Samples, _ before: ProcessSample, _ after: ProcessSample, _ span: Double,
        in report: inout Report
    ) {
        let processor = (after.processorSeconds - before.processorSeconds) / span * 100
        let wakeups = Double(after.switches(since: before)) / span
        report.rows.append([
            "tap to tail", Figure.of(Self.floorMilliseconds), Figure.of(taps.median),
            Figure.of(taps.percentile(95)), Figure.ratio(taps.median / Self.floorMilliseconds),
            Figure.percent(processor), Figure.of(wakeups),
        ])
        let slow = taps.percentile(95)
        report.expect("\(Figure.of(slow)) ms at p95, goal 150", slow <= 150)
        report.expect("\(Figure.percent(processor)) of a core, goal 0.30 %", processor <= 0.3)
        report.expect("\(Figure.of(wakeups)) wakeups/s, goal 15", wakeups <= 15)
    }

    /// Activation in two cascade levels 4.3 ms; five READs of 2.0 ms on the air and 3.8 ms (44
    /// bytes) on the wire; the selection's 44 bytes on the wire.
    private static let floorMilliseconds = 4.3 + 5 * (2.0 + 3.8) + 3.8
}

/// The programs of a tap.
private final class TapScene {
    private let reader: EmulatedReader
    private let station: Program
    private let tail: Program
    private let folder: String

    init(_ bench: Bench) throws {
        folder = bench.folder.path + "/tap-\(UInt32.random(in: 0...UInt32.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        reader = try EmulatedReader(path: folder + "/reader", timing: .real)
        let config = folder + "/station.toml"
        let text = """
            [[device]]
            name = "tags"
            driver = "nfc"
            path = "\(folder)/reader"
            repeat-milliseconds = 0

            """
        try text.write(toFile: config, atomically: true, encoding: .utf8)
        let state = folder + "/state"
        station = try Program(
            [StationProcess.program(bench), "--state", state, "--config", config],
            log: folder + "/log")
        _ = try station.line(containing: "ready", within: .seconds(30))
        tail = try Program(
            [
                bench.programs + "/scanstationctl", "tail", "--json", "--since", "0", "--state",
                state,
            ],
            log: folder + "/tail.log")
        _ = try tap(-1)
    }

    /// Milliseconds.
    func tap(_ number: Int) throws -> Double {
        let uri = "https://id.example.org/01/09506000134352/21/\(1000 + number)"
        let start = Stopwatch.now
        reader.place(try TagSpecification("ntag215:uri=\(uri)").tag, as: "tag")
        _ = try tail.line(containing: "21/\(1000 + number)", within: .seconds(20))
        let taken = Double(Stopwatch.now - start) / 1e6
        reader.remove("tag")
        // Until it has left, the next is no tap at rest.
        usleep(500_000)
        return taken
    }

    /// The child of the daemon that reads the reader, started by one of its threads.
    func driverProcess() throws -> Int32 {
        let tasks = "/proc/\(station.processID)/task"
        let children = try FileManager.default.contentsOfDirectory(atPath: tasks).flatMap { task in
            // A thread may end between the list and the look.
            ((try? String(contentsOfFile: "\(tasks)/\(task)/children", encoding: .utf8)) ?? "")
                .split(separator: " ").compactMap { Int32($0) }
        }
        guard let child = children.first else {
            throw ProgramError.failed("scanstationd", "no driver process")
        }
        return child
    }

    func stop() throws {
        try tail.stop()
        try station.stop()
        try FileManager.default.removeItem(atPath: folder)
    }
}
