import GRDB
import LedgerStore
import Replication
import SyncProtocol

/// An operation that was refused, for good: its station may ask again and hears the same.
///
/// Another operation may take its place: what it should have said.
struct RefusedOperation {
    var id: OperationID
    var refusal: Refusal

    static let schema = """
        CREATE TABLE hub_refused (
            incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL, code TEXT NOT NULL,
            message TEXT NOT NULL, PRIMARY KEY (incarnation, sequence)
        ) WITHOUT ROWID;
        """

    /// The operation that took its place; NULL: none has.
    static let repairSchema = """
        ALTER TABLE hub_refused ADD COLUMN repair_incarnation INTEGER;
        ALTER TABLE hub_refused ADD COLUMN repair_sequence INTEGER;
        """

    func insert(_ db: Database) throws {
        let sql = """
            INSERT INTO hub_refused (incarnation, sequence, code, message) VALUES (?, ?, ?, ?)
            """
        try db.cachedStatement(sql: sql).execute(
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

    /// Notes that `repair` takes the place of the operation; false: it isn't refused, or another
    /// one did so before.
    static func repair(_ id: OperationID, by repair: OperationID, _ db: Database) throws -> Bool {
        let sql = """
            UPDATE hub_refused SET repair_incarnation = ?, repair_sequence = ?
            WHERE incarnation = ? AND sequence = ? AND repair_incarnation IS NULL
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            Int64(bitPattern: repair.incarnation.rawValue), Int64(bitPattern: repair.sequence),
            Int64(bitPattern: id.incarnation.rawValue), Int64(bitPattern: id.sequence),
        ])
        return db.changesCount == 1
    }

    static func isAlreadyMade(_ id: OperationID, _ db: Database) throws -> Bool {
        let sql = "SELECT code FROM hub_refused WHERE incarnation = ? AND sequence = ?"
        let code = try String.fetchOne(
            db.cachedStatement(sql: sql),
            arguments: [
                Int64(bitPattern: id.incarnation.rawValue), Int64(bitPattern: id.sequence),
            ])
        return code == Refusal.alreadyMade
    }

    static func isWaiting(_ id: OperationID, _ db: Database) throws -> Bool {
        let sql = """
            SELECT EXISTS (SELECT 1 FROM hub_refused
                WHERE incarnation = ? AND sequence = ? AND repair_incarnation IS NULL)
            """
        return try Bool.fetchOne(
            db.cachedStatement(sql: sql),
            arguments: [
                Int64(bitPattern: id.incarnation.rawValue), Int64(bitPattern: id.sequence),
            ]) ?? false
    }
}

/// What may be said of an operation that takes the place of a refused one: it counts once.
struct Amendment {
    let operation: Operation
    let amended: OperationID

    /// nil: the operation takes nobody's place.
    init?(_ operation: Operation) {
        guard let amended = operation.amends else { return nil }
        (self.operation, self.amended) = (operation, amended)
    }

    /// An operation that this hub never had, because it was put back, may be amended all the same.
    func refusal(
        from station: StationCode, _ ledger: Ledger, _ db: Database
    ) throws -> Refusal? {
        guard let target = try ledger.operation(amended, in: db) else { return nil }
        guard target.operation.station == station else {
            return Refusal(
                code: "amends-foreign",
                message: "\(amended) is an operation of \(target.operation.station)")
        }
        guard try RefusedOperation.isWaiting(amended, db) else {
            return Refusal(
                code: "already-amended",
                message: "\(amended) holds already, or another operation took its place")
        }
        return nil
    }

    /// The amended operation may itself have amended one: what puts the last right settles all.
    func settle(_ ledger: Ledger, _ db: Database) throws {
        var next: OperationID? = amended
        while let id = next, try RefusedOperation.repair(id, by: operation.id, db) {
            next = try ledger.operation(id, in: db)?.operation.amends
        }
    }
}
