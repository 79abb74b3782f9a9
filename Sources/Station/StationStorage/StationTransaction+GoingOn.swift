import GRDB
import LedgerStore
import Replication
import SyncProtocol

/// Lives that go on behind what this database lost: the machine was put back with its memory, and
/// the feed brings what was made in the same life meanwhile. Else the next scan would get the number
/// of something that the hub has.
extension StationTransaction {
    /// Goes on behind what the feed has brought of `life`.
    ///
    /// Not while something of it waits: the hub may hold another operation under that number.
    mutating func goOn(_ life: Incarnation) throws {
        guard var own = try OwnIncarnation.one(life, db), own.acknowledged == own.lastSequence
        else { return }
        var refused: [(OperationID, Refusal, HybridTime)] = []
        while let next = try ledger.operation(own.next, in: db) {
            own.lastSequence += 1
            own.chain = OperationChain.next(
                own.chain, operation: next.operation, kindBytes: next.kindBytes)
            try ledger.note(own.chain, of: next.operation.id, in: db)
            if let refusal = next.refusal {
                refused.append((next.operation.id, refusal, next.operation.clock))
            }
        }
        guard own.lastSequence > own.acknowledged else { return }
        try own.saveLast(db)
        try OwnIncarnation.acknowledge(life, upTo: own.lastSequence, db)
        // When the hub refused them is known to nobody here; when they were made is.
        for (id, refusal, clock) in refused {
            try park(id, refusal: refusal, wallMicroseconds: clock.rawValue)
        }
    }

    /// A life of which the feed brought something before anything was made in it here.
    mutating func takenOver(_ life: Life) throws -> OwnIncarnation? {
        guard let known = try ledger.incarnation(life.incarnation, in: db),
            known.station == state.station
        else { return nil }
        let newborn = OwnIncarnation(
            newborn: life.incarnation, link: known.link, chain: OperationChain.start)
        try newborn.insert(db)
        try goOn(life.incarnation)
        return try OwnIncarnation.one(life.incarnation, db)
    }
}
