import CurlHTTP
import Foundation
import HubStorage
import LedgerStore
import Replication
import ScanTesting
import StationStorage
import SyncProtocol
import Syncing
import Testing

/// Two copies of one running database, both alive: what each made has its effect, once.
@Suite struct ForkTests {
    @Test func aNewLifeMakesTheTailAnew() async throws {
        try await withFork { hub, store, station, copy in
            try await copy.runsUntil { try await copy.store.read { try $0.isForked() } }
            let heir = try await copy.restarted()
            try await heir.scan(1)
            try await heir.runsUntil { try await heir.waiting() == 0 }
            try await store.holds(scanned: 3 + 2 + 1)
            #expect(try await store.operations().count == 3 + 2 + 2 + 1)
            try await heir.runsUntil { try await heir.stock() == store.stock() }
            #expect(try await soon { try await station.stock() == store.stock() })
            #expect(try await heir.deadLetters().isEmpty)
            try heir.end()
        }
    }

    /// The copy was made before its life had done anything.
    @Test func aLifeOfWhichNothingIsAgreedOnIsLeftBehind() async throws {
        try await withHub { hub, store in
            try await withStation(at: hub, store) { station in
                #expect(try await soon { station.loop.status.current == .online })
                let copy = try TestStation(copying: station)
                try await copy.scan(2)
                try await station.scan(2, item: "other")
                #expect(try await soon { try await station.waiting() == 0 })
                try await copy.runsUntil { try await copy.store.read { try $0.isForked() } }
                let heir = try await copy.restarted()
                for _ in 0..<2 {
                    try await heir.scan(1)
                    try await heir.runsUntil { try await heir.waiting() == 0 }
                }
                try await store.holds(scanned: 2 + 2)
                try await heir.runsUntil {
                    let audited = try await heir.store.read { try $0.lastAudit() } > 0
                    guard audited else { return false }
                    return try await heir.stock() == store.stock()
                }
                // What the hub has more of that life came with the feed: nothing is missing.
                let audited = try await heir.store.read { try $0.lastAudit() }
                try await heir.scan(1)
                try await heir.runsUntil { try await heir.waiting() == 0 }
                #expect(try await heir.store.read { try $0.lastAudit() } == audited)
                try heir.end()
            }
        }
    }

    /// The copy was started again before anybody knew: its next life leans on the forked one.
    @Test func whatGrewFromTheTailGoesAlong() async throws {
        try await withFork { hub, store, station, copy in
            let later = try await copy.restarted(reissues: false)
            try await later.scan(4)
            try await later.runsUntil { try await later.store.read { try $0.isForked() } }
            let heir = try await later.restarted()
            try await heir.runsUntil { try await heir.waiting() == 0 }
            try await store.holds(scanned: 3 + 2 + 4)
            try await heir.runsUntil { try await heir.stock() == store.stock() }
            try heir.end()
        }
    }

    /// An image from before the new life is put back, and meets the same fork.
    @Test func madeAnewTwiceItCountsOnce() async throws {
        try await withFork { hub, store, station, copy in
            try await copy.runsUntil { try await copy.store.read { try $0.isForked() } }
            let image = try TestStation(
                copying: copy, life: Life(random: .random(in: 1...UInt64.max)))
            for one in [try await copy.restarted(), image] {
                _ = try await one.store.write { try $0.reissue(in: one.life) }
                try await one.runsUntil { try await one.waiting() == 0 }
                try await store.holds(scanned: 3 + 2)
                try await one.runsUntil { try await one.stock() == store.stock() }
                #expect(try await one.deadLetters().isEmpty)
                try one.end()
            }
            let refused = try await store.tenant("main").operations(after: 0, limit: 100)
                .compactMap(\.refusal?.code)
            #expect(refused == ["already-made", "already-made"])
        }
    }

    /// What was undone then counts under the first of its new names: this undoes nothing, and says so.
    @Test func whatNamesWhatWasMadeAnewTwiceIsRefused() async throws {
        try await withFork { hub, store, station, copy in
            try await copy.runsUntil { try await copy.store.read { try $0.isForked() } }
            let image = try TestStation(
                copying: copy, life: Life(random: .random(in: 1...UInt64.max)))
            let heir = try await copy.restarted()
            try await heir.runsUntil { try await heir.waiting() == 0 }
            _ = try await image.store.write { try $0.reissue(in: image.life) }
            try await image.make([.undo(try await image.lastOperation(), level: 2)])
            try await image.runsUntil { try await image.waiting() == 0 }
            #expect(try await image.deadLetters().map(\.refusal.code) == ["target-already-made"])
            try await store.holds(scanned: 3 + 2)
            try await image.runsUntil { try await image.stock() == store.stock() }
            try heir.end()
            try image.end()
        }
    }

    @Test func whatNamesTheTailNamesItsNewNames() async throws {
        try await withFork { hub, store, station, copy in
            let ids = try await copy.store.read { reader in
                try reader.unsent(limit: 10).flatMap(\.operations).map(\.operation.id)
            }
            try await copy.make([
                .undo(try #require(ids.first), level: 2),
                .batchAdd(BatchLine(batch: "B", code: "1")),
            ])
            let line = try await copy.lastOperation()
            try await copy.make([
                .batchAdd(BatchLine(batch: "B", code: "2")), .batchRemove("B", lines: [line]),
            ])
            try await copy.runsUntil { try await copy.store.read { try $0.isForked() } }
            let heir = try await copy.restarted()
            let stock = try await heir.stock()
            try await heir.runsUntil { try await heir.waiting() == 0 }
            #expect(stock[.scanned] == 4)
            try await store.holds(scanned: 4)
            let lines = try await store.tenant("main").batchLines("B", limit: 10)
            #expect(lines.map(\.line.code) == ["2"])
            try heir.end()
        }
    }

    @Test func theHubTellsPeopleOfTheCopy() async throws {
        try await withFork { hub, store, station, copy in
            try await copy.runsUntil { try await copy.store.read { try $0.isForked() } }
            #expect(try await store.tenant("main").alarms().map(\.kind) == [.cloned])
            try copy.end()
        }
    }

    /// Three operations of both, then two of each.
    private func withFork(
        _ body: (TestHub, HubStore, TestStation, TestStation) async throws -> Void
    ) async throws {
        try await withHub { hub, store in
            try await withStation(at: hub, store) { station in
                try await station.scan(3)
                #expect(try await soon { try await station.waiting() == 0 })
                let copy = try TestStation(copying: station)
                try await copy.scan(2)
                try await station.scan(2, item: "other")
                #expect(try await soon { try await station.waiting() == 0 })
                try await body(hub, store, station, copy)
            }
        }
    }
}

extension StockKey {
    /// What only one of the two counts up.
    fileprivate static let other = StockKey(item: "other", place: "P")
}

extension HubStore {
    /// And two of what only the other made.
    fileprivate func holds(scanned count: Int64) async throws {
        let stock = try await stock()
        #expect(stock[.scanned] == count)
        #expect(stock[.other] == 2)
    }
}

extension TestStation {
    /// Runs the loop until `isDone`.
    func runsUntil(_ isDone: @escaping () async throws -> Bool) async throws {
        let running = Task { await loop.run() }
        let result: Result<Bool, any Error>
        do {
            result = .success(try await soon { try await isDone() })
        } catch {
            result = .failure(error)
        }
        running.cancel()
        await running.value
        #expect(try result.get())
    }

    /// The daemon's next run on the same files.
    func restarted(reissues: Bool = true) async throws -> TestStation {
        http.close()
        try store.close()
        let next = try TestStation(
            directory: directory, life: Life(random: .random(in: 1...UInt64.max)))
        if reissues { _ = try await next.store.write { try $0.reissue(in: next.life) } }
        return next
    }

    func end() throws {
        http.close()
        try store.close()
        // What is left in the temporary directory hurts nobody.
        try? FileManager.default.removeItem(atPath: directory)
    }

    func lastOperation() async throws -> OperationID {
        try await store.read { reader in
            let life = try reader.lives().last { $0.incarnation == self.life.incarnation }
            return OperationID(
                incarnation: self.life.incarnation, sequence: life?.lastSequence ?? 0)
        }
    }
}
