/// What one contender did in one round.
struct Lap {
    var operations: Int
    var nanoseconds: Double
    /// Of each commit, where there are commits.
    var commits: [UInt64] = []
    /// Processor time of all threads, where it was looked at.
    var processorNanoseconds: Double = 0

    var rate: Double { Double(operations) / nanoseconds * 1e9 }
    var commitMicroseconds: Samples { Samples(commits.map { Double($0) / 1000 }) }

    init(operations: Int, nanoseconds: Double) {
        self.operations = operations
        self.nanoseconds = nanoseconds
    }

    /// A lap that is its commits and nothing else.
    init(operations: Int, committing work: () throws -> [UInt64]) rethrows {
        let start = Stopwatch.processor
        let commits = try work()
        processorNanoseconds = Double(Stopwatch.processor - start)
        (self.operations, self.commits) = (operations, commits)
        nanoseconds = Double(commits.reduce(0, +))
    }

    init(operations: Int, committing work: () async throws -> [UInt64]) async rethrows {
        let start = Stopwatch.processor
        let commits = try await work()
        processorNanoseconds = Double(Stopwatch.processor - start)
        (self.operations, self.commits) = (operations, commits)
        nanoseconds = Double(commits.reduce(0, +))
    }
}

/// One way to do a piece of work: ours, or a floor.
struct Contender {
    var name: String
    var run: () async throws -> Lap

    init(_ name: String, run: @escaping () async throws -> Lap) {
        self.name = name
        self.run = run
    }
}

/// All laps of one contender.
struct Laps {
    var name: String
    var laps: [Lap] = []

    var rate: Double { Samples(laps.map(\.rate)).median }
    /// Of all commits of all rounds, in microseconds.
    var commits: Samples { Samples(laps.flatMap(\.commits).map { Double($0) / 1000 }) }

    /// In microseconds an operation: the steadiest figure on a busy machine.
    var processor: Double {
        Samples(laps.map { $0.processorNanoseconds / Double($0.operations) / 1000 }).median
    }

    /// The median over the rounds of this contender's rate against `floor`'s in the same round.
    func ratio(to floor: Laps) -> Double {
        Samples(zip(laps, floor.laps).map { $0.rate / $1.rate }).median
    }

    /// The least and the greatest of those ratios.
    func spread(to floor: Laps) -> (least: Double, greatest: Double) {
        let ratios = Samples(zip(laps, floor.laps).map { $0.rate / $1.rate })
        return (ratios.percentile(0), ratios.percentile(100))
    }
}

/// Runs contenders in turn, round after round, so that whatever else the machine does falls on
/// all of them.
enum Race {
    static func run(_ contenders: [Contender], rounds: Int) async throws -> [Laps] {
        var standings = contenders.map { Laps(name: $0.name) }
        for round in 0..<rounds {
            let order = Array(contenders.indices)
            for index in round % 2 == 0 ? order : order.reversed() {
                standings[index].laps.append(try await contenders[index].run())
            }
        }
        return standings
    }
}
