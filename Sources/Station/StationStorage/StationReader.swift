public import GRDB
public import LedgerStore
public import Replication
public import Scans

/// One consistent state of the station's database.
public struct StationReader {
    let db: Database
    let ledger: Ledger

    public func enrolment() throws -> Enrolment? {
        let state = try StationStateRow.fetch(db)
        guard !state.hubURL.isEmpty else { return nil }
        return Enrolment(
            station: state.station, tenant: state.tenant, hubURL: state.hubURL,
            generation: state.generation, pin: state.hubPin)
    }

    public func feedPosition() throws -> FeedPosition {
        try StationStateRow.fetch(db).feedPosition
    }

    /// The workflow's state as it was last saved; nil before the first scan. Throws
    /// `UnreadableWorkflow` when what was saved makes no sense.
    public func workflow() throws -> WorkflowState? {
        try WorkflowRow.fetch(db)
    }

    public func lives() throws -> [LifeState] {
        try OwnIncarnation.all(db).map(LifeState.init)
    }

    public func intake(after sequence: Int64, limit: Int) throws -> [IntakeRecord] {
        try IntakeRecord.fetch(after: sequence, limit: limit, db)
    }

    public func lastIntake() throws -> Int64 {
        try IntakeRecord.lastSequence(db)
    }

    public func batches(limit: Int) throws -> [BatchRecord] {
        try BatchRecord.fetch(limit: limit, db)
    }

    public func batch(_ code: BatchCode) throws -> BatchRecord? {
        try BatchRecord.one(code, db)
    }

    /// Runs a query of the ledger on this state.
    public func ledger<T>(_ query: (Ledger, Database) throws -> T) throws -> T {
        try query(ledger, db)
    }
}

/// Where this station belongs.
public struct Enrolment: Sendable, Equatable {
    public var station: StationCode
    public var tenant: String
    public var hubURL: String
    public var generation: String
    /// The only key that the hub may have; nil: the system's authorities decide.
    public var pin: String?

    public init(
        station: StationCode, tenant: String, hubURL: String, generation: String,
        pin: String? = nil
    ) {
        self.station = station
        self.tenant = tenant
        self.hubURL = hubURL
        self.generation = generation
        self.pin = pin
    }
}

/// What one life made, and what the hub has of it.
public struct LifeState: Sendable, Equatable {
    public var incarnation: Incarnation
    public var link: IncarnationLink?
    public var lastSequence: UInt64
    public var acknowledged: UInt64

    init(_ own: OwnIncarnation) {
        incarnation = own.incarnation
        link = own.link
        lastSequence = own.lastSequence
        acknowledged = own.acknowledged
    }
}
