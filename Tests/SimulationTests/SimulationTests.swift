import Foundation
import ScanTesting
import Testing

@Suite(.serialized) struct SimulationTests {
    /// Seeds that found something once, and the first ones.
    static let fixed: [UInt64] =
        Array(1...60) + [
            1_238_680_128_157_572_915, 2_537_870_789_835_311_028, 3_009_055_927_486_454_256,
            7_976_141_259_343_738_970, 8_128_125_628_176_082_154, 10_411_987_924_731_652_146,
            12_086_971_328_182_143_791, 15_113_634_748_306_588_409, 15_291_515_281_284_498_006,
            17_119_784_953_074_505_848, 17_949_082_348_857_943_175,
        ]
    static let environment = ProcessInfo.processInfo.environment
    static let count = environment["SIMULATION_SEEDS"].flatMap { Int($0) } ?? 80

    static var seeds: [UInt64] {
        if let seed = environment["SIMULATION_SEED"].flatMap({ UInt64($0) }) { return [seed] }
        let fresh = (0..<max(0, count - fixed.count)).map { _ in UInt64.random(in: 1_000...(.max)) }
        return Array(fixed.prefix(count)) + fresh
    }

    static let mustBeReached = [
        "lost request", "lost answer", "torn request", "doubled request", "late ops taken",
        "late ops turned away", "lost feed page", "lost feed request", "hub restart",
        "hub backup", "older hub", "station restart", "older card", "cloned card",
        "wrong clock", "refused operation", "recount", "contested",
    ]

    @Test func whateverHappensAllAgreeInTheEndAndNothingIsLost() async throws {
        let coverage = Coverage()
        let seeds = Self.seeds
        let started = ContinuousClock.now
        for seed in seeds {
            let simulation = try Simulation(seed: seed, coverage: coverage)
            try await simulation.run()
            let wrongs = try await simulation.verdict()
            #expect(wrongs.isEmpty, "SIMULATION_SEED=\(seed)")
            try await simulation.close()
        }
        print("\(seeds.count) seeds in \(ContinuousClock.now - started). \(coverage.table)")
        guard seeds.count >= 80 else { return }
        for name in Self.mustBeReached { #expect(coverage[name] > 0, "\(name)") }
    }
}
