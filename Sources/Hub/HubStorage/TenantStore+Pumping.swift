import GRDB
public import Replication

/// What whoever serves a sink reads and writes down.
extension TenantStore {
    /// nil: it was removed.
    public func sink(_ id: Int64) async throws -> Sink? {
        try await database.read { try Sink.one(id, $0) }
    }

    /// The receiver has all up to `new`. false: another process moved the cursor meanwhile, or a
    /// person did, and where it stands has to be read again.
    public func advanceSink(
        _ sink: Sink, to new: FeedPosition, now: Int64
    ) async throws -> Bool {
        try await write { try Sink.advance(sink.id, from: sink.position, to: new, now: now, $0) }
    }

    /// It didn't work, and will be tried again.
    public func note(_ fault: Sink.Fault, at sink: Sink) async throws {
        try await write { try Sink.note(fault, sink.id, $0) }
    }

    /// It didn't work, and is not tried again before a person says so.
    public func stopSink(
        _ sink: Sink, becoming state: Sink.State, _ fault: Sink.Fault, _ action: SinkAudit.Action
    ) async throws {
        try await write { db in
            try Sink.note(fault, sink.id, becoming: state, db)
            try SinkAudit(
                time: fault.time, who: SinkAudit.hub, action: action,
                detail: "\(fault.code): \(fault.message)"
            ).insert(sink.name, db)
        }
    }

    /// Sets aside the operation at `position`, the next one. false: as with `advanceSink`.
    public func park(
        _ operation: OperationID, at position: FeedPosition, of sink: Sink, _ fault: Sink.Fault
    ) async throws -> Bool {
        try await write { db in
            guard try Sink.move(sink.id, from: sink.position, to: position, db) else {
                return false
            }
            try Sink.note(fault, sink.id, countsAttempt: false, db)
            try ParkedOperation(position: position, operation: operation, fault: fault)
                .insert(of: sink.id, db)
            try SinkAudit(
                time: fault.time, who: SinkAudit.hub, action: .parked,
                detail: "\(operation): \(fault.code): \(fault.message)"
            ).insert(sink.name, db)
            return true
        }
    }

    /// The first of those set aside that a person wants sent again.
    public func wantedParked(of sink: Sink) async throws -> ParkedOperation? {
        try await database.read { try ParkedOperation.wanted(of: sink.id, $0) }
    }

    /// What was set aside got through.
    public func parkedDelivered(
        _ parked: ParkedOperation, of sink: Sink, now: Int64
    ) async throws {
        try await write { db in
            try ParkedOperation.delete(parked.position, of: sink.id, db)
            try Sink.succeed(sink.id, now: now, db)
            try SinkAudit(
                time: now, who: SinkAudit.hub, action: .delivered, detail: parked.operation
            ).insert(sink.name, db)
        }
    }

    /// It was refused once more, and stays set aside.
    public func parkedRefused(
        _ parked: ParkedOperation, of sink: Sink, _ fault: Sink.Fault
    ) async throws {
        try await write { db in
            var parked = parked
            parked.fault = fault
            try parked.insert(of: sink.id, db)
            try Sink.note(fault, sink.id, countsAttempt: false, db)
        }
    }
}
