import Replication
import StationStorage
import SwiftProtobuf
import SyncProtocol

/// Brings the station's operations to the hub, oldest first, one request at a time.
///
/// While a request is on its way the next is read and made, and what the last answer said is
/// stored. Two requests are all that is ever in memory, however much waits.
struct Upstream: Sendable {
    let store: StationStore
    let client: HubClient
    let clock: HubClock
    let work: Wakeup
    let size: SharedBatchSize

    /// Sends whatever comes to wait. `drained` is called each time that nothing more waits.
    func run(drained: () -> Void) async throws {
        while true {
            try await drain()
            drained()
            await work.wait()
            try Task.checkCancellation()
        }
    }

    /// Sends until nothing waits.
    func drain() async throws {
        var answered: Answer?
        var next = try await prepare(beyond: [:])
        // What was made ready before somebody held the outbox stays here as well.
        while let batch = next, try await !isHeld() {
            let unstored = answered
            async let following = prepare(beyond: batch.ends)
            async let stored: Void = take(unstored)
            let answer = try await send(batch)
            try await stored
            answered = answer.map { Answer(message: $0, batch: batch) }
            switch answer.map({ batch.outcome($0.cursors) }) {
            case .all?: next = try await following
            case .some?, nil:
                // What was made ready follows on what the hub didn't take.
                _ = try await following
                try await take(answered)
                (answered, next) = (nil, try await prepare(beyond: [:]))
            case .nothing?: throw SyncError.outOfStep("it took none of \(batch.count) operations")
            }
        }
        try await take(answered)
    }

    private func isHeld() async throws -> Bool {
        try await store.read { try $0.outboxHold() } != nil
    }

    private struct Answer: Sendable {
        let message: WireOpsResponse
        let batch: Batch
    }

    private func prepare(beyond sent: [Incarnation: UInt64]) async throws -> Batch? {
        let limit = size.count
        let runs = try await store.read { try $0.unsent(limit: limit, beyond: sent) }
        return try Batch(runs, beyond: sent)
    }

    /// nil: it was too much at once.
    private func send(_ batch: Batch) async throws -> WireOpsResponse? {
        let started = ContinuousClock.now
        do {
            let answer = try await client.push(batch.body)
            size.succeeded(in: ContinuousClock.now - started, advised: Int(answer.advisedBatch))
            return answer
        } catch let error as SyncError {
            if error.mayBeDueToSize { size.failed() }
            if case .fork("fork", _, let agreed) = error { try await part(batch, agreed) }
            if case .tooLarge = error, batch.count > 1 { return nil }
            throw error
        }
    }

    /// A copy of this database spoke first. Where the hub can't say how far both agree, all of
    /// the life is sent again: then it can.
    private func part(_ batch: Batch, _ agreed: OperationID?) async throws {
        let lives = batch.ends.keys
        try await store.write { transaction in
            if let agreed {
                try transaction.noteFork(of: agreed.incarnation, agreed: agreed.sequence)
            } else {
                for life in lives { try transaction.rewind(life, to: 0) }
            }
        }
    }

    /// What is lost of this, the next greeting brings back.
    private func take(_ answer: Answer?) async throws {
        guard let answer else { return }
        let now = clock.local
        try await store.write { transaction in
            for cursor in answer.message.cursors {
                try transaction.acknowledge(
                    Incarnation(rawValue: cursor.incarnation), upTo: answer.batch.held(cursor),
                    wallMicroseconds: now)
            }
            for verdict in answer.message.verdicts {
                try transaction.park(
                    OperationID(
                        incarnation: Incarnation(rawValue: verdict.incarnation),
                        sequence: verdict.sequence),
                    refusal: Refusal(verdict), wallMicroseconds: now)
            }
        }
    }
}
