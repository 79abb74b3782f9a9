import GRDB
import LedgerStore
import Replication
import Simulating
import StationStorage

/// Looks at a station's store after the power was cut.
struct StationRemains {
    let promises: [Promise]
    private let ledgers = LedgerRemains()

    init(promises: [Promise]) {
        self.promises = promises
    }

    func faults(at moment: PowerCuts.Moment, in folder: String) throws -> [String] {
        let store = try StationStore(path: StationScript.path(in: folder))
        var faults = try store.read { reader in
            try reader.ledger { ledger, db in
                let log = try ledgers.log(ledger, db)
                return try ledgers.faults(of: log, ledger, db)
                    + promiseFaults(at: moment, reader, log.kinds)
            }
        }
        faults += try goOnFaults(store)
        try store.close()
        return faults
    }

    private func promiseFaults(
        at moment: PowerCuts.Moment, _ reader: StationReader, _ kinds: [OperationID: OperationKind]
    ) throws -> [String] {
        var faults: [String] = []
        var there: [OperationID: OperationKind] = [:]
        for life in try reader.lives() {
            let made = kinds.filter { $0.key.incarnation == life.incarnation }
            there.merge(made) { first, _ in first }
            if life.lastSequence != UInt64(made.count) {
                faults.append("\(made.count) operations of \(life)")
            }
        }
        var (expected, records) = (0, 0)
        for promise in promises {
            let found = promise.operations.count { there[$0] == $1 }
            expected += found
            if found > 0 { records += 1 }
            if promise.isKept(at: moment), found < promise.operations.count {
                faults.append("lost \(promise.operations.count - found) promised operations")
            }
            if found > 0, found < promise.operations.count {
                faults.append("a transaction is there in part")
            }
            if let (id, sequence) = promise.acknowledged, promise.isKept(at: moment) {
                let known = try reader.lives().first { $0.incarnation == id }
                if known?.acknowledged ?? 0 < sequence { faults.append("an answer is lost") }
            }
        }
        if there.count != expected { faults.append("\(there.count) operations, not \(expected)") }
        let intake = try reader.intake(after: 0, limit: 10_000).count
        if intake != records { faults.append("\(intake) scans of \(records)") }
        return faults
    }

    /// The next life writes on.
    private func goOnFaults(_ store: StationStore) throws -> [String] {
        let life = Life(random: 999)
        let ids = try store.write {
            try $0.append(
                [.unknown], life: life, by: Author(), wallMicroseconds: 1_800_000_000_000_000)
        }
        return ids.map(\.sequence) == [1] ? [] : ["the next life begins at \(ids)"]
    }
}
