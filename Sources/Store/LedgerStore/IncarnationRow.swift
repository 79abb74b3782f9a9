import GRDB
import Replication

/// One life of one station's database, and what it grew from.
struct IncarnationRow {
    static let schema = """
        CREATE TABLE incarnation (
            id INTEGER PRIMARY KEY,     -- its 64 bits, taken as signed
            station TEXT NOT NULL,
            parent INTEGER,
            parent_sequence INTEGER,
            depth INTEGER               -- links up to the first life; NULL when one is unknown
        ) STRICT;
        """

    var station: StationCode
    var link: IncarnationLink?
    var depth: Int64?

    init(station: StationCode, link: IncarnationLink?, depth: Int64?) {
        self.station = station
        self.link = link
        self.depth = depth
    }

    private init(_ row: Row) {
        station = StationCode(row[0] as String)
        if let parent = row[1] as Int64?, let sequence = row[2] as Int64? {
            link = IncarnationLink(
                parent: Incarnation(rawValue: UInt64(bitPattern: parent)),
                sequence: UInt64(bitPattern: sequence))
        }
        depth = row[3]
    }

    static func one(_ id: Incarnation, _ db: Database) throws -> IncarnationRow? {
        let sql = "SELECT station, parent, parent_sequence, depth FROM incarnation WHERE id = ?"
        return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id.bits])
            .map { IncarnationRow($0) }
    }

    static func all(
        of station: StationCode, from first: Incarnation?, _ db: Database
    ) throws -> [Incarnation] {
        let sql = "SELECT id FROM incarnation WHERE station = ? AND id >= ? ORDER BY id"
        return try Int64.fetchAll(
            db.cachedStatement(sql: sql),
            arguments: [station.rawValue, first?.bits ?? Int64.min]
        ).map { Incarnation(rawValue: UInt64(bitPattern: $0)) }
    }

    func insert(_ id: Incarnation, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO incarnation VALUES (?, ?, ?, ?, ?)").execute(
            arguments: [
                id.bits, station.rawValue, link?.parent.bits,
                (link?.sequence).map { Int64(bitPattern: $0) }, depth,
            ])
    }
}

extension Incarnation {
    /// As SQLite stores it.
    var bits: Int64 { Int64(bitPattern: rawValue) }
}

extension OperationID {
    var sequenceBits: Int64 { Int64(bitPattern: sequence) }
}
