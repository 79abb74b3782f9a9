import CurlHTTP

/// One request to the hub, for those who count.
public struct RequestMeasure: Sendable, Equatable {
    public enum Outcome: String, Sendable {
        case ok
        /// The hub says no, and will say it again.
        case refused
        /// The hub asks for patience, or fails.
        case busy
        case unreachable
        case cancelled
    }

    /// The path, without what is asked for: `/v1/ops`.
    public var call: String
    public var outcome: Outcome
    public var duration: Duration

    init(_ path: String, _ outcome: Outcome, since start: ContinuousClock.Instant) {
        call = String(path.prefix { $0 != "?" })
        self.outcome = outcome
        duration = ContinuousClock.now - start
    }
}

extension RequestMeasure.Outcome {
    init(_ response: HTTPResponse) {
        switch response.status {
        case 200..<300: self = .ok
        case 429, 500...: self = .busy
        default: self = .refused
        }
    }
}
