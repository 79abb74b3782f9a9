public import Reporting

/// `GET /v1/outbox`: what the hub does not have yet.
public struct OutboxReport: Codable, Sendable, Equatable {
    public var waiting: UInt64
    /// When the oldest of them was made.
    public var oldest: String?
    /// Refused by the hub, and nobody has dealt with them.
    public var deadLetters: Int
    /// When the hub last took something.
    public var lastAcknowledged: String?
    /// Nothing is sent until somebody releases it; absent: what waits is sent.
    public var held: Held?

    public struct Held: Codable, Sendable, Equatable {
        public var since: String
        public var `operator`: String
        public var reason: String

        public init(since: String, operator: String, reason: String) {
            self.since = since
            self.operator = `operator`
            self.reason = reason
        }
    }

    public init(
        waiting: UInt64, oldest: String?, deadLetters: Int, lastAcknowledged: String?,
        held: Held? = nil
    ) {
        self.waiting = waiting
        self.oldest = oldest
        self.deadLetters = deadLetters
        self.lastAcknowledged = lastAcknowledged
        self.held = held
    }
}

/// `GET /v1/outbox/preview`: what will be sent, in that order.
public struct OutboxPage: Codable, Sendable, Equatable {
    public var operations: [OperationEntry]
    /// The `after` of the next page. Absent on the last page.
    public var next: String?

    public init(operations: [OperationEntry], next: String?) {
        self.operations = operations
        self.next = next
    }
}

/// `GET /v1/outbox/dead`: operations that the hub refused, and why.
public struct DeadLetterList: Codable, Sendable, Equatable {
    public var deadLetters: [DeadLetterReport]

    public init(deadLetters: [DeadLetterReport]) {
        self.deadLetters = deadLetters
    }
}

public struct DeadLetterReport: Codable, Sendable, Equatable {
    /// `a1b2c3d4e5f60718:42`
    public var id: String
    public var code: String
    public var message: String
    /// When the refusal came.
    public var time: String
    /// What was refused.
    public var operation: OperationEntry
    /// The code that was read, safe to print; absent when none was, or it is no longer kept.
    public var scanned: String?
    /// What somebody did about it; absent while it waits.
    public var settled: AuditReport?

    public init(
        id: String, code: String, message: String, time: String, operation: OperationEntry,
        scanned: String?, settled: AuditReport?
    ) {
        self.id = id
        self.code = code
        self.message = message
        self.time = time
        self.operation = operation
        self.scanned = scanned
        self.settled = settled
    }
}

/// `GET /v1/outbox/audit`: what people did to the outbox, the newest first.
public struct AuditList: Codable, Sendable, Equatable {
    public var entries: [AuditReport]
    /// The `before` of the next page. Absent on the last page.
    public var next: Int64?

    public init(entries: [AuditReport], next: Int64?) {
        self.entries = entries
        self.next = next
    }
}

public struct AuditReport: Codable, Sendable, Equatable {
    public var number: Int64
    public var time: String
    /// `hold`, `release`, `retry`, `edit` or `discard`.
    public var action: String
    public var `operator`: String
    public var reason: String
    /// What it was done to.
    public var operation: String?
    /// What was made instead.
    public var newOperation: String?

    public init(
        number: Int64, time: String, action: String, operator: String, reason: String,
        operation: String?, newOperation: String?
    ) {
        self.number = number
        self.time = time
        self.action = action
        self.operator = `operator`
        self.reason = reason
        self.operation = operation
        self.newOperation = newOperation
    }
}

/// `POST /v1/outbox/hold`, `/v1/outbox/release` and what is done to a refused operation: who does
/// it, and why.
public struct OutboxRequest: Codable, Sendable, Equatable {
    public var `operator`: String?
    public var reason: String?
    /// For `edit`: what is put right.
    public var changes: OperationChanges?

    public init(operator: String? = nil, reason: String? = nil, changes: OperationChanges? = nil) {
        self.operator = `operator`
        self.reason = reason
        self.changes = changes
    }
}

/// `POST /v1/bundle`: what the hub's answer to a bundle said.
public struct BundleReport: Codable, Sendable, Equatable {
    /// Operations that no longer wait.
    public var acknowledged: UInt64
    public var outbox: OutboxReport

    public init(acknowledged: UInt64, outbox: OutboxReport) {
        self.acknowledged = acknowledged
        self.outbox = outbox
    }
}
