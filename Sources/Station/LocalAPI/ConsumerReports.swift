/// `GET /v1/consumers`: whoever gets what this station takes in, and how far each has come.
public struct ConsumerList: Codable, Sendable, Equatable {
    public var consumers: [ConsumerReport]

    public init(consumers: [ConsumerReport]) {
        self.consumers = consumers
    }
}

/// The hub, or a reader of `GET /v1/events`.
public struct ConsumerReport: Codable, Sendable, Equatable {
    public var name: String
    /// `hub` or `events`.
    public var kind: String
    /// By which way: `hub`, `socket`, `loopback` or `network`.
    public var door: String
    /// `reading` or `left`; of the hub as in the status' `link`.
    public var state: String
    /// Since when it reads.
    public var since: String?
    /// Of a reader of events: the sequence up to which it was told everything.
    public var position: Int64?
    /// How much it has not had yet: records, and of the hub operations.
    public var lag: Int64
    /// How old the oldest is that waits; of the hub only.
    public var oldest: String?
    public var left: String?
    /// Why it was let go, or why the hub is away: docs/errors.md.
    public var code: String?

    public init(
        name: String, kind: String, door: String, state: String, since: String? = nil,
        position: Int64? = nil, lag: Int64, oldest: String? = nil, left: String? = nil,
        code: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.door = door
        self.state = state
        self.since = since
        self.position = position
        self.lag = lag
        self.oldest = oldest
        self.left = left
        self.code = code
    }
}
