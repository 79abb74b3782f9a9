import FoundationEssentials
import GRDB
public import Replication

/// One thing that came in: a scan, or a command from a program. Kept as it came.
public struct IntakeRecord: Sendable, Equatable {
    static let schema = """
        CREATE TABLE intake (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            wall INTEGER NOT NULL,          -- microseconds since 1970, by a clock that may be wrong
            monotonic INTEGER NOT NULL,     -- microseconds, same for one boot only
            device TEXT NOT NULL,           -- empty: a command of a program, or time
            operator TEXT NOT NULL,
            payload BLOB NOT NULL,          -- as the device gave it, cut at a limit
            text TEXT NOT NULL,             -- safe to print
            aim TEXT NOT NULL,
            symbology TEXT NOT NULL,
            meaning TEXT NOT NULL,          -- item, place, serial, command, quiet-gap, or empty
            decision TEXT NOT NULL,         -- taken, repeat-ignored, refused
            signal TEXT NOT NULL,
            code TEXT NOT NULL,
            message TEXT NOT NULL,
            batch TEXT NOT NULL,
            incarnation INTEGER,            -- operations made of it
            first_operation INTEGER,
            operations INTEGER NOT NULL
        )
        """

    /// Empty unless the code is GS1's.
    static let elementsSchema = "ALTER TABLE intake ADD COLUMN elements TEXT NOT NULL DEFAULT ''"

    /// Empty unless an item's code was read.
    static let itemSchema = "ALTER TABLE intake ADD COLUMN item TEXT NOT NULL DEFAULT ''"

    /// In characters.
    public static let elementsLimit = 2048

    /// What is kept of a payload. No code that is understood is as long.
    public static let payloadLimitBytes = 16 * 1024

    /// Given by the store: grows by one with each record.
    public var sequence: Int64 = 0
    public var wallMicroseconds: Int64
    public var monotonicMicroseconds: Int64
    public var device: String
    public var `operator`: String
    public var payload: [UInt8]
    public var text: String
    public var aim: String
    public var symbology: String
    /// What a GS1 code says, `(01)04006381333931(10)L7`; empty for any other.
    public var elements = ""
    /// The item's code that was read, a GTIN in 14 digits; empty where none was.
    public var item = ""
    public var meaning: String
    /// `taken`, `repeat-ignored` or `refused`.
    public var decision: String
    public var signal: String
    public var code: String
    public var message: String
    public var batch: String
    public var operations: [OperationID]

    public init(
        wallMicroseconds: Int64, monotonicMicroseconds: Int64, device: String, payload: [UInt8],
        text: String, aim: String, symbology: String, meaning: String, decision: String,
        signal: String, code: String, message: String, batch: String, operations: [OperationID],
        operator: String = ""
    ) {
        self.wallMicroseconds = wallMicroseconds
        self.monotonicMicroseconds = monotonicMicroseconds
        self.device = device
        self.operator = `operator`
        self.payload = Array(payload.prefix(Self.payloadLimitBytes))
        self.text = text
        self.aim = aim
        self.symbology = symbology
        self.meaning = meaning
        self.decision = decision
        self.signal = signal
        self.code = code
        self.message = message
        self.batch = batch
        self.operations = operations
    }

    private static let columns = """
        wall, monotonic, device, payload, text, aim, symbology, meaning, decision, signal, code,
        message, batch, incarnation, first_operation, operations, operator, elements, item
        """

    // Put together once: it is looked up by its text at every scan.
    private static let insertion = """
        INSERT INTO intake (\(columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    init(_ row: Row) {
        self.init(
            wallMicroseconds: row[1], monotonicMicroseconds: row[2], device: row[3],
            payload: Array(row[4] as Data), text: row[5], aim: row[6], symbology: row[7],
            meaning: row[8],
            decision: row[9], signal: row[10], code: row[11], message: row[12], batch: row[13],
            operations: Self.operations(row), operator: row[17])
        sequence = row[0]
        elements = row[18]
        item = row[19]
    }

    private static func operations(_ row: Row) -> [OperationID] {
        guard let bits = row[14] as Int64?, let first = row[15] as Int64? else { return [] }
        let incarnation = Incarnation(rawValue: UInt64(bitPattern: bits))
        return (0..<(row[16] as Int64)).map {
            OperationID(incarnation: incarnation, sequence: UInt64(bitPattern: first + $0))
        }
    }

    func insert(_ db: Database) throws -> Int64 {
        let statement = try db.cachedStatement(sql: Self.insertion)
        try statement.execute(arguments: [
            wallMicroseconds, monotonicMicroseconds, device, payload.data, text, aim, symbology,
            meaning, decision, signal, code, message, batch,
            operations.first.map { Int64(bitPattern: $0.incarnation.rawValue) },
            operations.first.map { Int64(bitPattern: $0.sequence) }, operations.count, `operator`,
            elements, item,
        ])
        return db.lastInsertedRowID
    }

    static func fetch(after sequence: Int64, limit: Int, _ db: Database) throws -> [IntakeRecord] {
        let sql =
            "SELECT sequence, \(columns) FROM intake WHERE sequence > ? ORDER BY sequence LIMIT ?"
        return try Row.fetchAll(try db.cachedStatement(sql: sql), arguments: [sequence, limit])
            .map(IntakeRecord.init)
    }

    /// The operations of `incarnation` behind `first` have other names now.
    static func rename(
        _ incarnation: Incarnation, after first: UInt64, to heir: Incarnation, from start: UInt64,
        _ db: Database
    ) throws {
        let sql = """
            UPDATE intake SET incarnation = ?, first_operation = first_operation - ? + ?
            WHERE incarnation = ? AND first_operation > ?
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            Int64(bitPattern: heir.rawValue), Int64(bitPattern: first),
            Int64(bitPattern: start), Int64(bitPattern: incarnation.rawValue),
            Int64(bitPattern: first),
        ])
    }

    static func lastSequence(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM intake") ?? 0
    }
}

extension StationTransaction {
    /// Keeps what came in, with what became of it. Returns its sequence.
    @discardableResult
    public func record(_ record: IntakeRecord) throws -> Int64 {
        try record.insert(db)
    }
}
