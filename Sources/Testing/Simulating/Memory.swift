import LedgerStore
import Replication
import StationStorage

/// What people meant, whatever number their operations get in the end: a simulation's own account
/// of which operation spoke of which.
final class Memory {
    /// What an operation keeps when it is made anew.
    struct Mark: Hashable {
        var work: String
        var clock: HybridTime

        init(_ operation: Operation) { (work, clock) = (operation.device, operation.clock) }
    }

    private var named: [Mark: [Mark]] = [:]

    /// To be called when `made` was made, while what it names is what it was.
    func note(_ made: [OperationID], in store: StationStore) async throws {
        let found = try await store.read { reader in
            try reader.ledger { ledger, db in
                try made.compactMap { id -> (Mark, [Mark])? in
                    guard let operation = try ledger.operation(id, in: db)?.operation else {
                        return nil
                    }
                    // Of a copy's operation it may have the name that was next here.
                    let known = operation.kind.targets.filter {
                        !made.contains($0) || $0.sequence < id.sequence
                    }
                    let targets = try known.compactMap {
                        try ledger.operation($0, in: db).map { Mark($0.operation) }
                    }
                    return targets.count == operation.kind.targets.count && !targets.isEmpty
                        ? (Mark(operation), targets) : nil
                }
            }
        }
        for (mark, targets) in found { named[mark] = targets }
    }

    /// What of a hub's log is not what was meant: something that counts twice, or speaks of
    /// another operation than it did.
    ///
    /// `numbersChangedHands`: a hub was put back beside two copies in one life, and may have heard
    /// the other one first. What another station said of such a number then can't be told.
    func wrongs(_ log: [LoggedEntry], numbersChangedHands: Bool) -> [String] {
        var wrongs: [String] = []
        var counted: [Mark: OperationID] = [:]
        for entry in log where !entry.isRefused && !entry.operation.device.isEmpty {
            let mark = Mark(entry.operation)
            if let other = counted.updateValue(entry.operation.id, forKey: mark) {
                wrongs.append("\(other) counts again as \(entry.operation.id)")
            }
        }
        let stations = Dictionary(
            log.map { ($0.operation.id.incarnation, $0.operation.station) },
            uniquingKeysWith: { first, _ in first })
        for entry in log where !entry.isRefused {
            guard let targets = named[Mark(entry.operation)] else { continue }
            let meant = targets.map { counted[$0] }
            // What is not in force, or not there, can't be told from another's.
            for (id, meant) in zip(entry.operation.kind.targets, meant)
            where meant != nil && id != meant {
                let isForeign = stations[id.incarnation] != entry.operation.station
                if numbersChangedHands, isForeign { continue }
                wrongs.append("\(entry.operation.id) speaks of \(id), not of its own")
            }
        }
        return wrongs
    }

    /// An operation in a hub's log.
    struct LoggedEntry {
        var operation: Operation
        var isRefused: Bool
    }
}
