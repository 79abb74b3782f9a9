import Floor

/// What the hub does with the operations of stations, without HTTP.
struct IntakeSection {
    static let runOperations = 500
    let bench: Bench

    func run() async throws -> Report {
        var report = Report(
            title: "intake-hub: operations taken in by the hub",
            about: """
                Four stations in turn send runs of 500 operations (55 % adjust, 15 % count, 15 % \
                move, 10 % serial, 5 % pick) to an empty ledger, each run one transaction. \
                Floors: the same statements and values from C, and the same without what only \
                reads. Not in the floors: the hash chain of every operation.
                """,
            columns: [""] + Report.raceColumns + ["of C SQLite", "of C, writes only"])
        let scene = try await HubScene(bench: bench)
        let count = bench.operations(10_000, quick: 1000)
        let runs = scene.runs(count / Self.runOperations)
        let tape = try await scene.record(runs)
        let standings = try await Race.run(
            [
                Contender("HubStorage") { try await scene.take(runs) },
                Contender("C SQLite") { try scene.play(tape, operations: count, floor_play_all) },
                Contender("C SQLite, writes only") {
                    try scene.play(tape, operations: count, floor_play_writes)
                },
            ], rounds: bench.rounds(7))
        report.add(standings, floors: [1, 2])
        let ratio = standings[0].ratio(to: standings[1])
        report.expect("\(Figure.ratio(ratio)) of C SQLite, goal 0.60", ratio >= 0.6)
        return report
    }
}
