import Foundation
import HubStorage
import LedgerStore
import Replication
import SyncProtocol

/// Whether a hub that has much is slower than one that has little.
struct GrowthSection {
    private static let questions = 200
    private static let pageOperations = 500
    private static let itemPlaces = 50
    let bench: Bench

    func run() async throws -> Report {
        let most = bench.operations(1_000_000, quick: 10_000)
        var report = Report(
            title: "growth: a hub with much in its log",
            about: """
                The same ledger with a tenth of \(Figure.of(Double(most))) operations and with all \
                of them, 500 a transaction, four stations. One item's stock, a page of the stock, \
                the first and the last 500 operations of the feed, and what 20 more runs of 500 \
                take. Goal: nothing takes more than twice as long.
                """,
            columns: [
                "operations", "item p50 µs", "page p50 µs", "feed start p50 µs",
                "feed end p50 µs", "run of 500 p50 µs", "bytes/op on disk",
            ])
        let scene = try await HubScene(bench: bench)
        let states = try await scene.withTenant(at: { directory, tenant in
            var source = RunSource(scene.stations)
            return [
                try await state(most / 10, directory, tenant, &source, scene),
                try await state(most, directory, tenant, &source, scene),
            ]
        })
        report.rows = states.map(\.row)
        for (name, less, more) in states[0].beside(states[1]) {
            let ratio = more / less
            report.expect("\(name): \(Figure.ratio(ratio)) times, goal 2", ratio <= 2)
        }
        return report
    }

    private func state(
        _ size: Int, _ directory: String, _ tenant: TenantStore, _ source: inout RunSource,
        _ scene: HubScene
    ) async throws -> State {
        while source.operations < size {
            _ = try await scene.take([source.next()], into: tenant)
        }
        let item = try await tenant.stock(StockFilter(), limit: 1).first?.key.item
        let end = FeedPosition(size - Self.pageOperations)
        var state = State(size: size)
        state.item = try await median {
            _ = try await tenant.stock(StockFilter(item: item), limit: Self.itemPlaces)
        }
        state.page = try await median { _ = try await tenant.stock(StockFilter(), limit: 200) }
        state.feedStart = try await median {
            _ = try await tenant.operations(after: 0, limit: Self.pageOperations)
        }
        state.feedEnd = try await median {
            _ = try await tenant.operations(after: end, limit: Self.pageOperations)
        }
        let runs = (0..<20).map { _ in source.next() }
        state.intake = try await scene.take(runs, into: tenant).commitMicroseconds.median
        state.bytes = try bytes(directory) / Double(size)
        return state
    }

    private func median(_ question: () async throws -> Void) async throws -> Double {
        var times: [Double] = []
        for _ in 0..<Self.questions {
            times.append(Double(try await Stopwatch.time { try await question() }) / 1000)
        }
        return Samples(times).median
    }

    private func bytes(_ directory: String) throws -> Double {
        let path = "\(directory)/tenants/\(HubScene.tenant).sqlite"
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        return Double(size ?? 0)
    }
}

/// Medians in microseconds, at one size.
private struct State {
    var size: Int
    var item = 0.0
    var page = 0.0
    var feedStart = 0.0
    var feedEnd = 0.0
    var intake = 0.0
    var bytes = 0.0

    init(size: Int) {
        self.size = size
    }

    var row: [String] {
        [Double(size), item, page, feedStart, feedEnd, intake, bytes].map { Figure.of($0) }
    }

    func beside(_ other: State) -> [(String, Double, Double)] {
        [
            ("one item", item, other.item), ("a page", page, other.page),
            ("the feed's start", feedStart, other.feedStart),
            ("the feed's end", feedEnd, other.feedEnd), ("intake", intake, other.intake),
        ]
    }
}
