import GRDB
import LedgerStore
import Replication
import ReplicationTesting
import ScanTesting
import Testing

@Suite struct RebuildTests {
    /// What was kept up to date, operation by operation, is what the log comes to.
    @Test(arguments: UInt64(0)..<40)
    func findsNothingToMend(seed: UInt64) throws {
        let role: Ledger.Role = seed.isMultiple(of: 2) ? .hub : .station
        let scene = try scene(role, seed)
        let found = try scene.database.write { try scene.ledger.check(in: $0) }
        #expect(found.isEmpty, "\(found)")
        #expect(try scene.database.write { try scene.ledger.rebuild(in: $0) } == [])
        let state = scene.folded(scene.history.feed)
        #expect(try scene.stored(state) == state)
    }

    static let damages = [
        "UPDATE cell SET total = total + 1", "UPDATE cell SET correction = correction - 2",
        "DELETE FROM posting", "DELETE FROM cell_count", "UPDATE register SET value = 'other'",
        "DELETE FROM register_write", "UPDATE order_line SET picked = picked + 5",
        "DELETE FROM pick", "DELETE FROM batch_line", "DELETE FROM amendment",
        "DELETE FROM cell",
    ]

    @Test(arguments: damages)
    func findsAndMends(damage: String) throws {
        let scene = try scene(.hub, 42)
        try scene.database.write { try $0.execute(sql: damage) }
        let found = try scene.database.write { try scene.ledger.check(in: $0) }
        #expect(!found.isEmpty)
        #expect(try scene.database.write { try scene.ledger.rebuild(in: $0) } == found)
        #expect(try scene.database.write { try scene.ledger.check(in: $0) } == [])
        let state = scene.folded(scene.history.feed)
        #expect(try scene.stored(state) == state)
    }

    @Test func checkingChangesNothing() throws {
        let scene = try scene(.hub, 42)
        try scene.database.write { try $0.execute(sql: "UPDATE cell SET total = 77") }
        _ = try scene.database.write { try scene.ledger.check(in: $0) }
        let totals = try scene.database.read {
            try Set(Int.fetchAll($0, sql: "SELECT total FROM cell"))
        }
        #expect(totals == [77])
    }

    @Test func namesNoMoreThanItWasAskedFor() throws {
        let scene = try scene(.hub, 42)
        try scene.database.write { try $0.execute(sql: "UPDATE cell SET total = total + 1") }
        let found = try scene.database.write {
            try scene.ledger.check(differencesLimit: 3, in: $0)
        }
        #expect(found.count == 3)
    }

    private func scene(_ role: Ledger.Role, _ seed: UInt64) throws -> LedgerScene {
        let scene = try LedgerScene(role, RandomHistory(seed: seed, size: 60))
        // A station may hear of an undo before it hears of what is undone.
        let feed = scene.history.feed
        for ranked in feed { try scene.announce(ranked.operation.id.incarnation) }
        for ranked in role == .station ? feed.shuffled(seed: seed) : feed {
            try scene.insert(ranked)
        }
        return scene
    }
}
