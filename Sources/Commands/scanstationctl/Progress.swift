import Glibc

/// Tells a person who waits what is waited for.
enum Progress {
    private static let patience = Duration.seconds(1)

    /// Runs `work`; when that takes more than a second, says so on a terminal.
    static func during<T: Sendable>(
        _ what: String, _ work: @escaping @Sendable () async throws -> T
    ) async throws -> T {
        guard isatty(STDERR_FILENO) == 1 else { return try await work() }
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask { try await work() }
            group.addTask { await tell(what) }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    private static func tell<T>(_ what: String) async -> T? {
        let started = ContinuousClock.now
        var isShown = false
        // Being cancelled is how this ends.
        while (try? await Task.sleep(for: patience)) != nil {
            let seconds = (ContinuousClock.now - started).components.seconds
            write("\r\(what) ... \(seconds) s")
            isShown = true
        }
        if isShown { write("\r\u{1B}[K") }
        return nil
    }

    private static func write(_ text: String) {
        let bytes = Array(text.utf8)
        // A terminal that went away needs no progress.
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}
