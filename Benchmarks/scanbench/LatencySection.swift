import Floor
import StationStorage

/// What the operator feels: the end of the code to the beep.
struct LatencySection {
    let bench: Bench

    func run() async throws -> Report {
        let count = bench.operations ?? (bench.isQuick ? 20 : 250)
        var report = Report(
            title: "latency: last byte of a scan to feedback",
            about: """
                A code goes into a pseudo terminal, byte for byte as a serial scanner sends it; \
                scanstationd reads, understands and stores it and answers ACK on the same line. \
                "To the light": from a code's arrival at the intake to the writing of the light's \
                file, sound off, in this program. \
                Floor: the commit alone, the statements that the intake runs for these scans, \
                from C.
                """, columns: [""] + Report.raceColumns + ["of C SQLite"])
        if let obstacle = StationProcess.obstacle(bench) {
            report.missing.append(obstacle)
            return report
        }
        let scans = ScanSection(bench: bench)
        let template = bench.folder.path + "/latency.sqlite"
        try StationStore(path: template).close()
        let codes = scans.codes(count)
        let tape = try await scans.record(count, atOnce: false, template)
        let laps = try await Race.run(
            [
                Contender("scanstationd") {
                    let station = try StationProcess(bench)
                    let atReady = try ProcessSample(of: station.program.processID)
                        .processorSeconds
                    var lap = try Lap(operations: count) { try codes.map { try station.scan($0) } }
                    let sample = try ProcessSample(of: station.program.processID)
                    lap.processorNanoseconds = (sample.processorSeconds - atReady) * 1e9
                    try station.stop()
                    return lap
                }, scans.floor("C SQLite", floor_play_all, tape, template, count),
                Contender("to the light") {
                    let light = try LightScene(bench)
                    let lap = try await scans.scan(
                        count, atOnce: false, template, tape: nil, then: light.show)
                    try light.stop()
                    return lap
                },
            ], rounds: bench.rounds(5))
        report.add(laps, floors: [1])
        for (name, percent) in [("p50", 50.0), ("p99", 99.0)] {
            let ours = laps[0].commits.percentile(percent)
            let beyond = (ours - laps[1].commits.percentile(percent)) / 1000
            report.expect(
                "\(name) \(Figure.ratio(beyond)) ms beyond the commit, goal 5", beyond <= 5)
            let lit = laps[2].commits.percentile(percent)
            let beyondLit = (lit - laps[1].commits.percentile(percent)) / 1000
            report.expect(
                "\(name) to the light \(Figure.ratio(beyondLit)) ms beyond the commit, goal 100",
                beyondLit <= 100)
        }
        return report
    }
}
