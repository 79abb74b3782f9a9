import Foundation
import GRDB
import HubStorage
import LedgerStore
import Replication
import ReplicationTesting
import StationStorage
import SyncProtocol
import Syncing

extension Simulation {
    /// What is wrong after all was healed. Empty: nothing.
    public func verdict() async throws -> [String] {
        let tenant = try await hub.tenant
        let hub = try await self.hub.picture(shape.keys)
        var wrongs = faults + hub.wrongs(now: clock.now)
        wrongs += memory.wrongs(
            hub.entries, numbersChangedHands: forkedLives > 0 && hubsPutBack > 0)
        wrongs += try await tenant.rebuild(changesNothing: true).map { "the hub's tables: \($0)" }
        wrongs += acknowledged.compactMap { life, sequence in
            (hub.last[life] ?? 0) < sequence ? "\(life):\(sequence) was acknowledged, lost" : nil
        }
        let alarms = try await tenant.alarms().filter { $0.kind == .cloned }
        coverage.note("clone alarm", alarms.count)
        let groundless = clones > 0 ? [] : alarms.filter { putBacks[$0.station, default: 0] < 2 }
        if !groundless.isEmpty { wrongs.append("clone alarm without a clone: \(groundless)") }
        coverage.note("refused operation", hub.refused.count)
        coverage.note("recount", hub.state.recounts.count)
        coverage.note("contested", hub.state.serials.values.count { $0.contested.count > 1 })
        for station in stations {
            let number = station.number
            let losesOnBothSides = losesOnBothSides
            let (found, orphans) = try await station.store.read { reader in
                try reader.ledger { ledger, db in
                    let orphans = losesOnBothSides ? try hub.orphans(db) : 0
                    return (
                        try hub.wrongs(of: number, reader, ledger, db, isAlike: orphans == 0),
                        orphans
                    )
                }
            }
            wrongs += found
            wrongs += try station.store.rebuild(changesNothing: true).map {
                "station \(number)'s tables: \($0)"
            }
            wrongs += try await audit(station, isAlike: orphans == 0)
            if orphans > 0 { coverage.note("held by a bystander alone") }
        }
        return wrongs
    }
}

extension Simulation {
    /// What differed from the hub's was fetched, and then nothing does.
    private func audit(_ station: SimulatedStation, isAlike: Bool) async throws -> [String] {
        guard shape.limits.audits else { return [] }
        coverage.note("audit")
        if try await station.audit() == 0 { return [] }
        coverage.note("audit that differed")
        guard isAlike, try await station.audit() > 0 else { return [] }
        return ["station \(station.number): an audit mended nothing"]
    }
}

/// What a hub holds, and what that ought to come to.
struct HubPicture: Sendable {
    let state: InventoryState
    let refused: Set<OperationID>
    /// Those of them that a person has to look at.
    private let troubling: Set<OperationID>
    let last: [Incarnation: UInt64]
    private let keys: KeyRange
    private let log: [RankedOperation]
    private let byID: [OperationID: RankedOperation]
    private let kinds: [OperationID: [UInt8]]
    private let lineage: Lineage
    private let verdicts: Int
    private let position: FeedPosition

    init(_ ledger: Ledger, _ keys: KeyRange, _ db: Database) throws {
        self.keys = keys
        let logged = try ledger.operations(after: 0, limit: 1_000_000, in: db)
        log = logged.map(\.ranked)
        byID = Dictionary(log.map { ($0.operation.id, $0) }, uniquingKeysWith: { a, _ in a })
        kinds = Dictionary(
            logged.map { ($0.operation.id, $0.kindBytes) }, uniquingKeysWith: { a, _ in a })
        refused = Set(logged.lazy.filter { $0.refusal != nil }.map(\.operation.id))
        troubling = Set(
            logged.lazy.filter { $0.refusal.map { $0.code != Refusal.alreadyMade } ?? false }
                .map(\.operation.id))
        var last: [Incarnation: UInt64] = [:]
        for id in log.map(\.operation.id) {
            last[id.incarnation] = max(id.sequence, last[id.incarnation] ?? 0)
        }
        (lineage, self.last) = (try Lineage(storedIn: db), last)
        verdicts = try Int.fetchOne(db, sql: "SELECT count(*) FROM hub_refused") ?? 0
        position = FeedPosition(
            bitPattern: try Int64.fetchOne(db, sql: "SELECT position FROM hub_feed") ?? 0)
        state = try ledger.state(of: keys, db)
    }

    var entries: [Memory.LoggedEntry] {
        log.map {
            .init(
                operation: $0.operation, isRefused: refused.contains($0.operation.id))
        }
    }

    func wrongs(now: Int64) -> [String] {
        var wrongs: [String] = []
        if byID.count != log.count { wrongs.append("an operation is there twice") }
        if log.map(\.standing.position) != (0..<log.count).map({ FeedPosition($0 + 1) }) {
            wrongs.append("the feed has gaps")
        }
        if position != FeedPosition(log.count) { wrongs.append("the feed ends elsewhere") }
        if verdicts != refused.count { wrongs.append("\(verdicts) verdicts") }
        // Each operation after one at the limit stands a microsecond higher.
        let limit = now + 60_000_000 + Int64(log.count)
        if let rank = log.map(\.standing.rank).max(), rank > limit { wrongs.append("rank \(rank)") }
        var inventory = Inventory(lineage: lineage, ordered: [:])
        for ranked in log { inventory.merge(ranked) }
        if inventory.state != state { wrongs.append("the hub's stock isn't the fold") }
        return wrongs + slowWrongs(inventory.state)
    }

    /// What takes the square of the log's length to find out.
    private func slowWrongs(_ state: InventoryState) -> [String] {
        guard log.count <= 5000 else { return [] }
        var wrongs: [String] = []
        let definition = InventoryDefinition(log, lineage: lineage, ordered: [:])
        if definition.state != state { wrongs.append("the fold isn't its definition") }
        let marks = log.map(OperationMark.init)
        for later in marks {
            for earlier in marks
            where lineage.saw(earlier, from: later) && earlier.id != later.id
                && earlier.rank >= later.rank
            {
                wrongs.append("\(later.id) is ranked before \(earlier.id), which it saw")
            }
        }
        return wrongs
    }

    /// How many operations of others a station holds that the hub and their makers lost. A copy of
    /// the maker may have used the same number since.
    func orphans(_ db: Database) throws -> Int {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT incarnation, sequence, kind FROM operation
                WHERE incarnation NOT IN (SELECT incarnation FROM own_incarnation)
                """)
        return rows.count {
            let id = OperationID(
                incarnation: Incarnation(rawValue: UInt64(bitPattern: $0[0])),
                sequence: UInt64(bitPattern: $0[1]))
            return kinds[id] != Array($0[2] as Data)
        }
    }

    func wrongs(
        of number: Int, _ reader: StationReader, _ ledger: Ledger, _ db: Database, isAlike: Bool
    ) throws -> [String] {
        var wrongs: [String] = []
        if try reader.feedPosition() != position { wrongs.append("hasn't read all the feed") }
        let depth = try reader.outboxDepth()
        if depth.waiting != 0 { wrongs.append("\(depth.waiting) still wait") }
        var own: Set<OperationID> = []
        for life in try reader.lives() {
            for logged in try ledger.operations(
                of: life.incarnation, after: 0, limit: 1_000_000, in: db)
            where logged.operation.id.sequence <= life.lastSequence {
                let id = logged.operation.id
                own.insert(id)
                if byID[id]?.operation.kind != logged.operation.kind { wrongs.append("lost \(id)") }
            }
        }
        let letters = try reader.deadLetters(limit: 10_000).map(\.id)
        let expected = own.intersection(troubling)
        if Set(letters) != expected {
            wrongs.append("dead letters \(letters), expected \(expected)")
        }
        if isAlike { wrongs += try ledger.state(of: keys, db).held.differences(from: state.held) }
        return wrongs.map { "station \(number): \($0)" }
    }
}

extension InventoryState {
    /// Without the keys of which nothing is there: a refused operation leaves such a key where it
    /// was made.
    fileprivate var held: InventoryState {
        var state = self
        state.quantities = quantities.filter { $0.value != 0 }
        return state
    }

    fileprivate func differences(from hub: InventoryState) -> [String] {
        difference(quantities, hub.quantities) + difference(recounts, hub.recounts)
            + difference(serials, hub.serials) + difference(attributes, hub.attributes)
            + difference(batchLines, hub.batchLines) + difference(overPicks, hub.overPicks)
    }

    private func difference<Key: Hashable, Value: Equatable>(
        _ own: [Key: Value], _ hub: [Key: Value]
    ) -> [String] {
        Set(own.keys).union(hub.keys).filter { own[$0] != hub[$0] }.map {
            "\($0) is \(own[$0].map { "\($0)" } ?? "nothing"), "
                + "at the hub \(hub[$0].map { "\($0)" } ?? "nothing")"
        }
    }
}
