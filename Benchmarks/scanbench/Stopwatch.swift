import Glibc

/// Nanoseconds of the kernel's clocks.
enum Stopwatch {
    static var now: UInt64 { read(CLOCK_MONOTONIC) }

    /// Of this thread alone: what it took, however often it was interrupted.
    static var threadProcessor: UInt64 { read(CLOCK_THREAD_CPUTIME_ID) }

    /// Of all threads of this process.
    static var processor: UInt64 { read(CLOCK_PROCESS_CPUTIME_ID) }

    static func time(_ work: () throws -> Void) rethrows -> UInt64 {
        let start = now
        try work()
        return now - start
    }

    static func time(_ work: () async throws -> Void) async rethrows -> UInt64 {
        let start = now
        try await work()
        return now - start
    }

    /// The processor time of `work`, which must stay on this thread.
    static func processorTime(_ work: () throws -> Void) rethrows -> UInt64 {
        let start = threadProcessor
        try work()
        return threadProcessor - start
    }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
