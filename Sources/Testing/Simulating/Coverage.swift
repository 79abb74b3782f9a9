import Synchronization

/// How often each fault and each rare branch was reached.
public final class Coverage: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    public init() {}

    public func note(_ name: String, _ count: Int = 1) {
        counts.withLock { $0[name, default: 0] += count }
    }

    public subscript(name: String) -> Int { counts.withLock { $0[name] ?? 0 } }

    /// Those of `names` that were reached less often than `count`.
    public func reachedLess(than count: Int, of names: [String]) -> [String] {
        names.filter { self[$0] < count }
    }

    public var table: String {
        counts.withLock { $0 }.sorted { $0.key < $1.key }
            .map { "\($0.value)\t\($0.key)" }.joined(separator: "\n")
    }
}
