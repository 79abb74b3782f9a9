import GRDB

/// A batch as this station sees it.
public struct BatchRecord: Sendable, Equatable {
    static let schema = """
        CREATE TABLE batch (
            code TEXT PRIMARY KEY,
            mode TEXT NOT NULL,
            place TEXT NOT NULL,
            opened INTEGER NOT NULL,        -- microseconds since 1970
            closed INTEGER,
            lines INTEGER NOT NULL,
            pieces INTEGER NOT NULL,
            totals TEXT NOT NULL            -- JSON object, item to pieces
        );
        CREATE INDEX batch_opened ON batch (opened);
        """

    public var code: String
    public var mode: String
    public var place: String
    public var openedMicroseconds: Int64
    public var closedMicroseconds: Int64?
    public var lines: Int
    public var pieces: Int64
    /// JSON object: item to pieces.
    public var totals: String

    public init(
        code: String, mode: String, place: String, openedMicroseconds: Int64,
        closedMicroseconds: Int64?, lines: Int, pieces: Int64, totals: String
    ) {
        self.code = code
        self.mode = mode
        self.place = place
        self.openedMicroseconds = openedMicroseconds
        self.closedMicroseconds = closedMicroseconds
        self.lines = lines
        self.pieces = pieces
        self.totals = totals
    }

    private init(_ row: Row) {
        self.init(
            code: row[0], mode: row[1], place: row[2], openedMicroseconds: row[3],
            closedMicroseconds: row[4], lines: row[5], pieces: row[6], totals: row[7])
    }

    func save(_ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        try statement.execute(arguments: [
            code, mode, place, openedMicroseconds, closedMicroseconds, lines, pieces, totals,
        ])
    }

    static func fetch(limit: Int, _ db: Database) throws -> [BatchRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM batch ORDER BY opened DESC LIMIT ?", arguments: [limit]
        ).map(BatchRecord.init)
    }

    static func one(_ code: String, _ db: Database) throws -> BatchRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM batch WHERE code = ?", arguments: [code])
            .map(BatchRecord.init)
    }
}

extension StationTransaction {
    /// Adds a batch or brings it up to date.
    public func save(_ batch: BatchRecord) throws {
        try batch.save(db)
    }
}
