import GRDB
public import Replication

/// Something about a station that a person should look at. Nothing is refused for it.
public struct StationAlarm: Sendable, Equatable {
    public enum Kind: String, Sendable {
        /// A copy of its database that was thought to be left has spoken again.
        case cloned
        /// Its hardware is not the one that it had before.
        case fingerprintChanged = "fingerprint-changed"
    }

    public var station: StationCode
    public var kind: Kind
    public var detail: String
    public var since: HybridTime

    public init(station: StationCode, kind: Kind, detail: String, since: HybridTime) {
        self.station = station
        self.kind = kind
        self.detail = detail
        self.since = since
    }

    static func fork(of station: StationCode, _ error: HubError, now: Int64) -> StationAlarm {
        StationAlarm(
            station: station, kind: .cloned, detail: "\(error)", since: HybridTime(rawValue: now))
    }

    static let schema = """
        CREATE TABLE hub_alarm (
            station TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL,
            since INTEGER NOT NULL, PRIMARY KEY (station, kind)
        ) WITHOUT ROWID;
        """

    /// The first alarm of a kind stays: it says since when.
    func insert(_ db: Database) throws {
        try db.execute(
            sql: "INSERT OR IGNORE INTO hub_alarm VALUES (?, ?, ?, ?)",
            arguments: [station.rawValue, kind.rawValue, detail, since.rawValue])
    }

    static func all(_ db: Database) throws -> [StationAlarm] {
        try Row.fetchAll(db, sql: "SELECT * FROM hub_alarm ORDER BY station, kind").compactMap {
            guard let kind = Kind(rawValue: $0["kind"]) else { return nil }
            return StationAlarm(
                station: StationCode($0["station"] as String), kind: kind, detail: $0["detail"],
                since: HybridTime(rawValue: $0["since"]))
        }
    }
}
