import GRDB
import LedgerStore
import Replication
import ReplicationTesting
import ScanTesting
import Testing

/// The tables say what the fold in memory says, whatever happened and in whichever order.
@Suite struct LedgerFoldTests {
    @Test(arguments: UInt64(0)..<300)
    func hubAgreesWithTheFold(seed: UInt64) throws {
        let scene = try LedgerScene(.hub, RandomHistory(seed: seed, size: 10 + Int(seed % 50)))
        for (index, ranked) in scene.history.feed.enumerated() {
            try scene.announce(ranked.operation.id.incarnation)
            #expect(try scene.insert(ranked))
            #expect(try !scene.insert(scene.history.feed[index / 2]), "seed \(seed): twice")
        }
        try expectFolded(scene, scene.history.feed, seed)
        try expectRanks(scene, seed)
    }

    /// The station of the first operation has its own without a position first; the feed comes
    /// in any order, some of it twice, and so do the hub's answers.
    @Test(arguments: UInt64(0)..<300)
    func stationAgreesWithTheFold(seed: UInt64) throws {
        let history = RandomHistory(seed: seed, size: 6 + Int(seed % 40), leavesWaiting: true)
        let scene = try LedgerScene(.station, history)
        let own = history.operations[0].operation.station
        for incarnation in history.stations.keys.sorted().shuffled(seed: seed) {
            try scene.announce(incarnation)
        }
        let operations = history.operations.filter {
            $0.operation.station == own || $0.standing.position != nil
        }
        var current: [OperationID: RankedOperation] = [:]
        for (step, ranked) in steps(operations, own, seed).enumerated() {
            if current[ranked.operation.id] != nil {
                #expect(try !scene.insert(ranked))
                try scene.settle(ranked)
            } else {
                #expect(try scene.insert(ranked))
            }
            current[ranked.operation.id] = ranked
            if step % 7 == 0 { try expectFolded(scene, Array(current.values), seed) }
        }
        try expectFolded(scene, operations, seed)
    }

    /// Own operations waiting, in any order; then everything as it ended, in any order.
    private func steps(
        _ operations: [RankedOperation], _ own: StationCode, _ seed: UInt64
    ) -> [RankedOperation] {
        var waiting = operations.filter { $0.operation.station == own }
        for index in waiting.indices {
            let clock = waiting[index].operation.clock.rawValue
            waiting[index].standing = Standing(position: nil, rank: clock)
        }
        let cut = Int(seed % 3) * waiting.count / 3
        let final = (operations + operations.prefix(4)).shuffled(seed: seed)
        // Those that did not wait come with their position at once, as after a new start.
        return waiting.shuffled(seed: seed).dropFirst(cut) + final
    }

    private func expectFolded(
        _ scene: LedgerScene, _ operations: [RankedOperation], _ seed: UInt64
    ) throws {
        let expected = scene.folded(operations)
        var stored = try scene.stored(expected)
        // A cell that only a refused operation named stays, with nothing in it.
        for (key, value) in stored.quantities where expected.quantities[key] == nil {
            #expect(value == 0, "seed \(seed): \(key)")
            stored.quantities[key] = nil
        }
        #expect(stored == expected, "seed \(seed)")
        try expectConflicts(scene, expected, seed)
        for key in expected.quantities.keys { try expectExplained(scene, key, seed) }
    }

    private func expectConflicts(
        _ scene: LedgerScene, _ expected: InventoryState, _ seed: UInt64
    ) throws {
        try scene.database.read { db in
            let serials = try scene.ledger.contestedSerials(limit: 100, in: db)
            let contested = expected.serials.filter { $0.value.contested.count > 1 }
            #expect(serials.map(\.serial) == contested.keys.sorted(), "seed \(seed)")
            let fields = try scene.ledger.attributeConflicts(limit: 100, in: db)
            let conflicts = expected.attributes.filter { $0.value.siblings.count > 1 }
            #expect(Set(fields.map(\.key)) == Set(conflicts.keys), "seed \(seed)")
        }
    }

    private func expectExplained(
        _ scene: LedgerScene, _ key: StockKey, _ seed: UInt64
    ) throws {
        let found = try scene.database.read {
            try scene.ledger.explain(key, limit: 1000, in: $0)
        }
        let seen = found.postings.filter(\.isCounted).reduce(0) { $0 + $1.quantity }
        let notSeen = found.postings.filter { !$0.isCounted }.reduce(0) { $0 + $1.quantity }
        #expect(found.seen == seen && found.notSeen == notSeen, "seed \(seed): \(key)")
        #expect(found.value == (found.count?.counted ?? 0) + notSeen, "seed \(seed): \(key)")
        if let count = found.count {
            #expect(found.value == seen + notSeen + count.correction, "seed \(seed): \(key)")
        }
    }

    private func expectRanks(_ scene: LedgerScene, _ seed: UInt64) throws {
        var greatest: Int64 = 0
        try scene.database.read { db in
            for (index, ranked) in scene.history.feed.enumerated() {
                greatest = max(greatest, ranked.standing.rank)
                let position = FeedPosition(index + 1)
                let found = try scene.ledger.maximumRank(upTo: position, in: db)
                #expect(found == greatest, "seed \(seed)")
            }
            #expect(try scene.ledger.maximumRank(upTo: 0, in: db) == 0)
            #expect(try scene.ledger.maximumRank(upTo: .max, in: db) == greatest)
        }
    }
}
