import HubStorage
import Hummingbird
import Logging
import Replication
import ServiceLifecycle
import SwiftProtobuf
import SyncProtocol

/// The calls of stations: docs/protocol.md.
struct SyncRoutes: Sendable {
    static let incarnationsLimit = 1000
    static let advisedBatch: UInt32 = 1000
    static let feedLimit = 2000
    static let waitLimitSeconds = 25

    let context: HubContext
    let gate: StationGate

    init(context: HubContext) {
        self.context = context
        gate = StationGate(context: context)
    }

    func add(to router: Router<HubRequestContext>) {
        router.post("/v1/enrol") { request, _ in try await enrol(request) }
        router.post("/v1/hello") { request, _ in try await hello(request) }
        router.post("/v1/ops") { request, _ in try await take(request) }
        router.get("/v1/feed") { request, _ in try await feed(request) }
        router.post("/v1/keys/rotate") { request, _ in try await rotateKey(request) }
        router.get("/v1/snapshot") { request, _ in try await snapshot(request) }
        router.get("/v1/catalogue") { request, _ in try await catalogue(request) }
        router.post("/v1/digest") { request, _ in try await digest(request) }
        router.get("/v1/operators") { request, _ in try await operators(request) }
    }

    private func enrol(_ request: Request) async throws -> Response {
        let exchange = try await MessageExchange(reading: request)
        let message = try exchange.message(WireEnrolRequest.self)
        let now = context.clock()
        let station = try await context.store.registry.enrol(
            Registry.Application(
                code: message.code, publicKey: Array(message.publicKey), name: message.name,
                fingerprint: message.fingerprint),
            now: now)
        context.log.notice("station \(station.code) enrolled as '\(station.name)'")
        return try exchange.answer(
            WireEnrolResponse.with {
                $0.station = station.code.rawValue
                $0.tenant = station.tenant
                $0.generation = context.store.registry.generation
                $0.hubTime = now
                $0.hubKey = context.store.registry.publicKeyBytes
            })
    }

    func hello(_ request: Request) async throws -> Response {
        let received = context.clock()
        let exchange = try await MessageExchange(reading: request)
        let station = try await gate.station(of: exchange)
        let message = try exchange.message(WireHelloRequest.self)
        guard message.incarnations.count <= Self.incarnationsLimit else {
            throw HubError.tooManyIncarnations(
                count: message.incarnations.count, limit: Self.incarnationsLimit)
        }
        let tenant = try context.store.tenant(station.tenant)
        try await note(message, from: station, in: tenant, received: received)
        let cursors = try await tenant.cursors(
            of: message.incarnations.map { Incarnation(rawValue: $0.incarnation) })
        return try exchange.answer(
            WireHelloResponse.with {
                $0.cursors = cursors.map(\.wire)
                $0.hubTime = context.clock()
                $0.feedPosition = tenant.position
                $0.generation = context.store.registry.generation
                $0.batchLimit = UInt32(TenantStore.operationsLimit)
                $0.hubKey = context.store.registry.publicKeyBytes
            })
    }

    private func note(
        _ message: WireHelloRequest, from station: StationRecord, in tenant: TenantStore,
        received: Int64
    ) async throws {
        let last = Dictionary(
            message.incarnations.map { (Incarnation(rawValue: $0.incarnation), $0.lastSequence) },
            uniquingKeysWith: max)
        context.greetings.note(
            HeldOperations(last: last, position: tenant.position), from: station.code)
        if !station.fingerprint.isEmpty, !message.fingerprint.isEmpty,
            station.fingerprint != message.fingerprint
        {
            try await tenant.raise(
                StationAlarm(
                    station: station.code, kind: .fingerprintChanged,
                    detail: "was \(station.fingerprint), is \(message.fingerprint)",
                    since: HybridTime(rawValue: received)))
        }
        // A station that doesn't tell its time is taken to be right.
        let offset = message.wallTime == 0 ? 0 : message.wallTime &- received
        try await context.store.registry.noteHello(
            station.code, offsetMicroseconds: offset, fingerprint: message.fingerprint,
            software: message.software, now: received)
    }

    private func rotateKey(_ request: Request) async throws -> Response {
        let exchange = try await MessageExchange(reading: request)
        let station = try await gate.station(of: exchange)
        let message = try exchange.message(WireRotateKeyRequest.self)
        try await context.store.registry.rotate(station, to: Array(message.publicKey))
        return try exchange.answer(
            WireRotateKeyResponse.with { $0.hubTime = context.clock() })
    }

    func take(_ request: Request) async throws -> Response {
        let exchange = try await MessageExchange(reading: request)
        let station = try await gate.station(of: exchange)
        let message = try exchange.message(WireOpsRequest.self)
        let runs = try message.runs.map { run throws in try Run(run, station: station.code) }
        let tenant = try context.store.tenant(station.tenant)
        try await takeBack(message.givenBack, from: station, in: tenant)
        let answer = try await tenant.take(runs, from: station, now: context.clock())
        context.metrics.took(
            answer, sent: runs.reduce(0) { $0 + $1.operations.count }, tenant: station.tenant)
        return try exchange.answer(
            WireOpsResponse.with {
                $0.cursors = answer.cursors.map(\.wire)
                $0.verdicts = answer.verdicts.map { $0.refusal.wire(of: $0.id) }
                $0.feedPosition = answer.position
                $0.advisedBatch = Self.advisedBatch
                $0.hubTime = context.clock()
            })
    }

    private func takeBack(
        _ runs: [WireRun], from station: StationRecord, in tenant: TenantStore
    ) async throws {
        guard !runs.isEmpty else { return }
        let runs = try runs.map { run throws in try Run(run, station: TenantStore.ownStation) }
        let count = try await tenant.takeBack(runs, now: context.clock())
        guard count > 0 else { return }
        context.log.notice(
            "station \(station.code) gave back \(count) operations that the hub made and lost")
    }

    func feed(_ request: Request) async throws -> Response {
        let exchange = try await MessageExchange(reading: request)
        let station = try await gate.station(of: exchange)
        let query = Query(request)
        let position = try query.position("pos")
        let limit = try query.number("max", in: 1...Self.feedLimit) ?? Self.feedLimit
        let wait = try query.number("wait", in: 0...Self.waitLimitSeconds) ?? 0
        let isWhole = try query.number("whole", in: 0...1) == 1
        let tenant = try context.store.tenant(station.tenant)
        await context.metrics.waiting {
            await waitForFeed(tenant, after: position, seconds: wait)
        }
        let slice = try await tenant.feed(
            after: position, limit: limit, for: station.code,
            held: isWhole ? nil : context.greetings.held(by: station.code))
        guard let slice else { return Response(status: .noContent) }
        return try exchange.answer(
            WireFeedPage.with {
                $0.runs = try slice.runs.map { run throws in try run.wire }
                $0.position = slice.position
                $0.generation = context.store.registry.generation
                $0.hubTime = context.clock()
            })
    }

    /// Returns when the feed has more, the time is over, or the hub stops.
    private func waitForFeed(
        _ tenant: TenantStore, after position: FeedPosition, seconds: Int
    ) async {
        // One that is ahead of this hub is told so at once.
        guard seconds > 0, tenant.position == position else { return }
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await tenant.waitForFeed(after: position) }
                // Cancelled when the bell rang first, and then it has done its work.
                group.addTask { try? await Task.sleep(for: .seconds(seconds)) }
                await group.next()
                group.cancelAll()
            }
        }
    }
}

extension HubCursor {
    var wire: WireCursor {
        .with {
            ($0.incarnation, $0.sequence) = (incarnation.rawValue, sequence)
            $0.chain = .init(chain)
        }
    }
}
