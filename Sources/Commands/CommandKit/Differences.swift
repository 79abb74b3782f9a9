import ArgumentParser

/// What was otherwise than a log of operations says.
public struct Differences {
    private let found: [String]

    public init(_ found: [String]) {
        self.found = found
    }

    /// Prints them; throws the status of a failure when there are any and none may be.
    public func tell(mustBeNone: Bool) throws {
        found.forEach { print($0) }
        print(found.isEmpty ? "All follows from the log." : "\(found.count) differences, or more.")
        if mustBeNone, !found.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}
