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
        state.lastAcknowledgedMicroseconds = wallMicroseconds
    }

    /// The hub refused one of our operations: it stays, visible, until a person decides.
    public mutating func park(
        _ id: OperationID, refusal: Refusal, wallMicroseconds: Int64
    ) throws {
        try DeadLetter(id: id, refusal: refusal, wallMicroseconds: wallMicroseconds).insert(db)
    }

    /// Takes in one run of the hub's feed. Repeats are harmless.
    public mutating func apply(_ run: FeedRun, wallMicroseconds: Int64) throws {
        if run.entries.contains(where: { $0.content != nil }) {
            try ledger.insertIncarnation(
                run.incarnation, station: run.station, link: run.link, in: db)
        }
        for entry in run.entries {
            guard let position = entry.standing.position, position > state.feedPosition else {
                continue
            }
            try apply(entry, wallMicroseconds: wallMicroseconds)
            state.feedPosition = position
            state.maximumRank = max(state.maximumRank, entry.standing.rank)
        }
    }

    private mutating func apply(_ entry: FeedRun.Entry, wallMicroseconds: Int64) throws {
        if let content = entry.content,
            try ledger.insert(
                LoggedOperation(
                    operation: content.operation, standing: entry.standing,
                    kindBytes: content.kindBytes, chain: [], refusal: entry.refusal),
                in: db)
        {
            return
        }
        try ledger.settle(entry.id, standing: entry.standing, refusal: entry.refusal, in: db)
        if let refusal = entry.refusal,
            try OwnIncarnation.one(entry.id.incarnation, db) != nil
        {
            try park(entry.id, refusal: refusal, wallMicroseconds: wallMicroseconds)
        }
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

    /// From now on this is the station's name, at this hub.
    ///
    /// Operations made before enrolment keep their ids; the hub knows whose they are by the key
    /// that signs them.
    public mutating func enrol(
        station: StationCode, tenant: String, hubURL: String, generation: String
    ) {
        state.station = station
        state.tenant = tenant
        state.hubURL = hubURL
        state.generation = generation
    }
}
