import GRDB
import Replication

/// What undoes or removes an operation, whether that is here already or still to come.
enum AmendmentRow {
    static let schema = """
        CREATE TABLE amendment (
            incarnation INTEGER NOT NULL,   -- of the operation that is amended
            sequence INTEGER NOT NULL,
            operation INTEGER NOT NULL,     -- which amends it
            level INTEGER,                  -- causal length; NULL: removes it from its batch
            PRIMARY KEY (incarnation, sequence, operation)
        ) STRICT, WITHOUT ROWID;
        """

    /// What all amendments of one operation come to.
    struct Sum: Equatable {
        var isUndone = false
        var isRemoved = false
    }

    static func sum(of target: OperationID, _ db: Database) throws -> Sum {
        let sql = """
            SELECT max(level), count(*) - count(level) FROM amendment
            WHERE incarnation = ? AND sequence = ?
            """
        let row = try Row.fetchOne(
            db.cachedStatement(sql: sql),
            arguments: [target.incarnation.bits, target.sequenceBits])
        guard let row else { return Sum() }
        let level: Int64 = max(1, row[0] ?? 1)
        return Sum(isUndone: level % 2 == 0, isRemoved: row[1] as Int64 > 0)
    }

    static func insert(
        of target: OperationID, by operation: Int64, level: UInt32?, _ db: Database
    ) throws {
        // A removal may name the same line twice.
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO amendment VALUES (?, ?, ?, ?)")
            .execute(arguments: [
                target.incarnation.bits, target.sequenceBits, operation, level.map { Int64($0) },
            ])
    }

    static func rename(
        _ old: OperationID, to new: OperationID, _ db: Database
    ) throws {
        let sql = """
            UPDATE amendment SET incarnation = ?1, sequence = ?2
            WHERE incarnation = ?3 AND sequence = ?4
                AND operation IN
                    (SELECT id FROM operation WHERE incarnation = ?1 AND sequence > ?2)
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            new.incarnation.bits, new.sequenceBits, old.incarnation.bits, old.sequenceBits,
        ])
    }

    static func delete(of target: OperationID, by operation: Int64, _ db: Database) throws {
        let sql = """
            DELETE FROM amendment WHERE incarnation = ? AND sequence = ? AND operation = ?
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            target.incarnation.bits, target.sequenceBits, operation,
        ])
    }
}
