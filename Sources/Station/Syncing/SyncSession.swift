import Replication
import StationStorage
import Synchronization
import SyncProtocol
import SwiftProtobuf

/// One spell of being connected to the hub.
struct SyncSession: Sendable {
    private let store: StationStore
    private let settings: SyncSettings
    private let work: Wakeup
    private let client: HubClient
    private let size: SharedBatchSize
    private let offset: HubOffset

    init(loop: SyncLoop, enrolment: Enrolment) {
        let offset = HubOffset()
        store = loop.store
        settings = loop.settings
        work = loop.work
        size = SharedBatchSize()
        self.offset = offset
        client = HubClient(
            http: loop.http, hubURL: enrolment.hubURL, station: enrolment.station, key: loop.key,
            clock: { [wallClock = loop.settings.wallClock] in wallClock() + offset.microseconds })
    }

    /// Says who we are, learns what the hub has of us and how our clocks differ.
    func greet() async throws {
        let (lives, position) = try await store.read { (try $0.lives(), try $0.feedPosition()) }
        let sent = settings.wallClock()
        let answer = try await client.hello(
            .with {
                $0.incarnations = lives.map(\.wire)
                $0.feedPosition = position
                $0.kinds = OperationKind.names
                $0.wallTime = sent
                $0.fingerprint = settings.fingerprint
                $0.software = settings.software
            })
        let received = settings.wallClock()
        // The hub read its clock about halfway through the exchange.
        let difference = answer.hubTime - (sent + (received - sent) / 2)
        offset.set(difference)
        try await store.write { transaction in
            transaction.noteHub(generation: answer.generation, offsetMicroseconds: difference)
            try transaction.take(answer.cursors, wallMicroseconds: received)
        }
    }

    /// Sends until nothing waits.
    func drain() async throws {
        while try await pushOnce() {}
    }

    /// Sends whatever comes to wait.
    func push() async throws {
        while true {
            try await drain()
            await work.wait()
            try Task.checkCancellation()
        }
    }

    /// Takes in the feed, page by page.
    func follow() async throws {
        while true {
            try Task.checkCancellation()
            let position = try await store.read { try $0.feedPosition() }
            guard let page = try await client.feed(after: position) else { continue }
            let runs = try page.runs.map { run throws in try FeedRun(run) }
            let now = settings.wallClock()
            try await store.write { transaction in
                for run in runs { try transaction.apply(run, wallMicroseconds: now) }
                transaction.advanceFeed(to: page.position)
            }
        }
    }

    /// Sends one request. false: nothing waits.
    private func pushOnce() async throws -> Bool {
        let limit = size.count
        let runs = try await store.read { try $0.unsent(limit: limit) }
        guard !runs.isEmpty else { return false }
        var request = WireOpsRequest()
        request.runs = try runs.map { run throws in try run.wire }
        let started = ContinuousClock.now
        do {
            let answer = try await client.push(request)
            size.succeeded(in: ContinuousClock.now - started, advised: Int(answer.advisedBatch))
            try await take(answer)
        } catch SyncError.tooLarge where limit > 1 {
            size.failed()
        } catch let error as SyncError {
            size.failed()
            throw error
        }
        return true
    }

    private func take(_ answer: WireOpsResponse) async throws {
        let now = settings.wallClock()
        try await store.write { transaction in
            try transaction.take(answer.cursors, wallMicroseconds: now)
            for verdict in answer.verdicts {
                try transaction.park(
                    OperationID(
                        incarnation: Incarnation(rawValue: verdict.incarnation),
                        sequence: verdict.sequence),
                    refusal: Refusal(verdict), wallMicroseconds: now)
            }
        }
    }
}

extension StationTransaction {
    fileprivate mutating func take(_ cursors: [WireCursor], wallMicroseconds: Int64) throws {
        for cursor in cursors {
            try acknowledge(
                Incarnation(rawValue: cursor.incarnation), upTo: cursor.sequence,
                wallMicroseconds: wallMicroseconds)
        }
    }
}

extension LifeState {
    fileprivate var wire: WireIncarnationState {
        .with {
            $0.incarnation = incarnation.rawValue
            $0.lastSequence = lastSequence
            if let link { $0.parent = link.wire }
        }
    }
}

/// The batch size, shared by the tasks of a session.
private final class SharedBatchSize: Sendable {
    private let size = Mutex(BatchSize())

    var count: Int { size.withLock { $0.count } }

    func succeeded(in time: Duration, advised: Int) {
        size.withLock { $0.succeeded(in: time, advised: advised) }
    }

    func failed() {
        size.withLock { $0.failed() }
    }
}

/// The hub's clock less ours.
private final class HubOffset: Sendable {
    private let value = Mutex(Int64(0))

    var microseconds: Int64 { value.withLock { $0 } }

    func set(_ microseconds: Int64) {
        value.withLock { $0 = microseconds }
    }
}
