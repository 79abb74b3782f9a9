import GRDB
import Replication
import SyncProtocol

/// An operation that was refused, for good: its station may ask again and hears the same.
struct RefusedOperation {
    var id: OperationID
    var refusal: Refusal

    static let schema = """
        CREATE TABLE hub_refused (
            incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL, code TEXT NOT NULL,
            message TEXT NOT NULL, PRIMARY KEY (incarnation, sequence)
        ) WITHOUT ROWID;
        """

    func insert(_ db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO hub_refused VALUES (?, ?, ?, ?)").execute(
            arguments: [
                Int64(bitPattern: id.incarnation.rawValue), Int64(bitPattern: id.sequence),
                refusal.code, refusal.message,
            ])
    }

    static func all(
        _ incarnation: Incarnation, _ sequences: ClosedRange<UInt64>, _ db: Database
    ) throws -> [RefusedOperation] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT sequence, code, message FROM hub_refused
                WHERE incarnation = ? AND sequence BETWEEN ? AND ? ORDER BY sequence
                """)
        let arguments: StatementArguments = [
            Int64(bitPattern: incarnation.rawValue), Int64(bitPattern: sequences.lowerBound),
            Int64(bitPattern: sequences.upperBound),
        ]
        return try Row.fetchAll(statement, arguments: arguments).map {
            RefusedOperation(
                id: OperationID(
                    incarnation: incarnation, sequence: UInt64(bitPattern: $0["sequence"])),
                refusal: Refusal(code: $0["code"], message: $0["message"]))
        }
    }
}
