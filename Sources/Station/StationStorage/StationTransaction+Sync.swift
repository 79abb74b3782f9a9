import GRDB
import LedgerStore
public import Replication
public import SyncProtocol

extension StationTransaction {
    /// The hub holds everything of `incarnation` up to `sequence`.
    public mutating func acknowledge(
        _ incarnation: Incarnation, upTo sequence: UInt64, wallMicroseconds: Int64
    ) throws {
        try OwnIncarnation.acknowledge(incarnation, upTo: sequence, db)
        try goOn(incarnation)
        state.lastAcknowledgedMicroseconds = wallMicroseconds
    }

    /// Operations that the hub may not have.
    public func waitingOperations() throws -> UInt64 {
        try OwnIncarnation.waiting(db)
    }

    /// The hash chain after one of our operations; nil: this database never had it.
    public func chain(after id: OperationID) throws -> [UInt8]? {
        try ledger.operation(id, in: db)?.chain
    }

    /// The hub refused one of our operations: it stays, visible, until a person decides.
    ///
    /// A verdict on an operation that this database never had (it was restored from an older
    /// copy) is let go: the hub lists it, and here is nothing that a person could mend.
    public mutating func park(
        _ id: OperationID, refusal: Refusal, wallMicroseconds: Int64
    ) throws {
        guard let own = try OwnIncarnation.one(id.incarnation, db), id.sequence <= own.lastSequence,
            refusal.code != Refusal.alreadyMade
        else { return }
        try DeadLetter.insert(id, refusal, wallMicroseconds: wallMicroseconds, db)
    }

    /// Takes in one run of the hub's feed. Repeats are harmless.
    public mutating func apply(_ run: FeedRun, wallMicroseconds: Int64) throws {
        var isOurs = false
        if run.entries.contains(where: { $0.content != nil }) {
            try ledger.insertIncarnation(
                run.incarnation, station: run.station, link: run.link, in: db)
            isOurs = try OwnIncarnation.one(run.incarnation, db) != nil
        }
        for entry in run.entries {
            guard let position = entry.standing.position, position > state.feedPosition else {
                continue
            }
            try apply(entry, isOurs: isOurs, wallMicroseconds: wallMicroseconds)
            state.feedPosition = position
            state.maximumRank = max(state.maximumRank, entry.standing.rank)
        }
    }

    /// Takes in operations wherever they stand in the feed, and leaves the feed where it is.
    public mutating func fill(_ run: FeedRun, wallMicroseconds: Int64) throws {
        try ledger.insertIncarnation(
            run.incarnation, station: run.station, link: run.link, in: db)
        let isOurs = try OwnIncarnation.one(run.incarnation, db) != nil
        for entry in run.entries {
            try apply(entry, isOurs: isOurs, wallMicroseconds: wallMicroseconds)
            state.maximumRank = max(state.maximumRank, entry.standing.rank)
        }
    }

    private mutating func apply(
        _ entry: FeedRun.Entry, isOurs: Bool, wallMicroseconds: Int64
    ) throws {
        if let content = entry.content {
            let logged = LoggedOperation(
                operation: content.operation, standing: entry.standing,
                kindBytes: content.kindBytes, chain: [], refusal: entry.refusal)
            if try ledger.insert(logged, in: db) {
                if isOurs { try goOn(entry.id.incarnation) }
                return try park(entry, wallMicroseconds: wallMicroseconds)
            }
            guard try isSame(content) else {
                // A copy of this database gave the number to something else. Ours still waits.
                return isOurs ? () : try ledger.replace(logged, in: db)
            }
        }
        try ledger.settle(entry.id, standing: entry.standing, refusal: entry.refusal, in: db)
        try park(entry, wallMicroseconds: wallMicroseconds)
    }

    private mutating func park(_ entry: FeedRun.Entry, wallMicroseconds: Int64) throws {
        if let refusal = entry.refusal {
            try park(entry.id, refusal: refusal, wallMicroseconds: wallMicroseconds)
        }
    }

    private func isSame(_ content: Run.Entry) throws -> Bool {
        guard let known = try ledger.operation(content.operation.id, in: db) else { return false }
        return known.kindBytes == content.kindBytes
            && known.operation.clock == content.operation.clock
    }

    /// The hub says what it holds of `incarnation`, and it is less than it once acknowledged: it
    /// was restored from an older backup. The rest waits again.
    public func rewind(_ incarnation: Incarnation, to sequence: UInt64) throws {
        try OwnIncarnation.rewind(incarnation, to: sequence, db)
    }

    /// The feed of a restored hub ends before what was read of it; what comes again is harmless.
    public mutating func rewindFeed(to position: FeedPosition) {
        state.feedPosition = min(state.feedPosition, position)
    }

    /// The feed was read up to here: the hub had nothing more before it.
    public mutating func advanceFeed(to position: FeedPosition) {
        state.feedPosition = max(state.feedPosition, position)
    }

    /// Notes what the hub said of itself.
    public mutating func noteHub(generation: String, offsetMicroseconds: Int64) {
        state.generation = generation
        state.hubOffsetMicroseconds = offsetMicroseconds
    }

    /// Whether the station still belongs where `enrolment` says.
    public func isEnrolled(as enrolment: Enrolment) -> Bool {
        (state.station, state.tenant, state.hubURL, state.hubPin)
            == (enrolment.station, enrolment.tenant, enrolment.hubURL, enrolment.pin)
    }

    /// From now on this is the station's name, at this hub.
    ///
    /// Operations made before enrolment keep their ids, and get the name; the hub knows whose
    /// they are by the key that signs them.
    public mutating func enrol(
        station: StationCode, tenant: String, hubURL: String, generation: String,
        pin: String? = nil
    ) throws {
        if station != state.station { try ledger.rename(state.station, to: station, in: db) }
        state.station = station
        state.tenant = tenant
        state.hubURL = hubURL
        state.generation = generation
        state.hubPin = pin
    }
}
