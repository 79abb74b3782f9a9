import Glibc
import Simulating

/// Many seeds, one after the other.
struct Trial {
    /// How many were begun, among what was reached.
    static let begun = "seed"

    let seeds: [UInt64]
    let coverage: Coverage
    let untilWrong: Bool
    /// No seed is begun after them.
    let minutes: Int?
    let keepsFiles: Bool

    /// What went wrong.
    func run() async -> [String] {
        let end = minutes.map { ContinuousClock.now + .seconds(60 * $0) }
        var wrongs: [String] = []
        for seed in seeds {
            if let end, ContinuousClock.now > end { break }
            coverage.note(Self.begun)
            let found = await run(seed).map { "seed \(seed): \($0)" }
            found.forEach { print($0) }
            fflush(nil)
            wrongs += found
            if untilWrong, !wrongs.isEmpty { break }
        }
        return wrongs
    }

    private func run(_ seed: UInt64) async -> [String] {
        do {
            let simulation = try Simulation(
                seed: seed, coverage: coverage, keepsFiles: keepsFiles)
            if keepsFiles { print("seed \(seed): \(simulation.root)") }
            try await simulation.run()
            let found = try await simulation.verdict()
            try await simulation.close()
            return found
        } catch {
            return ["stopped: \(error)"]
        }
    }
}
