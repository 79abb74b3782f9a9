import Replication
import StationStorage
import SwiftProtobuf
import SyncProtocol

/// The first exchange of a session: who we are, what the hub has of us, how our clocks differ.
struct Greeting: Sendable {
    /// Lives that are told: the hub takes a thousand. What the hub has of older ones, it had
    /// long ago.
    private static let livesLimit = 1000

    let store: StationStore
    let client: HubClient
    let clock: HubClock
    let settings: SyncSettings

    /// What the hub said of itself.
    struct Welcome: Sendable {
        var generation: String
        /// The end of its feed.
        var position: FeedPosition
    }

    func greet() async throws -> Welcome {
        let (lives, position, enrolment) = try await store.read {
            (try $0.lives(), try $0.feedPosition(), try $0.enrolment())
        }
        let told = Greeting.told(lives)
        let sent = clock.local
        let answer = try await client.hello(request(told, position, sent))
        // The hub read its clock about halfway through the exchange.
        let offset = answer.hubTime &- (sent + (clock.local - sent) / 2)
        clock.set(offset: offset)
        let held = Dictionary(
            answer.cursors.map { (Incarnation(rawValue: $0.incarnation), $0) },
            uniquingKeysWith: { first, _ in first })
        let hasGoneBack =
            answer.generation != enrolment?.generation || answer.feedPosition < position
            || told.contains { held[$0.incarnation]?.sequence ?? 0 < $0.acknowledged }
        // Before it is noted that the hub is another: who is cut off here begins again.
        if hasGoneBack {
            try await askOfOthers(lives, than: told, position)
            try await GivingBack(store: store, client: client).run()
        }
        let now = clock.local
        try await store.write { transaction in
            transaction.noteHub(generation: answer.generation, offsetMicroseconds: offset)
            try transaction.noteHubKey(Array(answer.hubKey))
            for life in told {
                try transaction.take(life, held: held[life.incarnation] ?? WireCursor(), now)
            }
            // From where it was restored nobody knows: what comes again is harmless.
            if hasGoneBack { transaction.rewindFeed(to: 0) }
            // The hub has more of us than we: this is an older image. Soon all is compared.
            if try answer.cursors.contains(where: { try transaction.lacks($0) }) {
                transaction.noteAudit(wallMicroseconds: 0)
            }
        }
        return Welcome(generation: answer.generation, position: answer.feedPosition)
    }

    /// A hub that lost something may have lost what is old as well.
    private func askOfOthers(
        _ lives: [LifeState], than told: [LifeState], _ position: FeedPosition
    ) async throws {
        let known = Set(told.map(\.incarnation))
        var others = lives.filter { !known.contains($0.incarnation) }[...]
        while !others.isEmpty {
            let page = Array(others.prefix(Self.livesLimit))
            others = others.dropFirst(page.count)
            let answer = try await client.hello(request(page, position, clock.local))
            let held = Dictionary(
                answer.cursors.map { (Incarnation(rawValue: $0.incarnation), $0) },
                uniquingKeysWith: { first, _ in first })
            let now = clock.local
            try await store.write { transaction in
                for life in page {
                    try transaction.take(life, held: held[life.incarnation] ?? WireCursor(), now)
                }
            }
        }
    }

    private func request(
        _ lives: [LifeState], _ position: FeedPosition, _ wallTime: Int64
    ) -> WireHelloRequest {
        .with {
            $0.incarnations = lives.map(\.wire)
            $0.feedPosition = position
            $0.kinds = OperationKind.names
            $0.wallTime = wallTime
            $0.fingerprint = settings.fingerprint
            $0.software = settings.software
        }
    }

    /// The youngest, and before them the oldest that have something to send.
    static func told(_ lives: [LifeState]) -> [LifeState] {
        guard lives.count > livesLimit else { return lives }
        let young = lives.suffix(livesLimit / 2)
        let waiting = lives.dropLast(young.count).lazy.filter { $0.acknowledged < $0.lastSequence }
        return Array(waiting.prefix(livesLimit / 2)) + young
    }
}

extension StationTransaction {
    /// Whether the hub ends a life with an operation that isn't here, not even from its feed.
    fileprivate func lacks(_ cursor: WireCursor) throws -> Bool {
        let last = OperationID(
            incarnation: Incarnation(rawValue: cursor.incarnation), sequence: cursor.sequence)
        return try cursor.sequence > 0 && chain(after: last) == nil
    }

    /// The hub's cursor is the truth, also when it is behind what the hub once said.
    ///
    /// It may count the operations of a copy of this database. What can't be told from them is
    /// sent again, and the hub compares.
    fileprivate mutating func take(_ life: LifeState, held: WireCursor, _ now: Int64) throws {
        guard held.sequence <= life.lastSequence else {
            // What came after our last is not ours to judge; that our last is there, is.
            return try rewind(life.incarnation, to: max(life.lastSequence, 1) - 1)
        }
        let last = OperationID(incarnation: life.incarnation, sequence: held.sequence)
        guard try held.sequence == 0 || chain(after: last) == Array(held.chain) else {
            // It once had ours and was put back, and a copy of us came first.
            if held.sequence <= life.acknowledged { try rewind(life.incarnation, to: 0) }
            return
        }
        if held.sequence < life.acknowledged {
            try rewind(life.incarnation, to: held.sequence)
        } else if held.sequence > life.acknowledged {
            try acknowledge(life.incarnation, upTo: held.sequence, wallMicroseconds: now)
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
