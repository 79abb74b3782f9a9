import FoundationEssentials
import GRDB
public import Replication
public import Scans

/// A batch as this station sees it.
public struct BatchRecord: Sendable, Equatable {
    static let schema = """
        CREATE TABLE batch (
            code TEXT PRIMARY KEY,
            mode TEXT NOT NULL,
            place TEXT NOT NULL,
            destination TEXT,
            stage TEXT NOT NULL,            -- open, closed, cancelled
            opened INTEGER NOT NULL,        -- microseconds since 1970
            closed INTEGER,
            lines INTEGER NOT NULL,
            pieces INTEGER NOT NULL,
            totals BLOB                     -- JSON; NULL while it is open
        );
        CREATE INDEX batch_opened ON batch (opened);
        """

    public var code: BatchCode
    public var mode: Mode
    /// Where; in move mode where from.
    public var place: PlaceCode
    /// Where the goods went; set when a move batch has closed.
    public var destination: PlaceCode?
    public var stage: BatchSummary.Stage
    public var openedMicroseconds: Int64
    public var closedMicroseconds: Int64?
    public var lines: Int
    public var pieces: Int64
    /// Empty while the batch is open: it would be written at every scan, and until the batch
    /// closes the workflow knows.
    public var totals: [BatchTotal]
    /// The expected list that it was begun for; empty: none.
    public var list = ""

    /// `wallMicroseconds` is the time of what happened to it last.
    public init(_ summary: BatchSummary, wallMicroseconds: Int64, list: String = "") {
        self.list = list
        code = summary.code
        mode = summary.mode
        place = summary.place
        destination = summary.destination
        stage = summary.stage
        openedMicroseconds = summary.opened.wallMicroseconds
        closedMicroseconds = summary.stage == .open ? nil : wallMicroseconds
        lines = summary.lines
        pieces = summary.pieces
        totals = summary.stage == .open ? [] : summary.totals
    }

    private static let columns = """
        code, mode, place, destination, stage, opened, closed, lines, pieces, totals, list
        """

    private static let upsert = """
        INSERT INTO batch (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET place = excluded.place,
            destination = excluded.destination, stage = excluded.stage,
            closed = coalesce(closed, excluded.closed), lines = excluded.lines,
            pieces = excluded.pieces, totals = excluded.totals
        """

    private init(_ row: Row) throws {
        guard let mode = Mode(rawValue: row[1]), let stage = BatchSummary.Stage(rawValue: row[4])
        else { throw StoreError.damaged("batch \(row[0] as String): mode or stage") }
        code = BatchCode(row[0] as String)
        self.mode = mode
        place = PlaceCode(row[2] as String)
        destination = (row[3] as String?).map { PlaceCode($0) }
        self.stage = stage
        openedMicroseconds = row[5]
        closedMicroseconds = row[6]
        lines = row[7]
        pieces = row[8]
        totals =
            try (row[9] as Data?).map {
                try JSONDecoder().decode([BatchTotal].self, from: $0)
            } ?? []
        list = row[10]
    }

    /// A batch closes once: what is taken back later does not move that moment. Nor does it change
    /// its list.
    func save(_ db: Database) throws {
        let statement = try db.cachedStatement(sql: Self.upsert)
        try statement.execute(arguments: [
            code.rawValue, mode.rawValue, place.rawValue, destination?.rawValue, stage.rawValue,
            openedMicroseconds, closedMicroseconds, lines, pieces,
            stage == .open ? nil : try JSONEncoder().encode(totals), list,
        ])
    }

    static func fetch(limit: Int, _ db: Database) throws -> [BatchRecord] {
        let sql = "SELECT \(columns) FROM batch ORDER BY opened DESC, rowid DESC LIMIT ?"
        return try Row.fetchAll(db, sql: sql, arguments: [limit]).map(BatchRecord.init)
    }

    static func fetch(list: String, _ db: Database) throws -> [BatchRecord] {
        let sql = """
            SELECT \(columns) FROM batch WHERE list = ? AND list <> '' AND stage <> 'cancelled'
            ORDER BY opened, rowid
            """
        return try Row.fetchAll(db, sql: sql, arguments: [list]).map(BatchRecord.init)
    }

    static func one(_ code: BatchCode, _ db: Database) throws -> BatchRecord? {
        let sql = "SELECT \(columns) FROM batch WHERE code = ?"
        return try Row.fetchOne(db, sql: sql, arguments: [code.rawValue]).map(BatchRecord.init)
    }
}

extension StationTransaction {
    /// Adds a batch or brings it up to date.
    public func save(_ batch: BatchRecord) throws {
        try batch.save(db)
    }
}
