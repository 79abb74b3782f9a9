import GRDB
import LedgerStore
public import Replication
import SyncProtocol

/// What to do when another copy of this database has used the same numbers.
extension StationTransaction {
    /// The hub has other operations than this database behind `agreed`. What is here is made anew
    /// by `reissue`, at the next start.
    public func noteFork(of incarnation: Incarnation, agreed: UInt64) throws {
        try OwnIncarnation.noteFork(of: incarnation, agreed: agreed, db)
    }

    /// Makes anew, as the first operations of `life`, what a forked life holds and the hub
    /// doesn't, with what grew from it. Answers with how many.
    ///
    /// Each keeps its clock, its base and its author, names its origin, and is in the same place
    /// of all that follows from it; nothing is counted twice, here or at the hub.
    @discardableResult
    public mutating func reissue(in life: Life) throws -> Int {
        guard let (forked, agreed) = try OwnIncarnation.forked(db) else { return 0 }
        precondition(forked.incarnation != life.incarnation, "a new life")
        guard agreed < forked.lastSequence else {
            try OwnIncarnation.clearFork(of: forked.incarnation, db)
            return 0
        }
        let stranded = try forked.stranded(behind: agreed, db)
        let fork = OperationID(incarnation: forked.incarnation, sequence: agreed)
        let start = try agreed == 0 ? OperationChain.start : chain(after: fork)
        guard let start else { throw LedgerError.unknownOperation(fork) }
        var heir = OwnIncarnation(
            newborn: life.incarnation,
            link: agreed == 0
                ? forked.link
                : IncarnationLink(parent: forked.incarnation, sequence: agreed),
            chain: OperationChain.start)
        try heir.insert(db)
        try ledger.insertIncarnation(
            heir.incarnation, station: state.station, link: heir.link, in: db)

        var names = Renaming()
        var renamed: [OperationID] = []
        for (life, first) in [(forked, agreed)] + stranded.map({ ($0, UInt64(0)) }) {
            try move(life, after: first, to: &heir, &names, &renamed)
        }
        for old in renamed {
            guard let new = names[old] else { continue }
            try DeadLetter.delete(old, db)
            try ledger.renameAmended(old, to: new, in: db)
        }
        try heir.saveLast(db)
        try forked.end(at: agreed, chain: start, db)
        for life in stranded { try life.delete(db) }
        try WorkflowRow.rename(names, db)
        try AssignmentRecord.rename({ names[$0] ?? $0 }, db)
        return renamed.count
    }

    private static let pageLimit = 500

    private mutating func move(
        _ life: OwnIncarnation, after first: UInt64, to heir: inout OwnIncarnation,
        _ names: inout Renaming, _ renamed: inout [OperationID]
    ) throws {
        try IntakeRecord.rename(
            life.incarnation, after: first, to: heir.incarnation, from: heir.lastSequence, db)
        var last = first
        while true {
            let page = try ledger.operations(
                of: life.incarnation, after: last, limit: Self.pageLimit, in: db)
            for logged in page {
                let old = logged.operation.id
                try move(logged, to: &heir, &names)
                renamed.append(old)
                last = old.sequence
            }
            if page.count < Self.pageLimit { return }
        }
    }

    private func move(
        _ logged: LoggedOperation, to heir: inout OwnIncarnation, _ names: inout Renaming
    ) throws {
        heir.lastSequence += 1
        var operation = logged.operation
        operation.id = OperationID(incarnation: heir.incarnation, sequence: heir.lastSequence)
        // Made anew a second time, it is still of its first origin.
        let origin =
            try OperationOrigin(kindBytes: logged.kindBytes)
            ?? OperationOrigin(id: logged.operation.id, chain: logged.chain)
        let kindBytes = try origin.added(to: names.applied(to: logged.kindBytes))
        operation.kind = try OperationKind(kindBytes: kindBytes)
        // What names this number before it is used up means the copy's operation.
        names[logged.operation.id] = operation.id
        heir.chain = OperationChain.next(heir.chain, operation: operation, kindBytes: kindBytes)
        try ledger.rename(
            logged.operation.id, to: operation.id, kindBytes: kindBytes, chain: heir.chain, in: db)
    }
}

extension StationReader {
    /// Whether operations wait to be made anew, by a new life.
    public func isForked() throws -> Bool { try OwnIncarnation.forked(db) != nil }
}
