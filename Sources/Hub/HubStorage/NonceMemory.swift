import Replication
import Synchronization

/// The nonces of requests seen lately, so that a signature is good for one request only.
///
/// In memory: after a restart a request of the last minutes could be repeated, and every call of
/// a station is harmless when repeated.
public final class NonceMemory: Sendable {
    private struct Seen {
        var nonces: Set<String> = []
        /// In the order in which they came, with the second at which each was created.
        var order: [(created: Int64, nonce: String)] = []
    }

    private let limit: Int
    private let keptSeconds: Int64
    private let stations = Mutex<[String: Seen]>([:])

    /// `limit`: for one key, in one window.
    public init(limit: Int = 20_000, windowSeconds: Int64 = 300) {
        self.limit = limit
        keptSeconds = 2 * windowSeconds
    }

    /// Remembers a nonce. Throws when it is known, or when there are too many.
    public func use(
        _ nonce: String, keyID: String, created: Int64, now: Int64
    ) throws(HubError) {
        let failure: HubError? = stations.withLock { stations in
            // Taken out and put back, so that it isn't copied.
            var seen = stations.removeValue(forKey: keyID) ?? Seen()
            defer { stations[keyID] = seen }
            // Outside the window a signature is not taken anyway.
            if let first = seen.order.first, first.created < now - keptSeconds {
                let old = seen.order.prefix { $0.created < now - keptSeconds }
                for entry in old { seen.nonces.remove(entry.nonce) }
                seen.order.removeFirst(old.count)
            }
            guard !seen.nonces.contains(nonce) else { return .requestReplayed }
            guard seen.order.count < limit else { return .tooManyRequests(retryAfterSeconds: 60) }
            seen.nonces.insert(nonce)
            seen.order.append((created, nonce))
            return nil
        }
        if let failure { throw failure }
    }
}
