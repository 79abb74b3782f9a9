import Simulating
import Testing

/// A few seeds with every build; `make sim` runs thousands, with the optimiser's help.
@Suite(.serialized) struct SimulationTests {
    static let seeds = Array(UInt64(1)...6) + [8, 10, 12, 20, 40, 91] + KeptSeeds.all.prefix(2)

    @Test(arguments: seeds)
    func whateverHappensAllAgreeInTheEndAndNothingIsLost(seed: UInt64) async throws {
        let simulation = try Simulation(seed: seed, coverage: Coverage())
        try await simulation.run()
        #expect(try await simulation.verdict() == [])
        try await simulation.close()
    }
}
