import GRDB
import Replication

/// Lives that a copy of this database went on with as well.
extension OwnIncarnation {
    /// The oldest fork that was noted.
    static func forked(_ db: Database) throws -> (life: OwnIncarnation, agreed: UInt64)? {
        let sql = """
            SELECT incarnation, agreed FROM own_incarnation WHERE agreed IS NOT NULL
            ORDER BY id LIMIT 1
            """
        guard let row = try Row.fetchOne(db.cachedStatement(sql: sql)),
            let life = try one(Incarnation(rawValue: UInt64(bitPattern: row[0])), db)
        else { return nil }
        return (life, UInt64(bitPattern: row[1]))
    }

    static func noteFork(of incarnation: Incarnation, agreed: UInt64, _ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE own_incarnation SET agreed = ? WHERE incarnation = ?")
            .execute(arguments: [
                Int64(clamping: agreed), Int64(bitPattern: incarnation.rawValue),
            ])
    }

    static func clearFork(of incarnation: Incarnation, _ db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE own_incarnation SET agreed = NULL WHERE incarnation = ?"
        ).execute(arguments: [Int64(bitPattern: incarnation.rawValue)])
    }

    /// Lives that grew out of what is behind the fork, parents first, as far as the hub has
    /// nothing of them: it can't take them, for their parent's end will never come.
    func stranded(behind agreed: UInt64, _ db: Database) throws -> [OwnIncarnation] {
        var last = [incarnation: agreed]
        return try OwnIncarnation.all(db).filter { life in
            guard let link = life.link, let end = last[link.parent], link.sequence > end,
                life.acknowledged == 0
            else { return false }
            last[life.incarnation] = 0
            return true
        }
    }

    /// What this life made behind `agreed` has other names now.
    func end(at agreed: UInt64, chain: [UInt8], _ db: Database) throws {
        let sql = """
            UPDATE own_incarnation SET agreed = NULL, last_sequence = ?1, chain = ?2,
                acknowledged = min(acknowledged, ?1) WHERE incarnation = ?3
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            Int64(clamping: agreed), chain.data, Int64(bitPattern: incarnation.rawValue),
        ])
    }

    func delete(_ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM own_incarnation WHERE incarnation = ?")
            .execute(arguments: [Int64(bitPattern: incarnation.rawValue)])
    }
}
