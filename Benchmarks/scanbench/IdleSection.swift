import LinuxIO

/// What a station costs that has nothing to do.
struct IdleSection {
    let bench: Bench

    func run() async throws -> Report {
        let span = bench.isQuick ? 2 : 10
        var report = Report(
            title: "idle: a daemon with nothing to do",
            about: """
                scanstationd, not enrolled, with two serial scanners on pseudo terminals and a \
                replay driver on a FIFO; looked at for \(span) seconds after two seconds of rest. \
                A wakeup is a context switch of any of its threads. Floor: none; these are \
                budgets of the machine, not rates.
                """,
            columns: [
                "", "RSS MiB", "of it its own", "CPU", "wakeups/s", "threads", "start to ready s",
            ])
        if let obstacle = StationProcess.obstacle(bench) {
            report.missing.append(obstacle)
            return report
        }
        let station = try StationProcess(bench)
        try await Task.sleep(for: .seconds(bench.isQuick ? 1 : 2))
        let before = try ProcessSample(of: station.program.processID)
        try await Task.sleep(for: .seconds(span))
        let after = try ProcessSample(of: station.program.processID)
        try station.stop()
        let starts = try [station.startSeconds] + startTimes()
        judge(before, after, span: Double(span), Samples(starts).median, in: &report)
        return report
    }

    private func startTimes() throws -> [Double] {
        try (1..<(bench.isQuick ? 1 : 5)).map { _ in
            let station = try StationProcess(bench)
            try station.stop()
            return station.startSeconds
        }
    }

    private func judge(
        _ before: ProcessSample, _ after: ProcessSample, span: Double, _ start: Double,
        in report: inout Report
    ) {
        let processor = (after.processorSeconds - before.processorSeconds) / span * 100
        let wakeups = Double(after.switches(since: before)) / span
        report.rows.append([
            "scanstationd", Figure.of(after.residentMebibytes),
            Figure.of(after.anonymousMebibytes), Figure.percent(processor), Figure.of(wakeups),
            "\(after.threads)", Figure.ratio(start),
        ])
        let resident = after.residentMebibytes
        report.expect("\(Figure.of(resident)) MiB resident, goal 40", resident <= 40)
        report.expect("\(Figure.percent(processor)) of a core, goal 0.50 %", processor <= 0.5)
        report.expect("\(Figure.of(wakeups)) wakeups/s, goal 5", wakeups <= 5)
        report.expect("\(Figure.ratio(start)) s from start to ready, goal 0.50", start <= 0.5)
    }
}
