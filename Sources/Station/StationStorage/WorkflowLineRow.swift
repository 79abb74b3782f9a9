import GRDB
import Replication
import Scans
import SyncProtocol

/// The lines of the batch that is open. Those of a batch that has closed stay until the next
/// begins, and count for nothing.
enum WorkflowLineRow {
    static let schema = """
        CREATE TABLE workflow_line (
            id INTEGER PRIMARY KEY,         -- order of the lines
            incarnation INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            subject TEXT NOT NULL,          -- i or s, then the code
            quantity INTEGER NOT NULL
        ) STRICT;
        """

    static func all(_ db: Database) throws -> [BatchEntry] {
        let sql = "SELECT incarnation, sequence, subject, quantity FROM workflow_line ORDER BY id"
        return try Row.fetchAll(db, sql: sql).map { row in
            guard let subject = BatchSubject(stored: row[2]) else {
                throw UnreadableWorkflow(what: "a line's subject")
            }
            let id = OperationID(
                incarnation: Incarnation(rawValue: UInt64(bitPattern: row[0])),
                sequence: UInt64(bitPattern: row[1]))
            return BatchEntry(line: id, subject: subject, quantity: row[3])
        }
    }

    static func keep(_ change: LineChange, _ db: Database) throws {
        switch change {
        case .begin: try db.cachedStatement(sql: "DELETE FROM workflow_line").execute()
        case .add(let entry):
            try db.cachedStatement(sql: insert).execute(arguments: [
                Int64(bitPattern: entry.line.incarnation.rawValue),
                Int64(bitPattern: entry.line.sequence), entry.subject.stored, entry.quantity,
            ])
        case .remove(let line):
            try db.cachedStatement(sql: delete).execute(arguments: [
                Int64(bitPattern: line.incarnation.rawValue), Int64(bitPattern: line.sequence),
            ])
        }
    }

    static func rename(_ names: Renaming, _ db: Database) throws {
        let sql = """
            UPDATE workflow_line SET incarnation = ?, sequence = ?
            WHERE incarnation = ? AND sequence = ?
            """
        for entry in try all(db) {
            guard let name = names[entry.line] else { continue }
            try db.cachedStatement(sql: sql).execute(arguments: [
                Int64(bitPattern: name.incarnation.rawValue), Int64(bitPattern: name.sequence),
                Int64(bitPattern: entry.line.incarnation.rawValue),
                Int64(bitPattern: entry.line.sequence),
            ])
        }
    }

    private static let insert = """
        INSERT INTO workflow_line (incarnation, sequence, subject, quantity) VALUES (?, ?, ?, ?)
        """
    private static let delete =
        "DELETE FROM workflow_line WHERE incarnation = ? AND sequence = ?"
}
