import Synchronization

/// Calls once, when everything that was to begin has begun.
final class ReadyGate: Sendable {
    private let missing: Mutex<Int>
    private let ready: @Sendable () -> Void

    init(parts: Int, ready: @escaping @Sendable () -> Void) {
        missing = Mutex(parts)
        self.ready = ready
    }

    func partHasBegun() {
        let isLast = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        if isLast { ready() }
    }
}
