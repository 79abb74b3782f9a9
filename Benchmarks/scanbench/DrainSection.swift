import Floor
import Foundation
import HubStorage
import LinuxIO
import Replication
import StationStorage
import SyncProtocol

/// A day without network, and then the hub is there again.
struct DrainSection {
    let bench: Bench
    private var hubProgram: String { bench.programs + "/scanhub" }

    func run() async throws -> Report {
        let count = bench.operations(100_000, quick: 3000)
        var report = Report(
            title: "drain: a backlog brought to the hub",
            about: """
                A station's synchronisation sends \(Figure.of(Double(count))) waiting operations \
                over loopback HTTP to scanhub, each in a process of its own, both with a durable \
                commit for every request; until the hub's last cursor is stored. Floor: the hub's \
                statements for these operations from C, 500 a transaction, and nothing else.
                """,
            columns: [
                "", "operations/s", "of C SQLite", "station idle MiB", "station peak MiB",
                "hub peak MiB",
            ])
        guard FileManager.default.isExecutableFile(atPath: hubProgram) else {
            report.missing.append("\(hubProgram) is not there")
            return report
        }
        let template = bench.folder.path + "/drain.sqlite"
        try fill(template, count)
        let scene = try await HubScene(bench: bench)
        let tape = try await scene.record(try runs(of: template, for: scene))

        var memory: [DrainedStation] = []
        let laps = try await Race.run(
            [
                Contender("station and hub") {
                    let station = try drain(template)
                    memory.append(station)
                    return Lap(operations: count, nanoseconds: station.nanoseconds)
                },
                Contender("C SQLite") { try scene.play(tape, operations: count, floor_play_all) },
            ], rounds: bench.rounds(3))
        addRows(laps, memory, to: &report)
        return report
    }

    private func addRows(_ laps: [Laps], _ memory: [DrainedStation], to report: inout Report) {
        let idle = Samples(memory.map(\.idleMebibytes)).median
        let peak = Samples(memory.map(\.peakMebibytes)).median
        let hub = Samples(memory.map(\.hubMebibytes)).median
        report.rows = [
            [
                laps[0].name, Figure.of(laps[0].rate), Figure.ratio(laps[0].ratio(to: laps[1])),
                Figure.of(idle), Figure.of(peak), Figure.of(hub),
            ], [laps[1].name, Figure.of(laps[1].rate), "1.00", "", "", ""],
        ]
        let rate = laps[0].rate
        report.expect("\(Figure.of(rate)) operations/s, goal 10,000", rate >= 10_000)
        report.expect(
            "station \(Figure.of(peak - idle)) MiB above idle, goal 32", peak - idle <= 32)
    }

    private func fill(_ path: String, _ count: Int) throws {
        let store = try StationStore(path: path)
        var shift = Shift(station: "unenrolled", number: 1, warehouse: Warehouse())
        try Backlog.add(count, of: &shift, to: store)
        try store.close()
    }

    /// What the station will send, for the floor's recording.
    private func runs(
        of template: String, for scene: HubScene
    ) throws -> [(station: StationRecord, run: Run)] {
        let path = try bench.folder.copy(of: template)
        defer { bench.folder.discard(path) }
        let store = try StationStore(path: path)
        var result: [(station: StationRecord, run: Run)] = []
        while let run = try store.read({ try $0.unsent(limit: 500).first }) {
            result.append((scene.stations[0], run))
            let last = run.operations.last?.operation.id.sequence ?? 0
            try store.write {
                try $0.acknowledge(run.incarnation, upTo: last, wallMicroseconds: 0)
            }
        }
        try store.close()
        return result
    }

    private func drain(_ template: String) throws -> DrainedStation {
        let data = bench.folder.path + "/drain-hub"
        let log = bench.folder.path + "/drain.log"
        let store = try bench.folder.copy(of: template)
        defer {
            bench.folder.discard(data)
            bench.folder.discard(store)
        }
        let hub = try Program(
            [hubProgram, "serve", "--data", data, "--listen", "127.0.0.1:0"], log: log)
        let address = try hub.line(containing: "listening on", within: .seconds(20))
        let code = try Program.run([hubProgram, "enrol-code", "--data", data], log: log)
        let station = try Program(
            [
                bench.programs + "/scanbench", "drain-station", "--store", store, "--hub",
                String(address.split(separator: " ").last ?? ""), "--code", code,
            ], log: log)
        let result = try DrainedStation(station, hub)
        try hub.stop()
        return result
    }
}

/// What was seen of a station while it sent its backlog.
private struct DrainedStation {
    var nanoseconds: Double
    var idleMebibytes: Double
    var peakMebibytes: Double
    var hubMebibytes: Double

    /// Lets the station go on from where it waits, and stops it.
    init(_ station: Program, _ hub: Program) throws {
        _ = try station.line(containing: "waiting", within: .seconds(60))
        idleMebibytes = try ProcessSample(of: station.processID).residentMebibytes
        try ProcessSample.forgetPeak(of: station.processID)
        try station.say("go")
        let line = try station.line(containing: "drained", within: .seconds(600))
        nanoseconds = line.split(separator: " ").last.flatMap { Double($0) } ?? .infinity
        peakMebibytes = try ProcessSample.peakMebibytes(of: station.processID)
        hubMebibytes = try ProcessSample.peakMebibytes(of: hub.processID)
        try station.say("end")
    }
}
