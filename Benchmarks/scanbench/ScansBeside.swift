import Replication
import StationStorage

/// Scans made durable one by one, at rest and while a backlog is sent.
struct ScansBeside {
    private static let idleCommits = 200
    private let store: StationStore
    private let life = Life(random: 0xBE51DE)
    private var idle: [Double] = []
    private var busy: [Double] = []

    init(store: StationStore) {
        self.store = store
    }

    mutating func timeIdle() throws {
        for _ in 0..<Self.idleCommits { idle.append(try commit()) }
    }

    mutating func timeBusy() throws {
        busy.append(try commit())
    }

    /// How many were made while a backlog was sent.
    var madeBusy: Int { busy.count }

    /// The rate beside the drain, of that at rest, by the median commit. 0: it wasn't measured.
    var busyOfIdle: Double {
        busy.isEmpty || idle.isEmpty ? 0 : Samples(idle).median / Samples(busy).median
    }

    private func commit() throws -> Double {
        let key = StockKey(item: "04006381333931", place: "A-01-01")
        return Double(
            try Stopwatch.time {
                try store.write { transaction in
                    _ = try transaction.append(
                        [.adjust(key, delta: 1)], life: life, by: Author(device: "scanner"),
                        wallMicroseconds: 1_760_000_000_000_000)
                }
            })
    }
}
