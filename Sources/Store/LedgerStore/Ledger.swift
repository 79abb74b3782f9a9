public import GRDB
public import Replication
public import SyncProtocol

/// The operation log and what follows from it, in one SQLite database. The same at station and
/// hub.
///
/// The rules are those of `Inventory`, and the arithmetic is the same code; only where the state
/// is kept differs. Every function runs inside its caller's transaction.
public struct Ledger: Sendable {
    public enum Role: Sendable {
        /// Own operations come first without a position and are settled later.
        case station
        /// Operations come with their position, which is also their row.
        case hub
    }

    let role: Role

    public init(role: Role) {
        self.role = role
    }

    public static func registerMigrations(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("ledger-1") { db in
            try db.execute(sql: IncarnationRow.schema)
            try db.execute(sql: OperationRow.schema)
            try db.execute(sql: AmendmentRow.schema)
            try db.execute(sql: CellRow.schema)
            try db.execute(sql: RegisterRow.schema)
            try db.execute(sql: OrderLineRow.schema)
            try db.execute(sql: BatchLineRow.schema)
        }
        migrator.registerMigration("ledger-conflicts") { db in
            try db.execute(sql: CellRow.conflictSchema)
        }
    }

    /// Adds an incarnation; harmless when it is known with the same station and link.
    /// One comes after its parent: what saw what is worked out once, with the links that are known.
    ///
    /// Throws `LedgerError.incarnationTaken` when it is known otherwise, or when its parent is
    /// another station's.
    public func insertIncarnation(
        _ incarnation: Incarnation, station: StationCode, link: IncarnationLink?,
        in db: Database
    ) throws {
        if let known = try IncarnationRow.one(incarnation, db) {
            guard known.station == station, known.link == link else {
                throw LedgerError.incarnationTaken(incarnation, by: known.station)
            }
            return
        }
        var depth: Int64? = 0
        if let link {
            let parent = try IncarnationRow.one(link.parent, db)
            if let parent, parent.station != station {
                throw LedgerError.incarnationTaken(link.parent, by: parent.station)
            }
            depth = parent?.depth.map { $0 + 1 }
        }
        try IncarnationRow(station: station, link: link, depth: depth).insert(incarnation, db)
    }

    /// Gives all lives of `station` to `name`: a station that worked before it was enrolled.
    public func rename(_ station: StationCode, to name: StationCode, in db: Database) throws {
        try db.cachedStatement(sql: "UPDATE incarnation SET station = ? WHERE station = ?")
            .execute(arguments: [name.rawValue, station.rawValue])
    }

    /// Adds an operation and brings all that follows from it up to date. false: it was there
    /// already, and nothing was done.
    @discardableResult
    public func insert(_ logged: LoggedOperation, in db: Database) throws -> Bool {
        if role == .hub, logged.standing.position == nil {
            throw LedgerError.positionMissing(logged.operation.id)
        }
        guard let added = try OperationRow.insert(logged, role, db) else { return false }
        guard logged.refusal == nil, !logged.standing.isRefused else { return true }

        let amended =
            added.isAmended
            ? try AmendmentRow.sum(of: logged.operation.id, db) : AmendmentRow.Sum()
        try project(LedgerEntry(added.id, logged), amended, db)
        return true
    }

    /// Puts an operation in the place of another with the same id: the hub that this one came from
    /// was put back, and then heard another copy of its station first. What followed on it in its
    /// life goes with it: that hub can't have it, and its maker makes it anew.
    public func replace(_ logged: LoggedOperation, in db: Database) throws {
        let id = logged.operation.id
        while let next = try operations(
            of: id.incarnation, after: id.sequence - 1, limit: 1, in: db
        ).first {
            try remove(next.operation.id, in: db)
        }
        try insert(logged, in: db)
    }

    private func remove(_ id: OperationID, in db: Database) throws {
        guard let row = try OperationRow.one(id, role, db) else {
            throw LedgerError.unknownOperation(id)
        }
        let before = LedgerEntry(row.id, row.logged)
        let amended = try AmendmentRow.sum(of: id, db)
        let isUndone = amended.isUndone && before.canBeUndone
        if !row.logged.isRefused, !isUndone {
            try leave(before, isRemoved: amended.isRemoved, db)
        }
        try row.delete(db)
    }

    /// Lets what is in the log have its effect.
    func project(_ entry: LedgerEntry, _ amended: AmendmentRow.Sum, _ db: Database) throws {
        if amended.isUndone, entry.canBeUndone {
            try touch(entry, db)
        } else {
            try enter(entry, isRemoved: amended.isRemoved, db)
        }
    }

    /// The hub's answer to one of this station's own operations: what follows from it is worked
    /// out again with its position and rank; a refused one loses its effect.
    public func settle(
        _ id: OperationID, standing: Standing, refusal: Refusal?, in db: Database
    ) throws {
        guard let row = try OperationRow.one(id, role, db) else {
            throw LedgerError.unknownOperation(id)
        }
        let before = LedgerEntry(row.id, row.logged)
        var settled = row.logged
        settled.standing = standing
        settled.refusal = refusal
        guard settled != row.logged else { return }
        let after = LedgerEntry(row.id, settled)

        let amended = try AmendmentRow.sum(of: id, db)
        let isUndone = amended.isUndone && before.canBeUndone
        let wasInForce = !row.logged.isRefused && !isUndone
        let isInForce = !settled.isRefused && !isUndone
        // Most settle as expected: what was posted stays, only its standing is noted.
        if wasInForce, isInForce, try !dependsOnStanding(before, after, db) {
            return try row.update(standing, refusal, db)
        }
        if wasInForce { try leave(before, isRemoved: amended.isRemoved, db) }
        try row.update(standing, refusal, db)
        if isInForce { try enter(after, isRemoved: amended.isRemoved, db) }
    }

    public func operation(_ id: OperationID, in db: Database) throws -> LoggedOperation? {
        try OperationRow.one(id, role, db)?.logged
    }

    /// What one incarnation made, in order of sequence.
    public func operations(
        of incarnation: Incarnation, after sequence: UInt64, limit: Int, in db: Database
    ) throws -> [LoggedOperation] {
        try OperationRow.all(of: incarnation, after: sequence, limit: limit, role, db)
    }

    /// Whose life it is and what it grew from; nil: it is not known here.
    public func incarnation(
        _ life: Incarnation, in db: Database
    ) throws -> (station: StationCode, link: IncarnationLink?)? {
        try IncarnationRow.one(life, db).map { ($0.station, $0.link) }
    }

    /// Notes the chain after an operation that came without one.
    public func note(_ chain: [UInt8], of id: OperationID, in db: Database) throws {
        try OperationRow.update(chain, of: id, db)
    }

    /// The lives of `station` that are known here, from `first` on in the order of SQLite's
    /// numbers; nil: from the first of all.
    public func incarnations(
        of station: StationCode, from first: Incarnation?, in db: Database
    ) throws -> [Incarnation] {
        try IncarnationRow.all(of: station, from: first, db)
    }

    /// The feed in order of position, accepted and refused.
    ///
    /// No more is read after operations of `limitBytes` together: one may be megabytes long.
    public func operations(
        after position: FeedPosition, limit: Int, limitBytes: Int = 16 << 20, in db: Database
    ) throws -> [LoggedOperation] {
        try OperationRow.feed(after: position, limit: limit, limitBytes: limitBytes, role, db)
    }

    /// The greatest rank in the feed up to `base`; 0 before the first. For a hub.
    public func maximumRank(upTo base: FeedPosition, in db: Database) throws -> Int64 {
        try OperationRow.greatestRank(upTo: base, db)
    }
}

extension LoggedOperation {
    var isRefused: Bool { refusal != nil || standing.isRefused }
}

/// An operation as its effects need it.
struct LedgerEntry {
    /// Its row.
    var id: Int64
    var mark: OperationMark
    var kind: OperationKind

    init(_ id: Int64, _ logged: LoggedOperation) {
        self.id = id
        self.mark = OperationMark(logged.ranked)
        self.kind = logged.operation.kind.isWithinLimit ? logged.operation.kind : .unknown
    }

    /// Undoing an undo means nothing: whoever wants the target back raises its level.
    var canBeUndone: Bool {
        if case .undo = kind { false } else { true }
    }
}
