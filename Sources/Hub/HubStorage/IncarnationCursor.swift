import Foundation
import GRDB
import Replication

/// How far the hub has come with one incarnation: the only checkpoint there is.
struct IncarnationCursor: Sendable, Equatable {
    var incarnation: Incarnation
    var station: StationCode
    var link: IncarnationLink?
    var sequence: UInt64
    /// After the operation of `sequence`.
    var chain: [UInt8]
    /// Of the operation of `sequence`.
    var rank: Int64

    static let schema = """
        CREATE TABLE hub_cursor (
            incarnation INTEGER PRIMARY KEY, station TEXT NOT NULL, parent INTEGER,
            parent_sequence INTEGER, sequence INTEGER NOT NULL, chain BLOB NOT NULL,
            rank INTEGER NOT NULL
        );
        CREATE INDEX hub_cursor_parent ON hub_cursor (parent) WHERE parent IS NOT NULL;
        """

    init(
        incarnation: Incarnation, station: StationCode, link: IncarnationLink?,
        sequence: UInt64, chain: [UInt8], rank: Int64
    ) {
        self.incarnation = incarnation
        self.station = station
        self.link = link
        self.sequence = sequence
        self.chain = chain
        self.rank = rank
    }

    private init(row: Row) {
        incarnation = Incarnation(rawValue: UInt64(bitPattern: row["incarnation"] as Int64))
        station = StationCode(row["station"] as String)
        link = (row["parent"] as Int64?).map {
            IncarnationLink(
                parent: Incarnation(rawValue: UInt64(bitPattern: $0)),
                sequence: UInt64(bitPattern: row["parent_sequence"] as Int64))
        }
        sequence = UInt64(bitPattern: row["sequence"] as Int64)
        chain = Array(row["chain"] as Data)
        rank = row["rank"]
    }
}

extension IncarnationCursor {
    static func one(_ incarnation: Incarnation, _ db: Database) throws -> IncarnationCursor? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM hub_cursor WHERE incarnation = ?"),
            arguments: [Int64(bitPattern: incarnation.rawValue)]
        ).map(IncarnationCursor.init(row:))
    }

    func save(_ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO hub_cursor VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (incarnation) DO UPDATE SET
                    sequence = excluded.sequence, chain = excluded.chain, rank = excluded.rank
                """
        ).execute(arguments: [
            Int64(bitPattern: incarnation.rawValue), station.rawValue,
            link.map { Int64(bitPattern: $0.parent.rawValue) },
            link.map { Int64(bitPattern: $0.sequence) },
            Int64(bitPattern: sequence), Data(chain), rank,
        ])
    }

    /// An incarnation that grew out of this one before `sequence` and has spoken already.
    ///
    /// The database that made `sequence` was thought to be left: two copies are alive.
    func childLeftBefore(_ sequence: UInt64, _ db: Database) throws -> Incarnation? {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: "SELECT incarnation FROM hub_cursor WHERE parent = ? AND parent_sequence < ?"),
            arguments: [Int64(bitPattern: incarnation.rawValue), Int64(bitPattern: sequence)]
        ).map { Incarnation(rawValue: UInt64(bitPattern: $0)) }
    }
}
