import GRDB
import Replication

/// How long what came in is kept after the hub has all that follows from it.
public struct IntakeRetention: Sendable, Equatable {
    /// Rows that one transaction deletes, so that a scan waits for no more than that.
    public static let pageLimit = 500

    /// Younger records stay.
    public var days: Int
    /// The newest so many stay, however old.
    public var records: Int

    public init(days: Int, records: Int) {
        self.days = days
        self.records = records
    }
}

extension StationTransaction {
    /// Deletes the oldest records of what came in, at most `IntakeRetention.pageLimit`, and answers
    /// how many that were.
    ///
    /// A record stays while the hub lacks an operation that was made of it, or while such an
    /// operation was refused and waits for a person. The operations themselves stay always: they
    /// are what the stock follows from, and what a restored hub asks for.
    public func pruneIntake(_ retention: IntakeRetention, wallMicroseconds: Int64) throws -> Int {
        let horizon = wallMicroseconds - Int64(retention.days) * 86_400_000_000
        let newest = try IntakeRecord.lastSequence(db) - Int64(retention.records)
        try db.cachedStatement(sql: IntakeRecord.pruning).execute(arguments: [
            newest, horizon, IntakeRetention.pageLimit,
        ])
        return db.changesCount
    }
}

extension IntakeRecord {
    /// Looks at no more than the oldest so many: those that must stay are few, or the hub is away
    /// and nothing can go.
    static let pruning = """
        DELETE FROM intake WHERE sequence IN (
            SELECT sequence FROM (SELECT * FROM intake WHERE sequence <= ?1
                ORDER BY sequence LIMIT ?3) AS oldest
            LEFT JOIN own_incarnation ON own_incarnation.incarnation = oldest.incarnation
            WHERE wall < ?2
                AND (operations = 0 OR first_operation + operations - 1 <= acknowledged)
                AND NOT EXISTS (SELECT 1 FROM dead_letter WHERE audit IS NULL
                    AND dead_letter.incarnation = oldest.incarnation
                    AND dead_letter.sequence BETWEEN first_operation
                        AND first_operation + operations - 1))
        """

    /// What was read when an operation was made; nil: nothing was, or it is no longer kept.
    ///
    /// Records are in the order of the operations made of them, so it is found by halving: an
    /// index would cost every scan something.
    static func text(behind id: OperationID, _ db: Database) throws -> String? {
        guard let birth = try birth(of: Int64(bitPattern: id.incarnation.rawValue), db) else {
            return nil
        }
        let target = (birth, Int64(bitPattern: id.sequence))
        var (low, high) = (Int64(0), try lastSequence(db))
        var found: Place?
        while low < high {
            let middle = low + (high - low) / 2
            guard let place = try place(after: middle, db),
                (place.birth, place.firstOperation) <= target
            else {
                high = middle
                continue
            }
            (low, found) = (max(middle + 1, place.sequence), place)
        }
        guard let found, found.birth == birth,
            target.1 < found.firstOperation + found.operations
        else { return nil }
        return found.text
    }

    private struct Place {
        var sequence: Int64
        var birth: Int64
        var firstOperation: Int64
        var operations: Int64
        var text: String
    }

    private static func birth(of incarnation: Int64, _ db: Database) throws -> Int64? {
        let sql = "SELECT id FROM own_incarnation WHERE incarnation = ?"
        return try Int64.fetchOne(try db.cachedStatement(sql: sql), arguments: [incarnation])
    }

    /// The next record that operations were made of.
    private static func place(after sequence: Int64, _ db: Database) throws -> Place? {
        let sql = """
            SELECT sequence, incarnation, first_operation, operations, text FROM intake
            WHERE sequence > ? AND incarnation IS NOT NULL ORDER BY sequence LIMIT 1
            """
        let row = try Row.fetchOne(try db.cachedStatement(sql: sql), arguments: [sequence])
        return try row.flatMap { row in
            try birth(of: row[1], db).map {
                Place(
                    sequence: row[0], birth: $0, firstOperation: row[2], operations: row[3],
                    text: row[4])
            }
        }
    }
}
