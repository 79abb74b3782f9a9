extension Report {
    /// The columns of `add`, before those of the floors.
    static let raceColumns = ["operations/s", "p50 µs", "p99 µs", "CPU µs/op"]

    /// The rows of a race on a disk: rate, commit times, processor time, and each contender's
    /// rate against each floor.
    mutating func add(_ race: [Laps], labelled label: String? = nil, floors: [Int]) {
        for laps in race {
            let commits = laps.commits
            let labels = [label].compactMap { $0 } + [laps.name]
            let figures = [laps.rate, commits.median, commits.percentile(99), laps.processor]
            rows.append(
                labels + figures.map { Figure.of($0) }
                    + floors.map { Figure.ratio(laps.ratio(to: race[$0])) })
        }
    }
}
