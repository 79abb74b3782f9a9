import GRDB
import Replication

/// The last position given out. Written last in its transaction: positions have no gaps and are
/// in the order of commits.
enum FeedHead {
    static let schema = """
        CREATE TABLE hub_feed (position INTEGER NOT NULL);
        INSERT INTO hub_feed VALUES (0);
        """

    static func position(_ db: Database) throws -> FeedPosition {
        let position = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT position FROM hub_feed"))
        return FeedPosition(position ?? 0)
    }

    static func set(_ position: FeedPosition, _ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE hub_feed SET position = ?")
            .execute(arguments: [Int64(position)])
    }
}
