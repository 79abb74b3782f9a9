import GRDB
public import LedgerStore
public import Replication
import SyncProtocol

/// The hub as a maker of operations: those of people who decide at the hub.
///
/// Each process that opens a tenant's ledger has an incarnation of its own, drawn at random and
/// stored with its first operation, so that a hub that was put back gives no number twice. It
/// needs no parent: what the hub made before stands in the feed that its operations lean on.
extension TenantStore {
    /// The station that the hub's own operations name.
    public static let ownStation = StationCode.hub

    /// Settles a conflict by an operation that saw the whole feed. Throws `ConflictError`.
    public func resolve(
        _ conflictID: String, _ decision: ConflictDecision, operator: String, now: Int64
    ) async throws -> (conflict: Conflict, operation: OperationKind, id: OperationID) {
        let made = try await write { [self] db in
            let conflict = try ledger.conflict(conflictID, in: db)
            let kind = try conflict.operation(for: decision)
            let (answer, id) = try make(kind, by: `operator`, now: now, db)
            return (answer.position, conflict, kind, id)
        }
        bell.ring(made.0)
        return (made.1, made.2, made.3)
    }

    private func make(
        _ kind: OperationKind, by operator: String, now: Int64, _ db: Database
    ) throws -> (IntakeAnswer, OperationID) {
        let last = try IncarnationCursor.one(life, db)
        let id = OperationID(incarnation: life, sequence: (last?.sequence ?? 0) + 1)
        let operation = Operation(
            id: id, station: Self.ownStation, clock: HybridTime(rawValue: now),
            base: try FeedHead.position(db), operator: `operator`, kind: kind)
        let bytes = try seal.sealedBytes(
            of: operation, after: last?.chain ?? OperationChain.start)
        let run = Run(
            incarnation: life, link: nil,
            operations: [Run.Entry(operation, kindBytes: bytes)], chain: nil)
        var intake = try Intake(
            db, ledger: ledger, station: Self.ownStation, offsetMicroseconds: 0,
            receivedMicroseconds: now)
        let answer = try intake.take([run])
        if let verdict = answer.verdicts.first {
            throw HubError.malformed("\(verdict.refusal.message) [\(verdict.refusal.code)]")
        }
        return (answer, id)
    }

    /// What a person should decide, with all that was said: at most `limit` of each kind.
    public func conflictDetails(limit: Int) async throws -> [Conflict] {
        try await read { try $0.conflicts(limit: limit, in: $1) }
    }
}
