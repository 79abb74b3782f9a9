import GRDB
import Replication

/// The one row that says where this station stands.
struct StationStateRow: Equatable {
    static let schema = """
        CREATE TABLE station_state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            station TEXT NOT NULL,          -- given by the hub; 'unenrolled' before
            tenant TEXT NOT NULL,
            hub_url TEXT NOT NULL,
            generation TEXT NOT NULL,       -- of the hub's database
            feed_position INTEGER NOT NULL, -- applied up to here
            maximum_rank INTEGER NOT NULL,  -- greatest seen or given
            last_clock INTEGER NOT NULL,    -- hybrid time of the last operation
            hub_offset INTEGER NOT NULL,    -- hub's clock less ours, microseconds
            last_acknowledged INTEGER NOT NULL -- wall time of the hub's last answer, 0: never
        );
        INSERT INTO station_state VALUES (1, 'unenrolled', '', '', '', 0, 0, 0, 0, 0);
        """

    static let pinSchema = "ALTER TABLE station_state ADD COLUMN hub_pin TEXT"

    static let auditSchema =
        "ALTER TABLE station_state ADD COLUMN last_audit INTEGER NOT NULL DEFAULT 0"

    var station: StationCode
    var tenant: String
    var hubURL: String
    /// Of the hub's key.
    var hubPin: String?
    var generation: String
    var feedPosition: FeedPosition
    var maximumRank: Int64
    var lastClock: HybridTime
    var hubOffsetMicroseconds: Int64
    var lastAcknowledgedMicroseconds: Int64
    /// Wall time of the last comparison with the hub; 0: never.
    var lastAudit: Int64

    static func fetch(_ db: Database) throws -> StationStateRow {
        let statement = try db.cachedStatement(
            sql: """
                SELECT station, tenant, hub_url, generation, feed_position, maximum_rank,
                    last_clock, hub_offset, last_acknowledged, hub_pin,
                    last_audit FROM station_state
                """)
        guard let row = try Row.fetchOne(statement) else {
            throw StoreError.damaged("station_state has no row")
        }
        return StationStateRow(
            station: StationCode(row[0]), tenant: row[1], hubURL: row[2], hubPin: row[9],
            generation: row[3],
            feedPosition: FeedPosition(bitPattern: row[4]), maximumRank: row[5],
            lastClock: HybridTime(rawValue: row[6]), hubOffsetMicroseconds: row[7],
            lastAcknowledgedMicroseconds: row[8], lastAudit: row[10])
    }

    func save(_ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE station_state SET station = ?, tenant = ?, hub_url = ?, generation = ?,
                    feed_position = ?, maximum_rank = ?, last_clock = ?, hub_offset = ?,
                    last_acknowledged = ?, hub_pin = ?, last_audit = ?
                """)
        try statement.execute(arguments: [
            station.rawValue, tenant, hubURL, generation, Int64(bitPattern: feedPosition),
            maximumRank, lastClock.rawValue, hubOffsetMicroseconds, lastAcknowledgedMicroseconds,
            hubPin, lastAudit,
        ])
    }
}
