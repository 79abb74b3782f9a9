public import Dialogues
import FoundationEssentials
import GRDB
import Replication

/// An assignment that was given to this station, and how far it has come.
public struct AssignmentRecord: Sendable, Equatable {
    static let schema = """
        CREATE TABLE assignment (
            number INTEGER PRIMARY KEY,     -- in the order in which they were given
            code TEXT NOT NULL UNIQUE,
            stage TEXT NOT NULL,            -- open, active, closed
            content TEXT NOT NULL,          -- JSON
            progress TEXT NOT NULL,         -- JSON
            worker TEXT NOT NULL,           -- who works on it
            given INTEGER NOT NULL,         -- microseconds since 1970
            closed INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX assignment_active ON assignment (stage) WHERE stage = 'active';
        CREATE TABLE speech_manner (
            operator TEXT PRIMARY KEY,
            manner TEXT NOT NULL            -- JSON
        ) STRICT;
        """

    public enum Stage: String, Sendable, Equatable {
        /// Waits, perhaps begun already.
        case open
        /// Is worked on now: one at the most.
        case active
        case closed
    }

    /// How many that are closed are kept.
    public static let closedLimit = 500
    /// How many may wait.
    public static let openLimit = 1000

    public let number: Int64
    public var assignment: Assignment
    public var stage: Stage
    public var state: DialogueState
    public var `operator`: String
    public var givenMicroseconds: Int64
    public var closedMicroseconds: Int64?

    private static let columns = "number, stage, content, progress, worker, given, closed"

    private init(_ row: Row) throws {
        number = row[0]
        let content = (row[2] as String, row[3] as String)
        guard let stage = Stage(rawValue: row[1]),
            // What can't be read is damaged, however it is.
            let assignment = try? JSONDecoder().decode(
                Assignment.self, from: Data(content.0.utf8)),
            let state = try? JSONDecoder().decode(DialogueState.self, from: Data(content.1.utf8))
        else { throw StoreError.damaged("assignment \(number)") }
        self.assignment = assignment
        self.stage = stage
        self.state = state
        self.operator = row[4]
        givenMicroseconds = row[5]
        closedMicroseconds = row[6]
    }

    static func active(_ db: Database) throws -> AssignmentRecord? {
        let sql = "SELECT \(columns) FROM assignment WHERE stage = 'active'"
        return try Row.fetchOne(try db.cachedStatement(sql: sql)).map(AssignmentRecord.init)
    }

    static func one(_ code: String, _ db: Database) throws -> AssignmentRecord? {
        let sql = "SELECT \(columns) FROM assignment WHERE code = ?"
        return try Row.fetchOne(db, sql: sql, arguments: [code]).map(AssignmentRecord.init)
    }

    /// Those that are worked on or wait, in their order; then the closed ones, the latest first.
    static func all(limit: Int, _ db: Database) throws -> [AssignmentRecord] {
        let sql = """
            SELECT \(columns) FROM assignment ORDER BY stage = 'closed', stage = 'open',
                CASE WHEN stage = 'closed' THEN -closed ELSE number END LIMIT ?
            """
        return try Row.fetchAll(db, sql: sql, arguments: [limit]).map(AssignmentRecord.init)
    }

    static func insert(_ assignment: Assignment, at wall: Int64, _ db: Database) throws -> Int64 {
        let sql = """
            INSERT INTO assignment (code, stage, content, progress, worker, given)
            VALUES (?, 'open', ?, ?, '', ?)
            """
        try db.execute(
            sql: sql,
            arguments: [
                assignment.code, try text(assignment), try text(DialogueState()), wall,
            ])
        let number = db.lastInsertedRowID
        try db.execute(
            sql: """
                DELETE FROM assignment WHERE stage = 'closed' AND number NOT IN (
                    SELECT number FROM assignment WHERE stage = 'closed'
                    ORDER BY closed DESC LIMIT ?)
                """, arguments: [closedLimit])
        return number
    }

    func save(_ db: Database) throws {
        let sql = """
            UPDATE assignment SET stage = ?, progress = ?, worker = ?, closed = ? WHERE number = ?
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            stage.rawValue, try Self.text(state), self.operator, closedMicroseconds, number,
        ])
    }

    /// Has what was finished name its operations anew.
    static func rename(_ name: (OperationID) -> OperationID, _ db: Database) throws {
        for number in try Int64.fetchAll(db, sql: "SELECT number FROM assignment") {
            let sql = "SELECT \(columns) FROM assignment WHERE number = ?"
            let row = try Row.fetchOne(db, sql: sql, arguments: [number])
            // What can't be read is complained of when somebody works on it.
            guard var record = try? row.map(AssignmentRecord.init) else { continue }
            record.state = record.state.renamed(name)
            try record.save(db)
        }
    }

    private static func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    fileprivate static func manner(of operator: String, _ db: Database) throws -> SpeechManner? {
        let sql = "SELECT manner FROM speech_manner WHERE operator = ?"
        let text = try String.fetchOne(db, sql: sql, arguments: [`operator`])
        // Whoever's can't be read is spoken to as everybody is at first.
        return text.flatMap { try? JSONDecoder().decode(SpeechManner.self, from: Data($0.utf8)) }
    }

    fileprivate static func save(
        _ manner: SpeechManner, of operator: String, _ db: Database
    ) throws {
        let sql = """
            INSERT INTO speech_manner VALUES (?, ?)
            ON CONFLICT DO UPDATE SET manner = excluded.manner
            """
        try db.execute(sql: sql, arguments: [`operator`, try text(manner)])
    }
}

extension StationReader {
    /// The assignment that is worked on.
    public func activeAssignment() throws -> AssignmentRecord? { try AssignmentRecord.active(db) }

    public func assignment(_ code: String) throws -> AssignmentRecord? {
        try AssignmentRecord.one(code, db)
    }

    public func assignments(limit: Int) throws -> [AssignmentRecord] {
        try AssignmentRecord.all(limit: limit, db)
    }

    /// How this operator wants to be spoken to; nil: never said.
    public func speechManner(of operator: String) throws -> SpeechManner? {
        try AssignmentRecord.manner(of: `operator`, db)
    }
}

extension StationTransaction {
    public func assignment(_ code: String) throws -> AssignmentRecord? {
        try AssignmentRecord.one(code, db)
    }

    public func activeAssignment() throws -> AssignmentRecord? { try AssignmentRecord.active(db) }

    /// How many wait or are worked on.
    public func openAssignments() throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM assignment WHERE stage <> 'closed'") ?? 0
    }

    /// Its code must be new.
    public func give(_ assignment: Assignment, wallMicroseconds: Int64) throws {
        _ = try AssignmentRecord.insert(assignment, at: wallMicroseconds, db)
    }

    public func save(_ record: AssignmentRecord) throws { try record.save(db) }

    public func speechManner(of operator: String) throws -> SpeechManner? {
        try AssignmentRecord.manner(of: `operator`, db)
    }

    public func save(_ manner: SpeechManner, of operator: String) throws {
        try AssignmentRecord.save(manner, of: `operator`, db)
    }
}
