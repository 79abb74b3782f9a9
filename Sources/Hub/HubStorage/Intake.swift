import GRDB
import LedgerStore
import Replication
import SyncProtocol

/// Takes in what one station sent, in one transaction: all of it, or up to a gap, or nothing.
struct Intake {
    private let db: Database
    private let ledger: Ledger
    private let station: StationCode
    private let receivedMicroseconds: Int64
    private var ranking: Ranking
    private var position: FeedPosition
    private var cursors: [Incarnation: IncarnationCursor] = [:]
    private var verdicts: [IntakeAnswer.Verdict] = []
    /// Most hubs have none, and nothing to look up.
    private var hasOrigins: Bool

    init(
        _ db: Database, ledger: Ledger, station: StationCode, offsetMicroseconds: Int64,
        receivedMicroseconds: Int64
    ) throws {
        self.db = db
        self.ledger = ledger
        self.station = station
        self.receivedMicroseconds = receivedMicroseconds
        let start = try FeedHead.position(db)
        position = start
        hasOrigins = try OriginRow.exists(db)
        ranking = Ranking(
            offsetMicroseconds: offsetMicroseconds, receivedMicroseconds: receivedMicroseconds,
            head: start, maximumRank: { try ledger.maximumRank(upTo: $0, in: db) })
    }

    /// Throws `HubError` when nothing of the request may be applied: the transaction must go.
    mutating func take(_ runs: [Run]) throws -> IntakeAnswer {
        let start = position
        for run in runs {
            // After a gap nothing more is taken: what follows may lean on what is missing.
            guard try take(run) else { break }
        }
        if position > start { try FeedHead.set(position, db) }
        return IntakeAnswer(
            cursors: try answerCursors(runs), verdicts: verdicts, position: position,
            taken: Int(position - start))
    }

    /// false: operations before these are missing.
    private mutating func take(_ run: Run) throws -> Bool {
        guard let first = run.operations.first, let last = run.operations.last else { return true }
        let cursor = try cursor(run)
        guard first.operation.id.sequence <= cursor.sequence + 1,
            try cursor.sequence > 0 || holdsParent(run)
        else { return false }
        if try isKnown(run, cursor) { return true }

        let chains = try chains(of: run, cursor)
        if first.operation.id.sequence <= cursor.sequence {
            try noteRefusals(run.incarnation, first.operation.id.sequence, cursor.sequence)
        }
        guard last.operation.id.sequence > cursor.sequence else { return true }
        try append(run, chains, cursor)
        return true
    }

    /// A child comes after all that its database held of its parent. Of a parent that this hub
    /// never heard of nothing is awaited: it spoke to another hub.
    private mutating func holdsParent(_ run: Run) throws -> Bool {
        guard let link = run.link, let parent = try known(link.parent) else { return true }
        return parent.sequence >= link.sequence
    }

    /// Whether all of the run was taken before. One row says so, however long the run is.
    private mutating func isKnown(_ run: Run, _ cursor: IncarnationCursor) throws -> Bool {
        guard let chain = run.chain, let first = run.operations.first?.operation.id,
            let last = run.operations.last?.operation.id, last.sequence <= cursor.sequence,
            try storedChain(last, cursor) == chain
        else { return false }
        try noteRefusals(run.incarnation, first.sequence, last.sequence)
        return true
    }

    /// The chain after each operation of the run. Throws when it isn't what the run or the hub
    /// says.
    private func chains(of run: Run, _ cursor: IncarnationCursor) throws -> [[UInt8]] {
        guard let first = run.operations.first?.operation.id else { return [] }
        var chain = OperationChain.start
        if first.sequence > 1 {
            let before = OperationID(incarnation: run.incarnation, sequence: first.sequence - 1)
            chain = try storedChain(before, cursor)
        }
        var chains: [[UInt8]] = []
        chains.reserveCapacity(run.operations.count)
        for entry in run.operations {
            chain = OperationChain.next(
                chain, operation: entry.operation, kindBytes: entry.kindBytes)
            chains.append(chain)
        }
        if let stated = run.chain, stated != chain { throw disagreement(run, first) }
        try checkKnown(run, chains, cursor)
        return chains
    }

    /// The content is what was signed, so it wasn't torn on its way: either the station's past is
    /// another than ours, or it never hashed what it sends.
    private func disagreement(_ run: Run, _ first: OperationID) -> HubError {
        guard first.sequence > 1 else { return .brokenChain(run.incarnation) }
        return .fork(OperationID(incarnation: run.incarnation, sequence: first.sequence - 1))
    }

    /// What came before must have been the same: the last of it vouches for the rest.
    private func checkKnown(
        _ run: Run, _ chains: [[UInt8]], _ cursor: IncarnationCursor
    ) throws {
        guard let first = run.operations.first?.operation.id, first.sequence <= cursor.sequence
        else { return }
        let known = min(Int(cursor.sequence - first.sequence) + 1, chains.count)
        let id = run.operations[known - 1].operation.id
        guard try storedChain(id, cursor) != chains[known - 1] else { return }
        // Chains agree up to some operation, and nowhere behind it.
        var (same, other) = (0, known - 1)
        while same < other {
            let middle = (same + other) / 2
            let isSame =
                try storedChain(run.operations[middle].operation.id, cursor)
                == chains[middle]
            if isSame { same = middle + 1 } else { other = middle }
        }
        throw HubError.fork(
            run.operations[same].operation.id, agreed: first.sequence + UInt64(same) - 1)
    }

    private func storedChain(_ id: OperationID, _ cursor: IncarnationCursor) throws -> [UInt8] {
        if id.sequence == cursor.sequence { return cursor.chain }
        return try ledger.operation(id, in: db)?.chain ?? []
    }

    private mutating func append(
        _ run: Run, _ chains: [[UInt8]], _ start: IncarnationCursor
    ) throws {
        var cursor = start
        if cursor.sequence == 0 {
            try ledger.insertIncarnation(
                run.incarnation, station: station, link: run.link, in: db)
            cursor.rank = try rankBeforeFirst(run)
        }
        try noteClone(cursor, lastSequence: run.operations.last?.operation.id.sequence ?? 0)
        for (entry, chain) in zip(run.operations, chains)
        where entry.operation.id.sequence > start.sequence {
            try append(entry, chain, &cursor)
        }
        try cursor.save(db)
        cursors[run.incarnation] = cursor
    }

    private mutating func append(
        _ entry: Run.Entry, _ chain: [UInt8], _ cursor: inout IncarnationCursor
    ) throws {
        let operation = entry.operation
        let rank = try ranking.rank(of: operation, previous: cursor.rank)
        let amendment = Amendment(operation)
        let refusal =
            try OperationRules.refusal(of: operation)
            ?? amendment?.refusal(from: station, ledger, db) ?? secondMaking(of: entry, chain)
            ?? speakingOfSecondMaking(operation)
        position += 1
        try ledger.insert(
            LoggedOperation(
                operation: operation,
                standing: Standing(
                    position: position, rank: rank, isRefused: refusal != nil),
                kindBytes: entry.kindBytes, chain: chain, refusal: refusal),
            in: db)
        if refusal == nil, let origin = entry.origin {
            try OriginRow.insert(origin, db)
            hasOrigins = true
        }
        if let refusal {
            try RefusedOperation(id: operation.id, refusal: refusal).insert(db)
            verdicts.append(IntakeAnswer.Verdict(id: operation.id, refusal: refusal))
        } else {
            try amendment?.settle(ledger, db)
        }
        (cursor.sequence, cursor.chain, cursor.rank) = (operation.id.sequence, chain, rank)
    }

    /// After a fork an operation may come twice: as it was made first, and anew under another
    /// name, from each copy of the database that held it. The first to come counts.
    private func secondMaking(of entry: Run.Entry, _ chain: [UInt8]) throws -> Refusal? {
        let id = entry.operation.id
        guard let origin = entry.origin else {
            let itself = OperationOrigin(id: id, chain: chain)
            return try hasOrigins && OriginRow.isMadeAnew(itself, db) ? .alreadyMade(itself) : nil
        }
        guard
            try IncarnationCursor.one(origin.id.incarnation, db).map({ $0.station == station })
                ?? true
        else {
            return Refusal(
                code: "foreign-origin", message: "\(origin.id) is another station's operation")
        }
        let isKnown =
            try ledger.operation(origin.id, in: db)?.chain == origin.chain
            || OriginRow.isMadeAnew(origin, db)
        return isKnown ? .alreadyMade(origin) : nil
    }

    /// What it names counts under the name that another copy gave it. Of this one it would say
    /// something without effect, and nobody would see that.
    private func speakingOfSecondMaking(_ operation: Operation) throws -> Refusal? {
        let target = try operation.kind.targets.first { try RefusedOperation.isAlreadyMade($0, db) }
        return target.map { .targetAlreadyMade($0) }
    }

    /// A child's first operation comes after all that its database held of the parent.
    private func rankBeforeFirst(_ run: Run) throws -> Int64 {
        guard let link = run.link else { return 0 }
        let id = OperationID(incarnation: link.parent, sequence: link.sequence)
        if let operation = try ledger.operation(id, in: db) { return operation.standing.rank }
        return try IncarnationCursor.one(link.parent, db)?.rank ?? 0
    }

    private func noteClone(_ cursor: IncarnationCursor, lastSequence: UInt64) throws {
        guard let child = try cursor.childLeftBefore(lastSequence, db) else { return }
        try StationAlarm(
            station: station, kind: .cloned,
            detail: "incarnation \(cursor.incarnation) spoke after its child \(child)",
            since: HybridTime(rawValue: receivedMicroseconds)
        ).insert(db)
    }

    private mutating func noteRefusals(
        _ incarnation: Incarnation, _ first: UInt64, _ last: UInt64
    ) throws {
        for refused in try RefusedOperation.all(incarnation, first...last, db) {
            verdicts.append(IntakeAnswer.Verdict(id: refused.id, refusal: refused.refusal))
        }
    }

    /// The cursor of the run's incarnation; a new one when the hub doesn't know it.
    private mutating func cursor(_ run: Run) throws -> IncarnationCursor {
        guard let known = try known(run.incarnation) else {
            return IncarnationCursor(
                incarnation: run.incarnation, station: station, link: run.link, sequence: 0,
                chain: OperationChain.start, rank: 0)
        }
        guard known.station == station, run.link == nil || known.link == run.link
        else {
            throw HubError.incarnationTaken(run.incarnation)
        }
        return known
    }

    private mutating func known(_ incarnation: Incarnation) throws -> IncarnationCursor? {
        if let cursor = cursors[incarnation] { return cursor }
        let cursor = try IncarnationCursor.one(incarnation, db)
        cursors[incarnation] = cursor
        return cursor
    }

    /// Of every incarnation in the request, and of a parent that a child waits for.
    private mutating func answerCursors(_ runs: [Run]) throws -> [HubCursor] {
        var incarnations: [Incarnation] = []
        for run in runs {
            if let link = run.link, try known(run.incarnation) == nil, try !holdsParent(run) {
                incarnations.append(link.parent)
            }
            incarnations.append(run.incarnation)
        }
        var answered: Set<Incarnation> = []
        return try incarnations.filter { answered.insert($0).inserted }.map { incarnation in
            let cursor = try known(incarnation)
            return HubCursor(
                incarnation: incarnation, sequence: cursor?.sequence ?? 0,
                chain: cursor?.chain ?? OperationChain.start)
        }
    }
}
