import Replication
import StationStorage

/// Whether a long queue makes scanning slower.
struct BacklogSection {
    let bench: Bench

    func run() async throws -> Report {
        let backlog = bench.operations ?? (bench.isQuick ? 5000 : 1_000_000)
        var report = Report(
            title: "backlog: a scan made durable when much waits for the hub",
            about: """
                One adjust operation a commit, in turn to a new store and to one in which \
                \(Figure.of(Double(backlog))) operations wait. Goal: no slower than 1.2 times.
                """,
            columns: ["waiting"] + Report.raceColumns + ["of empty"])
        let empty = try Queue(bench, waiting: 0, number: 1)
        let long = try Queue(bench, waiting: backlog, number: 2)
        let commits = bench.isQuick ? 50 : 200
        let laps = try await Race.run(
            [
                Contender("0") { try empty.enqueue(commits) },
                Contender(Figure.of(Double(backlog))) { try long.enqueue(commits) },
            ], rounds: bench.rounds(9))
        report.add(laps, floors: [0])
        let slower = laps[1].commits.median / laps[0].commits.median
        report.expect("\(Figure.ratio(slower)) times the median commit, goal 1.2", slower <= 1.2)
        try empty.close()
        try long.close()
        return report
    }
}

/// A store whose operations nobody fetches.
private final class Queue {
    private let store: StationStore
    private var shift: Shift
    private let life = Life(random: 0x5CA0_BE7C)

    init(_ bench: Bench, waiting: Int, number: UInt64) throws {
        store = try StationStore(path: "\(bench.folder.path)/backlog-\(number).sqlite")
        shift = Shift(station: "st-1", number: number, warehouse: Warehouse())
        try Backlog.add(waiting, of: &shift, to: store)
    }

    func enqueue(_ commits: Int) throws -> Lap {
        try Lap(operations: commits) {
            try (0..<commits).map { _ in try Stopwatch.time { try write(shift.key()) } }
        }
    }

    private func write(_ key: StockKey) throws {
        try store.write { transaction in
            _ = try transaction.append(
                [.adjust(key, delta: 1)], life: life, by: Author(device: "scanner"),
                wallMicroseconds: 1_760_000_000_000_000)
        }
    }

    func close() throws {
        try store.close()
    }
}
