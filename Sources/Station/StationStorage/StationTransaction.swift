import GRDB
import LedgerStore
public import Replication
import SyncProtocol

/// One transaction on the station's database. Lives inside `StationStore.write`.
public struct StationTransaction {
    let db: Database
    let ledger: Ledger
    private let before: StationStateRow
    var state: StationStateRow
    /// The life that appends, as it will be saved.
    private var own: OwnIncarnation?

    init(_ db: Database, _ ledger: Ledger) throws {
        self.db = db
        self.ledger = ledger
        self.before = try StationStateRow.fetch(db)
        self.state = before
    }

    func finish() throws {
        try own?.saveLast(db)
        if state != before { try state.save(db) }
    }

    /// What the station calls itself to the hub.
    public var station: StationCode { state.station }
    public var feedPosition: FeedPosition { state.feedPosition }
}

extension StationTransaction {
    /// Adds operations of `life`, durable when the transaction is. Returns their ids.
    ///
    /// The first operations of a life bring its incarnation into being: an incarnation that no
    /// operation made durable would come back twice from a restored card. `amended`: the refused
    /// operation that they take the place of.
    @discardableResult
    public mutating func append(
        _ kinds: [OperationKind], life: Life, by author: Author, wallMicroseconds: Int64,
        amending amended: OperationID? = nil
    ) throws -> [OperationID] {
        guard !kinds.isEmpty else { return [] }
        var own = try open(life)
        var clock = HybridClock(last: state.lastClock)
        var ids: [OperationID] = []
        for kind in kinds {
            own.lastSequence += 1
            let operation = Operation(
                id: OperationID(incarnation: own.incarnation, sequence: own.lastSequence),
                station: state.station, clock: clock.tick(wallMicroseconds: wallMicroseconds),
                base: state.feedPosition, device: author.device, operator: author.operator,
                kind: kind, amends: amended)
            try insert(operation, chain: &own.chain)
            ids.append(operation.id)
        }
        state.lastClock = clock.last
        self.own = own
        return ids
    }

    /// The id that the next operation of `life` will get.
    public mutating func nextOperation(of life: Life) throws -> OperationID {
        let last = try known(life)?.lastSequence ?? 0
        return OperationID(incarnation: life.incarnation, sequence: last + 1)
    }

    private mutating func insert(_ operation: Operation, chain: inout [UInt8]) throws {
        let kindBytes = operation.kindBytes
        chain = OperationChain.next(chain, operation: operation, kindBytes: kindBytes)
        state.maximumRank = max(operation.clock.rawValue, state.maximumRank + 1)
        let isNew = try ledger.insert(
            LoggedOperation(
                operation: operation,
                standing: Standing(position: nil, rank: state.maximumRank),
                kindBytes: kindBytes, chain: chain),
            in: db)
        // Nobody may hear a good beep for what wasn't stored.
        guard isNew else {
            throw StoreError.damaged("\(operation.id) is another operation: start the daemon anew")
        }
    }

    /// The life, when it has operations. Read once a transaction.
    private mutating func known(_ life: Life) throws -> OwnIncarnation? {
        if let own, own.incarnation == life.incarnation { return own }
        try own?.saveLast(db)
        own = try OwnIncarnation.one(life.incarnation, db) ?? takenOver(life)
        return own
    }

    private mutating func open(_ life: Life) throws -> OwnIncarnation {
        if let known = try known(life) { return known }
        let parent = try OwnIncarnation.youngest(db)
        let newborn = OwnIncarnation(
            newborn: life.incarnation,
            link: parent.map {
                IncarnationLink(parent: $0.incarnation, sequence: $0.lastSequence)
            },
            chain: OperationChain.start)
        try newborn.insert(db)
        try ledger.insertIncarnation(
            newborn.incarnation, station: state.station, link: newborn.link, in: db)
        return newborn
    }
}

/// One run of the daemon, which is one incarnation of its database.
public struct Life: Sendable, Equatable {
    public let incarnation: Incarnation

    /// `random` must come from the system's generator: two lives must never agree.
    public init(random: UInt64) {
        // 0 means "absent" on the wire.
        self.incarnation = Incarnation(rawValue: random == 0 ? 1 : random)
    }
}

/// Who caused an operation.
public struct Author: Sendable, Equatable {
    public var device: String
    public var `operator`: String

    public init(device: String = "", operator: String = "") {
        self.device = device
        self.operator = `operator`
    }
}
