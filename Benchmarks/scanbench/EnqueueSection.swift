import Floor
import Replication
import Scans
import StationStorage

/// The commit that a good beep waits for.
struct EnqueueSection {
    private static let groups = [1, 16, 128]
    let bench: Bench
    private let warehouse = Warehouse()
    private let life = Life(random: 0x5CA0_BE7C)

    init(bench: Bench) {
        self.bench = bench
    }

    func run() async throws -> Report {
        var report = Report(
            title: "enqueue: a scan made durable at the station",
            about: """
                One adjust operation with its projection, the intake record, the batch's line and \
                the workflow's state, 1, 16 and 128 scans a commit. Floors: the same statements and values from \
                C, the same without what only reads, and 200 bytes appended to a file with \
                fdatasync.
                """,
            columns: ["scans a commit", ""] + Report.raceColumns + [
                "of C SQLite", "of C, writes only", "of append",
            ])
        let template = bench.folder.path + "/station.sqlite"
        try StationStore(path: template).close()
        for group in EnqueueSection.groups {
            let standings = try await race(group: group, template: template)
            report.add(standings, labelled: "\(group)", floors: [1, 2, 3])
            judge(standings, group: group, in: &report)
        }
        return report
    }

    private func race(group: Int, template: String) async throws -> [Laps] {
        let commits = bench.operations(group == 1 ? 250 : 100, quick: 20)
        let operations = commits * group
        let tape = try await Tape { tape in
            let path = try bench.folder.copy(of: template)
            _ = try enqueue(path, operations: operations, group: group, tape: tape)
            try bench.folder.remove(path)
        }
        func floor(_ name: String, _ play: floor_play) -> Contender {
            Contender(name) { [bench] in
                let path = try bench.folder.copy(of: template)
                defer { bench.folder.discard(path) }
                return try Lap(operations: operations) { try tape.play(on: path, play) }
            }
        }
        let ours = Contender("StationStore") { [bench] in
            let path = try bench.folder.copy(of: template)
            defer { bench.folder.discard(path) }
            return try Lap(operations: operations) {
                try enqueue(path, operations: operations, group: group, tape: nil)
            }
        }
        let append = Contender("append + fdatasync") { [bench] in
            let path = bench.folder.path + "/append"
            defer { bench.folder.discard(path) }
            return try Lap(operations: operations) {
                try AppendFloor.run(path: path, operations: operations, group: group)
            }
        }
        return try await Race.run(
            [
                ours, floor("C SQLite", floor_play_all),
                floor("C SQLite, writes only", floor_play_writes), append,
            ], rounds: bench.rounds(9))
    }

    private func judge(_ standings: [Laps], group: Int, in report: inout Report) {
        let ratio = standings[0].ratio(to: standings[1])
        let figure = Figure.ratio(ratio)
        if group == 1 {
            report.expect("1 a commit: \(figure) of C SQLite, goal 0.80", ratio >= 0.8)
            let tail =
                standings[0].commits.percentile(99) / standings[3].commits.percentile(99)
            report.expect(
                "1 a commit: p99 \(Figure.ratio(tail)) × that of fdatasync, goal 3", tail <= 3)
        } else if group == 128 {
            report.expect("128 a commit: \(figure) of C SQLite, goal 0.60", ratio >= 0.6)
        }
    }

    /// Answers with the nanoseconds of each commit.
    private func enqueue(
        _ path: String, operations: Int, group: Int, tape: Tape?
    ) throws -> [UInt64] {
        let store = try StationStore(path: path)
        var random = SeededRandom(seed: 2)
        var times: [UInt64] = []
        tape?.start()
        for commit in 0..<(operations / group) {
            let keys = (0..<group).map { _ in
                warehouse.key(place: random.below(250), random.below(Warehouse.itemsAtPlace))
            }
            times.append(try Stopwatch.time { try write(keys, commit: commit, to: store) })
        }
        tape?.stop()
        try store.close()
        return times
    }

    private func write(_ keys: [StockKey], commit: Int, to store: StationStore) throws {
        try store.write { transaction in
            for (index, key) in keys.enumerated() {
                let wall = 1_760_000_000_000_000 + Int64(commit) * 1_000_000 + Int64(index)
                let ids = try transaction.append(
                    [.adjust(key, delta: 1)], life: life,
                    by: Author(device: "scanner", operator: "ann"), wallMicroseconds: wall)
                try transaction.record(.scan(of: key, operations: ids, wallMicroseconds: wall))
                for id in ids {
                    try transaction.keep(
                        .add(BatchEntry(line: id, subject: .item(key.item), quantity: 1)))
                }
            }
            try transaction.saveWorkflow(EnqueueSection.workflow(commit))
        }
    }

    /// That of a station with a batch just begun.
    private static func workflow(_ number: Int) -> WorkflowState {
        let time = CaptureTime(
            wallMicroseconds: 1_760_000_000_000_000 + Int64(number),
            monotonicMicroseconds: Int64(number))
        return WorkflowState(
            place: "A-00-00", opened: UInt64(number),
            open: WorkflowBatch(
                code: "5ca0be7c-1-1", mode: .receive, place: "A-00-00", opened: time,
                touched: time, lines: []))
    }
}

extension IntakeRecord {
    fileprivate static func scan(
        of key: StockKey, operations: [OperationID], wallMicroseconds: Int64
    ) -> IntakeRecord {
        let code = String(key.item.rawValue.dropFirst())
        return IntakeRecord(
            wallMicroseconds: wallMicroseconds, monotonicMicroseconds: wallMicroseconds,
            device: "scanner", payload: Array(code.utf8), text: code, aim: "]E0",
            symbology: "EAN-13", meaning: "item", decision: "stored", signal: "good", code: "",
            message: "1 × \(code) received at \(key.place)", batch: "b-1", operations: operations)
    }
}
