import FoundationEssentials
import GRDB
import Replication
public import Scans
import SyncProtocol

/// What the workflow remembers, in tables of its own: written by scans alone, and at a scan no
/// more than what the scan changed.
enum WorkflowRow {
    static let schema = """
        CREATE TABLE workflow_state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            mode TEXT NOT NULL,
            place TEXT,
            quantity INTEGER,
            opened INTEGER NOT NULL,        -- so many batches
            reads TEXT NOT NULL,            -- JSON, or empty
            batch TEXT,                     -- which is open; NULL: none, and no more columns
            batch_mode TEXT,
            batch_place TEXT,
            batch_wall INTEGER,             -- when it was opened
            batch_monotonic INTEGER,
            touched_wall INTEGER,           -- when it was used last
            touched_monotonic INTEGER
        ) STRICT;
        CREATE TABLE workflow_last_batch (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            batch TEXT NOT NULL             -- JSON, with its lines
        ) STRICT;
        """

    private static let select = """
        SELECT mode, place, quantity, opened, reads, batch, batch_mode, batch_place, batch_wall,
            batch_monotonic, touched_wall, touched_monotonic, context FROM workflow_state
        """
    private static let update = """
        INSERT INTO workflow_state VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET mode = excluded.mode, place = excluded.place,
            quantity = excluded.quantity, opened = excluded.opened, reads = excluded.reads,
            batch = excluded.batch, batch_mode = excluded.batch_mode,
            batch_place = excluded.batch_place, batch_wall = excluded.batch_wall,
            batch_monotonic = excluded.batch_monotonic, touched_wall = excluded.touched_wall,
            touched_monotonic = excluded.touched_monotonic, context = excluded.context
        """
    private static let updateLast = """
        INSERT INTO workflow_last_batch VALUES (1, ?)
        ON CONFLICT DO UPDATE SET batch = excluded.batch
        """

    /// nil before the first scan.
    static func fetch(_ db: Database) throws -> WorkflowState? {
        guard let row = try Row.fetchOne(db, sql: select) else { return nil }
        guard let mode = Mode(rawValue: row[0]) else { throw UnreadableWorkflow(what: "mode") }
        let (reads, context) = (row[4] as String, row[12] as String)
        return WorkflowState(
            mode: mode, place: (row[1] as String?).map { PlaceCode($0) }, quantity: row[2],
            opened: UInt64(bitPattern: row[3]), open: try open(row, db), last: try last(db),
            reads: reads.isEmpty ? [] : try decode([LastRead].self, reads, "reads"),
            context: context.isEmpty
                ? WorkflowContext() : try decode(WorkflowContext.self, context, "context"))
    }

    private static func open(_ row: Row, _ db: Database) throws -> WorkflowBatch? {
        guard let code = row[5] as String? else { return nil }
        guard let mode = (row[6] as String?).flatMap(Mode.init), let place = row[7] as String?,
            let opened = CaptureTime(row, at: 8), let touched = CaptureTime(row, at: 10),
            let batch = WorkflowBatch(
                code: BatchCode(code), mode: mode, place: PlaceCode(place), opened: opened,
                touched: touched, lines: try WorkflowLineRow.all(db))
        else { throw UnreadableWorkflow(what: "batch \(code)") }
        return batch
    }

    private static func last(_ db: Database) throws -> WorkflowBatch? {
        try String.fetchOne(db, sql: "SELECT batch FROM workflow_last_batch").map {
            try decode(WorkflowBatch.self, $0, "last batch")
        }
    }

    private static func decode<T: Decodable>(
        _ type: T.Type, _ text: String, _ what: String
    ) throws -> T {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw UnreadableWorkflow(what: "\(what): \(error)")
        }
    }

    static func save(_ state: WorkflowState, _ db: Database) throws {
        let open = state.open
        let reads = state.reads.isEmpty ? "" : try encoded(state.reads)
        let context = state.context == WorkflowContext() ? "" : try encoded(state.context)
        try db.cachedStatement(sql: update).execute(arguments: [
            state.mode.rawValue, state.place?.rawValue, state.quantity,
            Int64(bitPattern: state.opened), reads, open?.code.rawValue, open?.mode.rawValue,
            open?.place.rawValue, open?.opened.wallMicroseconds,
            open?.opened.monotonicMicroseconds, open?.touched.wallMicroseconds,
            open?.touched.monotonicMicroseconds, context,
        ])
    }

    static func saveLast(_ batch: WorkflowBatch, _ db: Database) throws {
        try db.cachedStatement(sql: updateLast).execute(arguments: [try encoded(batch)])
    }

    /// Has the lines of batches name their operations anew. What can't be read is left for the
    /// workflow to complain of.
    static func rename(_ names: Renaming, _ db: Database) throws {
        try WorkflowLineRow.rename(names, db)
        guard let batch = try? last(db) else { return }
        try saveLast(batch.renamed { names[$0] ?? $0 }, db)
    }

    private static func encoded(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}

/// What was kept of the workflow makes no sense; the operations are not concerned.
public struct UnreadableWorkflow: Error, CustomStringConvertible {
    let what: String
    public var description: String { "the workflow's state can't be read: \(what)" }
}

extension CaptureTime {
    fileprivate init?(_ row: Row, at index: Int) {
        guard let wall = row[index] as Int64?, let monotonic = row[index + 1] as Int64? else {
            return nil
        }
        self.init(wallMicroseconds: wall, monotonicMicroseconds: monotonic)
    }
}

extension StationTransaction {
    /// Keeps the workflow's state as it is now, but for the lines of its batches.
    public func saveWorkflow(_ state: WorkflowState) throws {
        try WorkflowRow.save(state, db)
    }

    /// Keeps the last batch, with its lines.
    public func saveLastBatch(_ batch: WorkflowBatch) throws {
        try WorkflowRow.saveLast(batch, db)
    }

    /// Has the kept lines of the open batch follow.
    public func keep(_ change: LineChange) throws {
        try WorkflowLineRow.keep(change, db)
    }

    /// Work starts anew, as on the first day.
    public func forgetWorkflow() throws {
        try db.execute(sql: "DELETE FROM workflow_state; DELETE FROM workflow_last_batch")
        try WorkflowLineRow.keep(.begin, db)
    }
}
