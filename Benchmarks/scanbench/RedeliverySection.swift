import HubStorage
import Replication
import SyncProtocol

/// What a lost answer costs: everything comes again, and must be told from what is new.
struct RedeliverySection {
    let bench: Bench

    func run() async throws -> Report {
        var report = Report(
            title: "redelivery: known operations sent again",
            about: """
                The runs of intake-hub, and the same once more. Goal: ten times as fast as the \
                first time.
                """,
            columns: [""] + Report.raceColumns + ["of first"])
        let scene = try await HubScene(bench: bench)
        let runs = scene.runs(bench.operations(10_000, quick: 1000) / IntakeSection.runOperations)
        var first = Laps(name: "first delivery")
        var again = Laps(name: "again")
        for _ in 0..<bench.rounds(5) {
            try await scene.withTenant { tenant in
                first.laps.append(try await scene.take(runs, into: tenant))
                again.laps.append(try await scene.take(runs, into: tenant))
            }
        }
        report.add([first, again], floors: [0])
        let ratio = again.ratio(to: first)
        report.expect("\(Figure.ratio(ratio)) × the first delivery, goal 10", ratio >= 10)
        return report
    }
}
