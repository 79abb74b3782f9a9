import Foundation
import GRDB
import Replication
import SyncProtocol

/// The operations of forked incarnations that were made anew: each has its effect once.
enum OriginRow {
    static let schema = """
        CREATE TABLE hub_origin (
            incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL, chain BLOB NOT NULL,
            PRIMARY KEY (incarnation, sequence, chain)
        ) WITHOUT ROWID;
        """

    static func insert(_ origin: OperationOrigin, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO hub_origin VALUES (?, ?, ?)")
            .execute(arguments: arguments(origin))
    }

    static func exists(_ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM hub_origin)")) ?? false
    }

    static func isMadeAnew(_ origin: OperationOrigin, _ db: Database) throws -> Bool {
        let sql = """
            SELECT EXISTS (SELECT 1 FROM hub_origin
                WHERE incarnation = ? AND sequence = ? AND chain = ?)
            """
        return try Bool.fetchOne(db.cachedStatement(sql: sql), arguments: arguments(origin))
            ?? false
    }

    private static func arguments(_ origin: OperationOrigin) -> StatementArguments {
        [
            Int64(bitPattern: origin.id.incarnation.rawValue),
            Int64(bitPattern: origin.id.sequence), Data(origin.chain),
        ]
    }
}

extension Refusal {
    static func alreadyMade(_ origin: OperationOrigin) -> Refusal {
        Refusal(code: alreadyMade, message: "\(origin.id) is in force under another name")
    }

    static func targetAlreadyMade(_ target: OperationID) -> Refusal {
        Refusal(
            code: "target-already-made",
            message: "it speaks of \(target), which is in force under another name")
    }
}
