import NIOCore
import Synchronization

/// Ends the connection of a reader that takes nothing for long.
///
/// Such a reader gets no reason by the connection that it doesn't read; the journal has it.
final class StallWatch: Sendable {
    /// That of the request which is being answered; nil in tests of routes alone.
    @TaskLocal static var connection: (any Channel)?

    private let limit: Duration
    private let writingSince = Mutex<ContinuousClock.Instant?>(nil)

    init(limit: Duration) {
        self.limit = limit
    }

    func writing<T>(_ write: () async throws -> T) async rethrows -> T {
        writingSince.withLock { $0 = .now }
        defer { writingSince.withLock { $0 = nil } }
        return try await write()
    }

    /// Returns when a write has waited for longer than the limit; throws when it is cancelled.
    func untilStalled() async throws {
        while true {
            try await Task.sleep(for: limit / 2)
            let since = writingSince.withLock { $0 }
            if let since, ContinuousClock.now - since >= limit { return }
        }
    }
}
