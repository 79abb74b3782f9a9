import Floor
import Foundation
import HubStorage
import LinuxIO
import Replication
import StationStorage
import SyncProtocol

/// A day without network, and then the hub is there again.
struct DrainSection {
    private static let bridgeName = "mosquitto bridge, not synced"
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
                statements for these operations from C, 500 a transaction, and nothing else. Beside \
                them, where they are installed, as many messages of 200 bytes through brokers \
                that come back: a mosquitto bridge, QoS 1, and a NATS stream mirrored over a \
                leaf link. Neither syncs what it acknowledges, at either end.
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
        var contenders = [
            Contender("station and hub") {
                let station = try drain(template)
                memory.append(station)
                return Lap(operations: count, nanoseconds: station.nanoseconds)
            },
            Contender("C SQLite") { try scene.play(tape, operations: count, floor_play_all) },
        ]
        let peers = peers(count)
        contenders += peers.contenders
        report.missing += peers.missing
        let laps = try await Race.run(contenders, rounds: bench.rounds(3))
        addRows(laps, memory, to: &report)
        let beside = try drain(template, scanning: true).scansBesideOfIdle
        report.expect(
            "scans beside the drain at \(Figure.ratio(beside)) of the rate at rest, goal 0.50",
            beside >= 0.5)
        return report
    }

    /// Brokers that people would take for it, where they are installed.
    private func peers(_ count: Int) -> (contenders: [Contender], missing: [String]) {
        let bridge = MosquittoBridge(folder: bench.folder.path + "/bridge")
        let leaf = NATSLeaf(folder: bench.folder.path + "/leaf")
        var contenders: [Contender] = []
        if MosquittoBridge.obstacle == nil {
            contenders.append(Contender(Self.bridgeName) { try bridge.drain(count) })
        }
        if NATSLeaf.obstacle == nil {
            contenders.append(Contender("NATS leaf, not synced") { try leaf.drain(count) })
        }
        return (contenders, [MosquittoBridge.obstacle, NATSLeaf.obstacle].compactMap { $0 })
    }

    private func addRows(_ laps: [Laps], _ memory: [DrainedStation], to report: inout Report) {
        let idle = Samples(memory.map(\.idleMebibytes)).median
        let peak = Samples(memory.map(\.peakMebibytes)).median
        let hub = Samples(memory.map(\.hubMebibytes)).median
        report.rows = [
            [
                laps[0].name, Figure.of(laps[0].rate), Figure.ratio(laps[0].ratio(to: laps[1])),
                Figure.of(idle), Figure.of(peak), Figure.of(hub),
            ]
        ]
        for other in laps.dropFirst() {
            report.rows.append([
                other.name, Figure.of(other.rate), Figure.ratio(other.ratio(to: laps[1])), "", "",
                "",
            ])
        }
        if let bridge = laps.first(where: { $0.name == Self.bridgeName }) {
            let ratio = laps[0].ratio(to: bridge)
            report.expect("\(Figure.ratio(ratio)) of the mosquitto bridge, goal 0.40", ratio >= 0.4)
        }
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

    private func drain(
        _ template: String, scanning: Bool = false
    ) throws -> DrainedStation {
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
            ] + (scanning ? ["--scanning"] : []), log: log)
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
    /// How fast scans were made durable meanwhile, of the rate at rest; 0: none were made.
    var scansBesideOfIdle: Double

    /// Lets the station go on from where it waits, and stops it.
    init(_ station: Program, _ hub: Program) throws {
        _ = try station.line(containing: "waiting", within: .seconds(60))
        idleMebibytes = try ProcessSample(of: station.processID).residentMebibytes
        try ProcessSample.forgetPeak(of: station.processID)
        try station.say("go")
        let line = try station.line(containing: "drained", within: .seconds(600))
        let numbers = line.split(separator: " ").compactMap { Double($0) }
        nanoseconds = numbers.first ?? .infinity
        scansBesideOfIdle = numbers.dropFirst().first ?? 0
        peakMebibytes = try ProcessSample.peakMebibytes(of: station.processID)
        hubMebibytes = try ProcessSample.peakMebibytes(of: hub.processID)
        try station.say("end")
    }
}
