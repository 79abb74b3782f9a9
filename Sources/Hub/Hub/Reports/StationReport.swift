public import HubStorage
import Replication

/// `GET /v1/stations`.
public struct StationList: Codable, Sendable {
    public var stations: [StationReport]
}

public struct StationReport: Codable, Sendable {
    public var station: String
    public var name: String
    public var enrolled: String
    public var lastSeen: String?
    public var revoked: String?
    /// The station's clock less the hub's.
    public var clockOffsetMilliseconds: Int64
    public var software: String
    public var alarms: [Alarm]

    public struct Alarm: Codable, Sendable {
        /// `cloned` or `fingerprint-changed`.
        public var kind: String
        public var detail: String
        public var since: String
    }

    public init(_ record: StationRecord, alarms: [StationAlarm]) {
        station = record.code.rawValue
        name = record.name
        enrolled = record.enrolled.text
        lastSeen = record.lastSeen?.text
        revoked = record.revoked?.text
        clockOffsetMilliseconds = record.offsetMicroseconds / 1000
        software = record.software
        self.alarms = alarms.map {
            Alarm(kind: $0.kind.rawValue, detail: $0.detail, since: $0.since.text)
        }
    }
}
