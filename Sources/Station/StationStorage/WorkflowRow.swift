import GRDB

/// What the workflow remembers. A table of its own: it is long, and written by scans alone.
enum WorkflowRow {
    static let schema = """
        CREATE TABLE workflow_state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            state TEXT NOT NULL             -- JSON
        )
        """

    /// Empty before the first scan.
    static func fetch(_ db: Database) throws -> String {
        try String.fetchOne(db, sql: "SELECT state FROM workflow_state") ?? ""
    }

    static func save(_ state: String, _ db: Database) throws {
        let sql = """
            INSERT INTO workflow_state VALUES (1, ?)
            ON CONFLICT DO UPDATE SET state = excluded.state
            """
        try db.cachedStatement(sql: sql).execute(arguments: [state])
    }
}

extension StationTransaction {
    /// Keeps the workflow's state as it is now.
    public func saveWorkflow(_ state: String) throws {
        try WorkflowRow.save(state, db)
    }
}
