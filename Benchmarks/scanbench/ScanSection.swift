import Floor
import Logging
import Pipeline
import Replication
import Scans
import StationStorage

/// The whole way of a scan through the station, without the device: read, understood, grouped,
/// made durable, answered.
struct ScanSection {
    let bench: Bench
    private let warehouse = Warehouse()

    init(bench: Bench) {
        self.bench = bench
    }

    func run() async throws -> Report {
        var report = Report(
            title: "scan: from the code to the answer",
            about: """
                An item's code goes into the intake; the answer comes when its batch line, its \
                adjustment, the batch, the intake record and the workflow's state are durable. \
                One after the other, so one a commit; and a thousand at once, which the intake \
                gathers. Floors as in enqueue, made from what the intake wrote. p50 and p99 of \
                ours are from call to answer, of the floors from BEGIN to the end of COMMIT; for \
                a thousand at once they are left out.
                """,
            columns: ["scans", ""] + Report.raceColumns + [
                "of C SQLite", "of C, writes only", "of append",
            ])
        let template = bench.folder.path + "/scan.sqlite"
        try StationStore(path: template).close()
        let single = try await race(template, count: bench.isQuick ? 20 : 250, atOnce: false)
        report.add(single, labelled: "one by one", floors: [1, 2, 3])
        let burst = try await race(template, count: bench.isQuick ? 200 : 1000, atOnce: true)
        report.add(burst, labelled: "at once", floors: [1, 2, 3])
        let ratio = single[0].ratio(to: single[1])
        report.expect("one by one: \(Figure.ratio(ratio)) of C SQLite, goal 0.80", ratio >= 0.8)
        let beyond =
            (single[0].commits.percentile(99) - single[1].commits.percentile(99)) / 1000
        report.expect(
            "one by one: p99 \(Figure.of(beyond)) ms beyond C's commit, goal 5", beyond <= 5)
        return report
    }

    private func race(_ template: String, count: Int, atOnce: Bool) async throws -> [Laps] {
        let tape = try await record(count, atOnce: atOnce, template)
        let append = Contender("append + fdatasync") { [bench] in
            let path = bench.folder.path + "/append"
            defer { bench.folder.discard(path) }
            return try Lap(operations: count) {
                try AppendFloor.run(path: path, operations: count, group: atOnce ? 125 : 1)
            }
        }
        return try await Race.run(
            [
                Contender("Intake") { try await scan(count, atOnce: atOnce, template, tape: nil) },
                floor("C SQLite", floor_play_all, tape, template, count),
                floor("C SQLite, writes only", floor_play_writes, tape, template, count), append,
            ], rounds: bench.rounds(9))
    }

    func record(_ count: Int, atOnce: Bool, _ template: String) async throws -> Tape {
        try await Tape { tape in
            _ = try await scan(count, atOnce: atOnce, template, tape: tape)
        }
    }

    func floor(
        _ name: String, _ play: floor_play, _ tape: Tape, _ template: String, _ count: Int
    ) -> Contender {
        Contender(name) { [bench] in
            let path = try bench.folder.copy(of: template)
            defer { bench.folder.discard(path) }
            return try Lap(operations: count) { try tape.play(on: path, play) }
        }
    }

    /// The scans of one station on a copy of its own.
    func scan(
        _ count: Int, atOnce: Bool, _ template: String, tape: Tape?,
        then show: (Feedback) throws -> Void = { _ in }
    ) async throws -> Lap {
        let path = try bench.folder.copy(of: template)
        defer { bench.folder.discard(path) }
        let store = try StationStore(path: path)
        let intake = try Intake(
            store: store, life: Life(random: 0x5CA0_BE7C), rules: .init(), workflow: .init(),
            stored: {}, log: Logger(label: "scanbench"))
        let codes = codes(count)
        tape?.start()
        let lap = try await Lap(operations: count) {
            atOnce
                ? try await together(codes, intake) : try await oneByOne(codes, intake, show)
        }
        tape?.stop()
        intake.stop()
        try store.close()
        return lap
    }

    func codes(_ count: Int) -> [String] {
        var random = SeededRandom(seed: 4)
        return (0..<count).map { _ in
            String(warehouse.items[random.below(warehouse.items.count)].rawValue.dropFirst())
        }
    }

    private func oneByOne(
        _ codes: [String], _ intake: Intake, _ show: (Feedback) throws -> Void
    ) async throws -> [UInt64] {
        var times: [UInt64] = []
        for code in codes {
            times.append(
                try await Stopwatch.time {
                    let receipt = try await intake.submit(code: code, device: "scanner")
                    guard receipt.sequence != nil else { throw ScanError(receipt.feedback) }
                    try show(receipt.feedback)
                })
        }
        return times
    }

    private func together(_ codes: [String], _ intake: Intake) async throws -> [UInt64] {
        let time = try await Stopwatch.time {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for code in codes {
                    group.addTask { _ = try await intake.submit(code: code, device: "scanner") }
                }
                try await group.waitForAll()
            }
        }
        return [time]
    }
}

/// A scan that should have been stored was not.
struct ScanError: Error, CustomStringConvertible {
    let description: String

    init(_ feedback: Feedback) {
        description = "scan not stored: \(feedback.message)"
    }
}
