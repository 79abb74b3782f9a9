import FoundationEssentials
import GRDB
import Replication

/// The lives of this station's database: what each made and what the hub has of it.
struct OwnIncarnation {
    static let schema = """
        CREATE TABLE own_incarnation (
            id INTEGER PRIMARY KEY,         -- order of birth
            incarnation INTEGER NOT NULL UNIQUE,
            parent INTEGER,
            parent_sequence INTEGER,
            last_sequence INTEGER NOT NULL,
            acknowledged INTEGER NOT NULL,  -- the hub holds everything up to here
            chain BLOB NOT NULL             -- after last_sequence
        )
        """

    static let waitingSchema = """
        CREATE INDEX own_incarnation_waiting ON own_incarnation (id)
            WHERE acknowledged < last_sequence
        """
    /// The last operation on which this database and the hub agree, where they part; NULL: they
    /// don't.
    static let forkSchema = "ALTER TABLE own_incarnation ADD COLUMN agreed INTEGER"

    var incarnation: Incarnation
    var link: IncarnationLink?
    var lastSequence: UInt64
    var acknowledged: UInt64
    var chain: [UInt8]

    private static let columns =
        "incarnation, parent, parent_sequence, last_sequence, acknowledged, chain"

    private static let selection =
        "SELECT \(columns) FROM own_incarnation WHERE incarnation = ?"

    private init(_ row: Row) {
        incarnation = Incarnation(rawValue: UInt64(bitPattern: row[0]))
        if let parent = row[1] as Int64? {
            link = IncarnationLink(
                parent: Incarnation(rawValue: UInt64(bitPattern: parent)),
                sequence: UInt64(bitPattern: row[2]))
        }
        lastSequence = UInt64(bitPattern: row[3])
        acknowledged = UInt64(bitPattern: row[4])
        chain = Array(row[5] as Data)
    }

    init(newborn incarnation: Incarnation, link: IncarnationLink?, chain: [UInt8]) {
        self.incarnation = incarnation
        self.link = link
        self.lastSequence = 0
        self.acknowledged = 0
        self.chain = chain
    }

    /// The id that the next operation will get.
    var next: OperationID {
        OperationID(incarnation: incarnation, sequence: lastSequence + 1)
    }

    static func youngest(_ db: Database) throws -> OwnIncarnation? {
        let sql = "SELECT \(columns) FROM own_incarnation ORDER BY id DESC LIMIT 1"
        return try Row.fetchOne(try db.cachedStatement(sql: sql)).map(OwnIncarnation.init)
    }

    static func one(_ incarnation: Incarnation, _ db: Database) throws -> OwnIncarnation? {
        let arguments: StatementArguments = [Int64(bitPattern: incarnation.rawValue)]
        return try Row.fetchOne(try db.cachedStatement(sql: selection), arguments: arguments)
            .map(OwnIncarnation.init)
    }

    /// Parents before children, which is the order in which the hub must hear of them.
    static func all(_ db: Database) throws -> [OwnIncarnation] {
        let sql = "SELECT \(columns) FROM own_incarnation ORDER BY id"
        return try Row.fetchAll(try db.cachedStatement(sql: sql)).map(OwnIncarnation.init)
    }

    static func unsent(limit: Int, _ db: Database) throws -> [OwnIncarnation] {
        let sql = """
            SELECT \(columns) FROM own_incarnation WHERE acknowledged < last_sequence
            ORDER BY id LIMIT ?
            """
        return try Row.fetchAll(try db.cachedStatement(sql: sql), arguments: [limit])
            .map(OwnIncarnation.init)
    }

    /// How many operations wait, over all lives.
    static func waiting(_ db: Database) throws -> UInt64 {
        let sql = """
            SELECT sum(last_sequence - acknowledged) FROM own_incarnation
            WHERE acknowledged < last_sequence
            """
        return UInt64(try Int64.fetchOne(try db.cachedStatement(sql: sql)) ?? 0)
    }

    /// The next younger life of which something waits.
    static func nextUnsent(
        after incarnation: Incarnation, _ db: Database
    ) throws -> OwnIncarnation? {
        let sql = """
            SELECT \(columns) FROM own_incarnation WHERE acknowledged < last_sequence
                AND id > (SELECT id FROM own_incarnation WHERE incarnation = ?)
            ORDER BY id LIMIT 1
            """
        return try Row.fetchOne(
            try db.cachedStatement(sql: sql),
            arguments: [Int64(bitPattern: incarnation.rawValue)]
        ).map(OwnIncarnation.init)
    }

    func insert(_ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO own_incarnation (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            Int64(bitPattern: incarnation.rawValue),
            link.map { Int64(bitPattern: $0.parent.rawValue) },
            link.map { Int64(bitPattern: $0.sequence) },
            Int64(bitPattern: lastSequence), Int64(bitPattern: acknowledged), chain.data,
        ])
    }

    func saveLast(_ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE own_incarnation SET last_sequence = ?, chain = ? WHERE incarnation = ?")
        try statement.execute(arguments: [
            Int64(bitPattern: lastSequence), chain.data, Int64(bitPattern: incarnation.rawValue),
        ])
    }

    /// Never goes back: an answer that comes late says less than one that came before. A hub may
    /// hold more than this database does, which then was restored from an older copy.
    static func acknowledge(
        _ incarnation: Incarnation, upTo sequence: UInt64, _ db: Database
    ) throws {
        let sql = """
            UPDATE own_incarnation SET acknowledged = min(?1, last_sequence)
            WHERE incarnation = ?2 AND acknowledged < min(?1, last_sequence)
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            Int64(clamping: sequence), Int64(bitPattern: incarnation.rawValue),
        ])
    }

    static func rewind(_ incarnation: Incarnation, to sequence: UInt64, _ db: Database) throws {
        let sql = """
            UPDATE own_incarnation SET acknowledged = ?1
            WHERE incarnation = ?2 AND acknowledged > ?1
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            Int64(clamping: sequence), Int64(bitPattern: incarnation.rawValue),
        ])
    }
}
