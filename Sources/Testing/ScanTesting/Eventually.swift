import Glibc
import LinuxIO

/// Looks at `condition` until it holds or the time is over, and answers whether it came to hold.
///
/// Blocks its thread: for tests of code that has threads of its own.
public func eventually(
    within patience: Duration = .seconds(10), _ condition: () throws -> Bool
) rethrows -> Bool {
    let deadline = SystemTime.monotonic + patience
    while try !condition() {
        if SystemTime.monotonic > deadline { return false }
        usleep(1000)
    }
    return true
}

/// As `eventually`, for tasks: leaves its thread to others in between.
public func soon(
    within patience: Duration = .seconds(10), _ condition: () async throws -> Bool
) async throws -> Bool {
    let deadline = SystemTime.monotonic + patience
    while try await !condition() {
        if SystemTime.monotonic > deadline { return false }
        try await Task.sleep(for: .milliseconds(2))
    }
    return true
}
