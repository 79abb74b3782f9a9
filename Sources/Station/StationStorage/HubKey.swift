import FoundationEssentials
import GRDB

/// The key that the hub signs its answers to bundles with, as it told us over the network.
enum HubKey {
    static let schema = """
        CREATE TABLE hub_key (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            hub_url TEXT NOT NULL,
            public_key BLOB NOT NULL
        ) STRICT;
        """
}

extension StationReader {
    /// Ed25519, 32 bytes; nil: this hub has not told its key yet.
    public func hubKey() throws -> [UInt8]? {
        let sql = """
            SELECT public_key FROM hub_key JOIN station_state USING (hub_url)
            """
        return try Data.fetchOne(db, sql: sql).map { Array($0) }
    }
}

extension StationTransaction {
    /// Notes the key of the hub that the station belongs to. An empty one says nothing.
    public func noteHubKey(_ key: [UInt8]) throws {
        guard !key.isEmpty else { return }
        let sql = """
            INSERT INTO hub_key VALUES (1, ?, ?) ON CONFLICT DO UPDATE
                SET hub_url = excluded.hub_url, public_key = excluded.public_key
            """
        try db.execute(sql: sql, arguments: [state.hubURL, key.data])
    }
}
