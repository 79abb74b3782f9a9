import GRDB

/// The one row that says how far the catalogue goes.
struct CatalogueState {
    static let schema = """
        CREATE TABLE catalogue_state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            position INTEGER NOT NULL,      -- of the last change here
            epoch INTEGER NOT NULL,         -- grows when a station begins anew
            source TEXT NOT NULL,           -- at a station: whose catalogue this is
            compared INTEGER NOT NULL,      -- at a station: when it was last seen whole; 0: never
            cleaned INTEGER NOT NULL        -- rows of epochs before this one are gone
        ) STRICT;
        INSERT INTO catalogue_state VALUES (1, 0, 0, '', 0, 0);
        """

    var position: Int64
    var epoch: Int64
    var source: String
    var comparedMicroseconds: Int64
    var cleaned: Int64

    static func fetch(_ db: Database) throws -> CatalogueState {
        let sql = "SELECT position, epoch, source, compared, cleaned FROM catalogue_state"
        guard let row = try Row.fetchOne(db.cachedStatement(sql: sql)) else {
            return CatalogueState(
                position: 0, epoch: 0, source: "", comparedMicroseconds: 0, cleaned: 0)
        }
        return CatalogueState(
            position: row[0], epoch: row[1], source: row[2], comparedMicroseconds: row[3],
            cleaned: row[4])
    }

    func save(_ db: Database) throws {
        let sql = """
            UPDATE catalogue_state
            SET position = ?, epoch = ?, source = ?, compared = ?, cleaned = ?
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            position, epoch, source, comparedMicroseconds, cleaned,
        ])
    }
}
