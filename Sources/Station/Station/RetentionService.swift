import Logging
import ServiceLifecycle
import StationStorage

/// Deletes records of what came in that are old and that the hub has all of: a few at a time, and
/// seldom.
struct RetentionService: Service, CustomStringConvertible {
    private static let pause = Duration.seconds(3600)
    /// Between two pages, so that a scan finds the store free.
    private static let breath = Duration.milliseconds(200)

    let store: StationStore
    let retention: IntakeRetention
    let clock: @Sendable () -> Int64
    let log: Logger

    var description: String { "retention" }

    func run() async throws {
        // Being asked to end is how this ends.
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: Self.pause)
                try await prune()
            }
        }
        // The others end in their order.
        try? await gracefulShutdown()
    }

    private func prune() async throws {
        do {
            while try await pruneOnce() > 0 { try await Task.sleep(for: Self.breath) }
        } catch let error as StoreError {
            // The store says so at every scan as well; here it is tried again in an hour.
            log.warning("store: old records stay: \(error)", metadata: ["code": "\(error.code)"])
        }
    }

    private func pruneOnce() async throws -> Int {
        let (retention, now) = (retention, clock())
        return try await store.write { try $0.pruneIntake(retention, wallMicroseconds: now) }
    }
}
