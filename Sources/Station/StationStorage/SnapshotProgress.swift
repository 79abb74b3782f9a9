import GRDB
import LedgerStore
public import Replication

/// How far this station is with the hub's snapshot; after an interruption it goes on from there.
public struct SnapshotProgress: Sendable, Equatable {
    static let schema = """
        CREATE TABLE snapshot_progress (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            generation TEXT NOT NULL,       -- of the hub's database
            position INTEGER NOT NULL,      -- that the snapshot is of
            incarnation INTEGER,            -- of the last operation that was taken in
            sequence INTEGER
        )
        """

    public var generation: String
    public var position: FeedPosition
    /// The last operation that was taken in; nil: none yet.
    public var last: OperationID?

    public init(generation: String, position: FeedPosition, last: OperationID?) {
        self.generation = generation
        self.position = position
        self.last = last
    }

    static func fetch(_ db: Database) throws -> SnapshotProgress? {
        let sql = "SELECT generation, position, incarnation, sequence FROM snapshot_progress"
        return try Row.fetchOne(db, sql: sql).map { row in
            let last = (row[2] as Int64?).map {
                OperationID(
                    incarnation: Incarnation(rawValue: UInt64(bitPattern: $0)),
                    sequence: UInt64(bitPattern: row[3]))
            }
            return SnapshotProgress(
                generation: row[0], position: FeedPosition(bitPattern: row[1]), last: last)
        }
    }

    func save(_ db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO snapshot_progress VALUES (1, ?, ?, ?, ?)"
        ).execute(arguments: [
            generation, Int64(bitPattern: position),
            last.map { Int64(bitPattern: $0.incarnation.rawValue) },
            last.map { Int64(bitPattern: $0.sequence) },
        ])
    }

    static func delete(_ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM snapshot_progress").execute()
    }
}

extension StationReader {
    public func snapshotProgress() throws -> SnapshotProgress? { try SnapshotProgress.fetch(db) }

    /// As `Ledger.digests`, of what is here.
    public func digests(
        after start: FeedPosition, upTo end: FeedPosition, range: Int
    ) throws -> [[UInt8]] {
        try ledger.digests(after: start, upTo: end, range: range, in: db)
    }

    /// When all that is here was last compared with the hub, by this machine's clock; 0: never.
    public func lastAudit() throws -> Int64 { try StationStateRow.fetch(db).lastAudit }
}

extension StationTransaction {
    /// Begins a snapshot, or says how far it is.
    public func noteSnapshot(_ progress: SnapshotProgress) throws {
        try progress.save(db)
    }

    /// All of the snapshot is here: the feed goes on behind it.
    public mutating func endSnapshot(at position: FeedPosition) throws {
        try SnapshotProgress.delete(db)
        state.feedPosition = position
    }

    public mutating func noteAudit(wallMicroseconds: Int64) {
        state.lastAudit = wallMicroseconds
    }
}
