/// Why something could not be done to a sink. `code` is stable: docs/errors.md.
public enum SinkError: Error, Equatable, Sendable {
    case exists(String)
    case unknown(String)
    case name(String)
    case tooMany(limit: Int)
    /// No such operation is set aside.
    case notParked(String)
    /// The sink is at the end of the log.
    case nothingToSkip(String)
    /// The log doesn't go as far.
    case beyondFeed(UInt64, head: UInt64)

    public var code: String {
        switch self {
        case .exists: "sink-exists"
        case .unknown: "sink-unknown"
        case .name: "sink-name"
        case .tooMany: "sink-limit"
        case .notParked: "sink-not-parked"
        case .nothingToSkip: "sink-up-to-date"
        case .beyondFeed: "sink-position"
        }
    }
}

extension SinkError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .exists(let name): "there is a sink '\(name)' already"
        case .unknown(let name): "there is no sink '\(name)'"
        case .name(let name):
            "'\(name)' can't be a sink: small letters, digits and '-', at most 40"
        case .tooMany(let limit): "a tenant has at most \(limit) sinks"
        case .notParked(let operation): "operation \(operation) is not set aside"
        case .nothingToSkip(let name): "sink '\(name)' has all there is: nothing can be skipped"
        case .beyondFeed(let position, let head):
            "the log ends at \(head), and not behind \(position)"
        }
    }
}
