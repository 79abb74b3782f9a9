import GRDB
import Replication
public import SyncProtocol

/// What the hub made, lost when it was put back, and gets from those who read it.
extension TenantStore {
    /// Takes in operations of the hub's own lives that follow on what is here. What has no seal
    /// of this hub, and what comes behind it or a gap, is passed over: nobody could mend it.
    ///
    /// Answers with how many were lost.
    public func takeBack(_ runs: [Run], now: Int64) async throws -> Int {
        let count = runs.reduce(0) { $0 + max(1, $1.operations.count) }
        guard count <= TenantStore.operationsLimit else {
            throw HubError.tooManyOperations(count: count, limit: TenantStore.operationsLimit)
        }
        let answer = try await write { [self] db in
            var intake = try Intake(
                db, ledger: ledger, station: Self.ownStation, offsetMicroseconds: 0,
                receivedMicroseconds: now)
            return try intake.take(try runs.compactMap { try lost(of: $0, db) })
        }
        bell.ring(answer.position)
        return answer.taken
    }

    /// Those of the run's operations that follow on what is here, as far as their seals are good.
    private func lost(of run: Run, _ db: Database) throws -> Run? {
        let cursor = try IncarnationCursor.one(run.incarnation, db)
        guard cursor.map({ $0.station == Self.ownStation }) ?? true, run.link == nil else {
            return nil
        }
        var chain = cursor?.chain ?? OperationChain.start
        var next = (cursor?.sequence ?? 0) + 1
        var lost: [Run.Entry] = []
        for entry in run.operations where entry.operation.id.sequence >= next {
            guard entry.operation.id.sequence == next, try seal.isOwn(entry, after: chain) else {
                break
            }
            chain = OperationChain.next(
                chain, operation: entry.operation, kindBytes: entry.kindBytes)
            next += 1
            lost.append(entry)
        }
        guard !lost.isEmpty else { return nil }
        return Run(incarnation: run.incarnation, link: nil, operations: lost, chain: chain)
    }
}
