/// What the operator is told about one scan, after it is durable or refused.
public struct Feedback: Sendable, Equatable {
    public enum Signal: String, Sendable, CaseIterable {
        /// Understood and stored.
        case ok
        /// Stored, but look: nobody knows this code yet, or its lot was recalled.
        case unknown
        /// A command was carried out, a mode or context changed.
        case done
        /// A batch was opened or closed.
        case batch
        /// Not stored, or not carried out. The reason says why.
        case error
    }

    public var signal: Signal
    /// Stable and documented: `check-digit`, `disk-full`. nil when all is well.
    public var code: String?
    /// One sentence for people. Never holds raw control characters.
    public var message: String

    public init(_ signal: Signal, code: String? = nil, message: String) {
        self.signal = signal
        self.code = code
        self.message = message
    }
}
