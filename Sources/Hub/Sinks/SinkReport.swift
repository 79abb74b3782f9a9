public import HubStorage
import Reporting

/// A sink as people and their programs are shown it.
public struct SinkReport: Codable, Sendable {
    public struct Fault: Codable, Sendable {
        public var code: String
        public var message: String
        public var time: String
    }

    public var name: String
    public var kind: String
    /// Where it goes; nil: its settings make no sense to this hub.
    public var url: String?
    public var state: Sink.State
    public var position: UInt64
    /// Operations that wait.
    public var lag: UInt64
    /// How long ago the first of them happened; nil: none waits.
    public var lagSeconds: Int64?
    public var lastSuccess: String?
    /// Failures since the last success.
    public var attempts: Int
    /// The last one, whether or not it is over.
    public var lastError: Fault?
    /// Operations that were set aside.
    public var parked: Int

    /// `now`: microseconds since 1970.
    public init(_ standing: SinkStanding, now: Int64) {
        let sink = standing.sink
        name = sink.name
        kind = sink.kind
        // That they make no sense is its last error's to say.
        url = (try? SinkTarget(sink))?.url
        state = sink.state
        position = sink.position
        lag = standing.waitingCount
        lagSeconds = standing.oldest.map { max(0, (now - $0) / 1_000_000) }
        lastSuccess = sink.lastSuccess.map(TimeText.utc)
        attempts = sink.attempts
        lastError = sink.fault.map(Fault.init)
        parked = standing.parkedCount
    }
}

extension SinkReport.Fault {
    init(_ fault: Sink.Fault) {
        self.init(code: fault.code, message: fault.message, time: TimeText.utc(fault.time))
    }
}

/// An operation that was set aside.
public struct ParkedReport: Codable, Sendable {
    public var operation: String
    public var position: UInt64
    public var error: SinkReport.Fault
    /// It is sent again as soon as may be.
    public var isWanted: Bool

    public init(_ parked: ParkedOperation) {
        operation = parked.operation
        position = parked.position
        error = SinkReport.Fault(parked.fault)
        isWanted = parked.isWanted
    }
}

/// What was done to a sink.
public struct SinkAuditReport: Codable, Sendable {
    public var time: String
    public var who: String
    public var action: String
    public var detail: String

    public init(_ audit: SinkAudit) {
        time = TimeText.utc(audit.time)
        who = audit.who
        action = audit.action.rawValue
        detail = audit.detail
    }
}
