import StationStorage

/// How many wrong PINs are borne, and how long a wait follows on one more.
///
/// Five are free; then 30 seconds, twice as long after each further one, to an hour. So whoever
/// guesses has about 24 tries a day.
enum AttemptRule {
    static let freeTries = 5
    static let firstWaitSeconds = 30
    static let waitLimitSeconds = 3600

    static func triesLeft(after failures: Int) -> Int { max(0, freeTries - failures) }

    static func waitSeconds(after failures: Int) -> Int {
        guard failures >= freeTries else { return 0 }
        // Seven doublings reach the limit.
        let doublings = min(failures - freeTries, 7)
        return min(firstWaitSeconds << doublings, waitLimitSeconds)
    }

    /// What is left of the wait at `now`, in whole seconds, rounded up. A clock that was set back
    /// makes it no longer than it was.
    static func waitSeconds(after attempt: LoginAttempt, now: Int64) -> Int {
        let wait = waitSeconds(after: attempt.failures)
        let passed = max(0, now - attempt.last)
        return max(0, wait - Int(passed / 1_000_000))
    }
}
