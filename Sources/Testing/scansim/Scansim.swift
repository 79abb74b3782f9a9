import ArgumentParser
import Glibc
import Simulating

@main
struct Scansim: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scansim",
        abstract: "Stations and a hub by seed, the real code, over a network that fails.",
        discussion: "Exit status 1 when a seed ends wrong, or a fault was reached too seldom.")

    @Option(help: "How many seeds, from --first on.") var seeds: UInt64 = 5000
    @Option(help: "The first of them.") var first: UInt64 = 1
    @Option(help: "This one alone; what went wrong names it.") var seed: UInt64?
    @Flag(help: "Keep the databases of every seed, and say where.") var keep = false
    @Option(help: "How many more, drawn at random.") var fresh = 0
    @Option(help: "How many processes side by side.") var jobs = 2
    @Option(help: .hidden) var part: Int?
    @Option(help: "How often each fault must have been reached.") var least = 0
    @Option(help: "Begin no seed after so many minutes.") var minutes: Int?
    @Flag(help: "Stop at the first seed that ends wrong.") var untilWrong = false
    @Flag(help: "Also the seed with a long backlog.") var backlog = false
    @Option(help: "Cases of the fold with their outcome, a file of one a line.")
    var cases: [String] = []

    func run() async throws {
        raiseDescriptorLimit()
        var wrong = try FoldCases.wrongs(in: part == nil ? cases : [])
        wrong.forEach { print($0) }
        if untilWrong, !wrong.isEmpty { throw ExitCode.failure }
        let started = ContinuousClock.now
        let coverage = Coverage()
        wrong += try await simulate(coverage)
        try Simulation.cleanUp()
        if part == nil {
            print("\(coverage[Trial.begun]) seeds in \(ContinuousClock.now - started)")
        }
        print(coverage.table)
        let seldom = coverage.reachedLess(
            than: part == nil ? least : 0, of: Branches.faults + Branches.outcomes)
        seldom.forEach { print("reached less than \(least) times: \($0)") }
        if !wrong.isEmpty || !seldom.isEmpty { throw ExitCode.failure }
    }

    /// What went wrong.
    private func simulate(_ coverage: Coverage) async throws -> [String] {
        if part == nil, jobs > 1, seed == nil {
            return try Crew(count: jobs, stopsAtFirst: untilWrong).run(into: coverage)
        }
        return await Trial(
            seeds: chosen, coverage: coverage, untilWrong: untilWrong, minutes: minutes,
            keepsFiles: keep
        ).run()
    }

    private var chosen: [UInt64] {
        if let seed { return [seed] }
        let drawn = (0..<fresh).map { _ in UInt64.random(in: 1_000_000...(.max)) }
        let all =
            (backlog ? [Simulation.backlogSeed] : []) + KeptSeeds.all
            + Array(first..<(first + seeds)) + drawn
        return all.enumerated().filter { $0.offset % jobs == part ?? 0 }.map(\.element)
    }

    /// A hundred stations have thousands of files open.
    private func raiseDescriptorLimit() {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        // With the old limit the large seeds say what they lack.
        _ = setrlimit(resource, &limit)
    }
}
