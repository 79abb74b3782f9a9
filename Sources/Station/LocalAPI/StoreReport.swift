/// `GET /v1/store`: how the database stands, without anything of what it holds.
public struct StoreReport: Codable, Sendable, Equatable {
    /// Of its file and its log.
    public var bytes: UInt64
    /// By table.
    public var rows: [String: Int]
    /// What SQLite finds wrong with the file; absent: nothing, or nobody looked.
    public var damage: String?

    public init(bytes: UInt64, rows: [String: Int], damage: String?) {
        self.bytes = bytes
        self.rows = rows
        self.damage = damage
    }
}
