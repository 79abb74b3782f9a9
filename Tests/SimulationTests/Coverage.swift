import Synchronization

/// How often each fault and each rare branch was reached.
final class Coverage: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func note(_ name: String, _ count: Int = 1) {
        counts.withLock { $0[name, default: 0] += count }
    }

    subscript(name: String) -> Int { counts.withLock { $0[name] ?? 0 } }

    func add(_ other: Coverage) {
        for (name, count) in other.counts.withLock({ $0 }) { note(name, count) }
    }

    var table: String {
        counts.withLock { $0 }.sorted { $0.key < $1.key }
            .map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    }
}
