import ArgumentParser

/// What can be measured.
enum Section: String, CaseIterable, ExpressibleByArgument {
    case scan
    case enqueue
    case backlog
    case intakeHub = "intake-hub"
    case redelivery
    case growth
    case drain
    case latency
    case idle
    case fold
    case wire
    case tap
    case catalogue
    case gs1

    func run(_ bench: Bench) async throws -> Report {
        switch self {
        case .scan: try await ScanSection(bench: bench).run()
        case .enqueue: try await EnqueueSection(bench: bench).run()
        case .backlog: try await BacklogSection(bench: bench).run()
        case .intakeHub: try await IntakeSection(bench: bench).run()
        case .redelivery: try await RedeliverySection(bench: bench).run()
        case .growth: try await GrowthSection(bench: bench).run()
        case .drain: try await DrainSection(bench: bench).run()
        case .latency: try await LatencySection(bench: bench).run()
        case .idle: try await IdleSection(bench: bench).run()
        case .fold: try await FoldSection(bench: bench).run()
        case .wire: try WireSection(bench: bench).run()
        case .tap: try await TapSection(bench: bench).run()
        case .catalogue: try await CatalogueSection(bench: bench).run()
        case .gs1: try await GS1Section(bench: bench).run()
        }
    }
}
