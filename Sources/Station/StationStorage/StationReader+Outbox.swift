import GRDB
public import LedgerStore
public import Replication
public import SyncProtocol

/// How much waits for the hub.
public struct OutboxDepth: Sendable, Equatable {
    public var waiting: UInt64
    /// When the oldest waiting operation was made; nil when none waits.
    public var oldestMicroseconds: Int64?
    /// Refused, and nobody has dealt with them.
    public var deadLetters: Int
    /// When the hub last took something; nil: never.
    public var lastAcknowledgedMicroseconds: Int64?
    /// nil: what waits is sent.
    public var hold: OutboxHold?
}

extension StationReader {
    /// Counted from cursors, so a long queue costs no more than a short one.
    public func outboxDepth() throws -> OutboxDepth {
        let oldest = try OwnIncarnation.unsent(limit: 1, db).first.flatMap { own in
            try ledger.operations(of: own.incarnation, after: own.acknowledged, limit: 1, in: db)
                .first
        }
        let acknowledged = try StationStateRow.fetch(db).lastAcknowledgedMicroseconds
        return OutboxDepth(
            waiting: try OwnIncarnation.waiting(db),
            oldestMicroseconds: oldest?.operation.clock.rawValue,
            deadLetters: try DeadLetter.waiting(db),
            lastAcknowledgedMicroseconds: acknowledged == 0 ? nil : acknowledged,
            hold: try OutboxHold.fetch(db))
    }

    /// The oldest operations that the hub may not have, as runs, at most `limit` together. None
    /// while the outbox is held.
    ///
    /// `beyond`: what is on its way already, up to these sequences.
    public func unsent(
        limit: Int, beyond: [Incarnation: UInt64] = [:]
    ) throws -> [Run] {
        try OutboxHold.fetch(db) == nil ? waiting(limit: limit, beyond: beyond) : []
    }

    /// As `unsent`, also while the outbox is held: for people to see or to carry away.
    public func waiting(
        limit: Int, beyond: [Incarnation: UInt64] = [:]
    ) throws -> [Run] {
        var room = limit
        var runs: [Run] = []
        // A run costs at least one operation, so no more lives than these can be needed.
        for own in try OwnIncarnation.unsent(limit: limit + beyond.count, db) where room > 0 {
            let run = try self.run(
                of: own, after: max(own.acknowledged, beyond[own.incarnation] ?? 0), limit: room)
            guard let run else { continue }
            room -= run.operations.count
            runs.append(run)
        }
        return runs
    }

    private func run(of own: OwnIncarnation, after sequence: UInt64, limit: Int) throws -> Run? {
        try run(of: own.incarnation, own.link, after: sequence, limit: limit)
    }

    private func run(
        of incarnation: Incarnation, _ link: IncarnationLink?, after sequence: UInt64, limit: Int
    ) throws -> Run? {
        let logged = try ledger.operations(
            of: incarnation, after: sequence, limit: limit, in: db)
        guard !logged.isEmpty else { return nil }
        return Run(
            incarnation: incarnation, link: link,
            operations: logged.map { .init($0.operation, kindBytes: $0.kindBytes) },
            chain: logged.last?.chain)
    }

    /// What people made at the hub, at most `limit` operations, life by life; `mark`: the last
    /// one of the page before.
    public func madeAtHub(after mark: OperationID?, limit: Int) throws -> [Run] {
        var room = limit
        var runs: [Run] = []
        let lives = try ledger.incarnations(of: .hub, from: mark?.incarnation, in: db)
        for life in lives where room > 0 {
            let sequence = life == mark?.incarnation ? mark?.sequence ?? 0 : 0
            guard let run = try run(of: life, nil, after: sequence, limit: room) else { continue }
            room -= run.operations.count
            runs.append(run)
        }
        return runs
    }

    /// The next operations that wait, in the order in which they will be sent; `after`: the last
    /// one of the page before.
    public func outboxPage(after id: OperationID?, limit: Int) throws -> [LoggedOperation] {
        var page: [LoggedOperation] = []
        var next = try id.map { try OwnIncarnation.one($0.incarnation, db) } ?? nil
        var sequence = id?.sequence ?? 0
        if id == nil || next == nil {
            next = try OwnIncarnation.unsent(limit: 1, db).first
            sequence = 0
        }
        while let own = next, page.count < limit {
            page += try ledger.operations(
                of: own.incarnation, after: max(sequence, own.acknowledged),
                limit: limit - page.count, in: db)
            next = try OwnIncarnation.nextUnsent(after: own.incarnation, db)
            sequence = 0
        }
        return page
    }

    /// The operations of one life after `sequence`, sent or not, as a run of at most `limit`;
    /// nil: there are none.
    public func run(
        of incarnation: Incarnation, after sequence: UInt64, limit: Int
    ) throws -> Run? {
        try OwnIncarnation.one(incarnation, db).flatMap {
            try run(of: $0, after: sequence, limit: limit)
        }
    }
}
