import Glibc
import Simulating
import Synchronization

/// Many seeds, some of them side by side.
final class Trial: Sendable {
    let seeds: [UInt64]
    let coverage = Coverage()
    private let jobs: Int
    private let untilWrong: Bool
    private let keepsFiles: Bool
    private let end: ContinuousClock.Instant?
    private let next = Mutex(0)
    private let wrongs = Mutex<[String]>([])

    /// `minutes`: no seed is begun after them.
    init(seeds: [UInt64], jobs: Int, untilWrong: Bool, minutes: Int?, keepsFiles: Bool) {
        end = minutes.map { ContinuousClock.now + .seconds(60 * $0) }
        self.seeds = seeds
        self.jobs = jobs
        self.untilWrong = untilWrong
        self.keepsFiles = keepsFiles
    }

    /// What went wrong.
    func run() async -> [String] {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<jobs {
                group.addTask {
                    while let seed = self.take() { await self.run(seed) }
                }
            }
        }
        return wrongs.withLock { $0 }
    }

    /// How many were begun.
    var count: Int { next.withLock { $0 } }

    private func take() -> UInt64? {
        if untilWrong, wrongs.withLock({ !$0.isEmpty }) { return nil }
        if let end, ContinuousClock.now > end { return nil }
        return next.withLock { next in
            guard next < seeds.count else { return nil }
            defer { next += 1 }
            return seeds[next]
        }
    }

    private func run(_ seed: UInt64) async {
        do {
            let simulation = try Simulation(
                seed: seed, coverage: coverage, keepsFiles: keepsFiles)
            if keepsFiles { print("seed \(seed): \(simulation.root)") }
            try await simulation.run()
            let found = try await simulation.verdict()
            try await simulation.close()
            found.forEach { note(seed, $0) }
        } catch {
            note(seed, "stopped: \(error)")
        }
    }

    private func note(_ seed: UInt64, _ wrong: String) {
        print("seed \(seed): \(wrong)")
        fflush(nil)
        wrongs.withLock { $0.append("seed \(seed): \(wrong)") }
    }
}
