import GRDB
public import Replication

/// How much came in, hour by hour and station by station: kept as it comes, so that no page has to
/// count the log.
public struct IntakeTally: Sendable, Equatable {
    /// From 1970 on.
    public var hour: Int64
    public var taken: Int

    static let hourMicroseconds: Int64 = 3_600_000_000
    /// A year and a bit.
    private static let hoursKept: Int64 = 400 * 24

    static let schema = """
        CREATE TABLE hub_tally (hour INTEGER PRIMARY KEY, taken INTEGER NOT NULL) STRICT;
        CREATE TABLE hub_acknowledged (
            station TEXT PRIMARY KEY, time INTEGER NOT NULL, taken INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    static func note(
        _ answer: IntakeAnswer, of station: StationCode, now: Int64, _ db: Database
    ) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO hub_acknowledged VALUES (?, ?, ?)
                ON CONFLICT (station) DO UPDATE SET
                    time = excluded.time, taken = taken + excluded.taken
                """
        ).execute(arguments: [station.rawValue, now, answer.taken])
        guard answer.taken > 0 else { return }
        let hour = now / hourMicroseconds
        try db.cachedStatement(
            sql: """
                INSERT INTO hub_tally VALUES (?, ?)
                ON CONFLICT (hour) DO UPDATE SET taken = taken + excluded.taken
                """
        ).execute(arguments: [hour, answer.taken])
        try db.cachedStatement(sql: "DELETE FROM hub_tally WHERE hour < ?")
            .execute(arguments: [hour - hoursKept])
    }
}

/// What the hub has told a station that it holds.
public struct StationAcknowledgement: Sendable, Equatable {
    /// When the station last sent operations and heard that they are safe.
    public var time: HybridTime
    /// Operations since the hub counts them.
    public var taken: Int
}

extension TenantStore {
    /// What came in during the last hours; hours in which nothing came are left out.
    public func tally(hours: Int, now: Int64) async throws -> [IntakeTally] {
        let hour = now / IntakeTally.hourMicroseconds
        return try await read { _, db in
            try Row.fetchAll(
                db, sql: "SELECT hour, taken FROM hub_tally WHERE hour > ? ORDER BY hour",
                arguments: [hour - Int64(hours)]
            ).map { IntakeTally(hour: $0["hour"], taken: $0["taken"]) }
        }
    }

    public func acknowledgements() async throws -> [StationCode: StationAcknowledgement] {
        try await read { _, db in
            let rows = try Row.fetchAll(db, sql: "SELECT * FROM hub_acknowledged")
            return Dictionary(
                uniqueKeysWithValues: rows.map { row in
                    (
                        StationCode(row["station"] as String),
                        StationAcknowledgement(
                            time: HybridTime(rawValue: row["time"]), taken: row["taken"])
                    )
                })
        }
    }
}
