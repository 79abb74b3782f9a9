import CurlHTTP
import HubStorage
import LinuxIO
import Logging
import Replication

/// Brings the log to one sink, in order, and moves its cursor when the receiver has confirmed.
struct SinkPump {
    let id: Int64
    let name: String
    let tenant: TenantStore
    let workshop: CarrierWorkshop
    let log: Logger

    private var pace: SinkPace { workshop.pace }
    private var carrier: (any Carrier)?
    private var size: BatchSize
    private var backoff: Backoff
    /// Operations set aside since the last one that was taken.
    private var parkedInRow = 0
    private var isTroubled = false

    /// As many set aside one after the other mean that it isn't the operations' fault.
    static let parkedInRowLimit = 20

    init(
        _ sink: Sink, of tenant: TenantStore, _ workshop: CarrierWorkshop, log: Logger
    ) {
        (id, name) = (sink.id, sink.name)
        (self.tenant, self.workshop, self.log) = (tenant, workshop, log)
        size = BatchSize(full: workshop.batch(of: sink))
        backoff = Backoff(
            first: workshop.pace.firstPause, limit: workshop.pace.pauseLimit)
    }

    var key: String { Self.key(workshop.tenant, id) }

    /// Tells a sink from all others of all tenants.
    static func key(_ tenant: String, _ id: Int64) -> String { "\(tenant)/\(id)" }

    /// Returns when the sink is removed, or its task is cancelled.
    mutating func run() async {
        defer { carrier?.close() }
        while !Task.isCancelled {
            do {
                guard let sink = try await tenant.sink(id) else { return }
                guard sink.state == .active else {
                    letGo()
                    try await Task.sleep(for: pace.look)
                    continue
                }
                try await work(on: sink)
            } catch is CancellationError {
                return
            } catch {
                log.error("hub: sink \(name): \(error); trying again")
                // Cancelled: the loop's condition sees it.
                try? await Task.sleep(for: backoff.next { .random(in: 0..<1) })
            }
        }
    }

    private mutating func letGo() {
        carrier?.close()
        carrier = nil
    }

    private mutating func work(on sink: Sink) async throws {
        let carrier: any Carrier
        do throws(SinkSetupError) {
            carrier = if let known = self.carrier { known } else { try workshop.carrier(for: sink) }
        } catch {
            return try await wait(after: SinkFault(error), asked: nil, sink)
        }
        self.carrier = carrier
        if let parked = try await tenant.wantedParked(of: sink) {
            return try await deliverAgain(parked, carrier, sink)
        }
        let records = try await carrier.records(
            after: sink.position, limit: size.current, in: tenant)
        guard !records.isEmpty else { return try await waitForMore(after: sink.position) }
        let delivery = try await carrier.deliver(records)
        try await settle(delivery, of: records, sink)
    }

    private mutating func settle(
        _ delivery: Delivery, of records: [SinkRecord], _ sink: Sink
    ) async throws {
        if delivery.takenCount > 0 {
            let position = records[delivery.takenCount - 1].position
            guard try await tenant.advanceSink(sink, to: position, now: pace.clock()) else {
                return
            }
            succeeded(upTo: position, records.prefix(delivery.takenCount))
        }
        switch delivery.trouble {
        case nil: return
        // What is left is tried by itself before it is judged.
        case .refused where delivery.takenCount > 0: return
        case .refused(let fault) where delivery.triedCount > 1:
            size.halve(delivery.triedCount, upTo: records[delivery.triedCount - 1].position)
            log.debug("hub: sink \(name): \(fault.message); trying fewer")
        case .refused(let fault): try await park(records[0], fault, sink)
        case .later(let fault, let asked): try await wait(after: fault, asked: asked, sink)
        case .gone(let fault): try await stop(sink, .paused, fault, .gone)
        }
    }

    private mutating func succeeded(
        upTo position: FeedPosition, _ records: ArraySlice<SinkRecord>
    ) {
        size.passed(position)
        backoff.reset()
        if records.contains(where: { !$0.payload.isEmpty }) { parkedInRow = 0 }
        if isTroubled { log.notice("hub: sink \(name): it takes again") }
        isTroubled = false
    }

    private mutating func park(
        _ record: SinkRecord, _ fault: SinkFault, _ sink: Sink
    ) async throws {
        guard parkedInRow < Self.parkedInRowLimit else {
            let all = SinkFault(
                .refusesAll, "\(parkedInRow) operations in a row were refused: \(fault.message)")
            parkedInRow = 0
            return try await stop(sink, .failed, all, .failed)
        }
        let isParked = try await tenant.park(
            record.id, at: record.position, of: sink, fault.stored(now: pace.clock()))
        guard isParked else { return }
        parkedInRow += 1
        size.passed(record.position)
        log.warning("hub: sink \(name): set operation \(record.id) aside: \(fault.message)")
    }

    private mutating func stop(
        _ sink: Sink, _ state: Sink.State, _ fault: SinkFault, _ action: SinkAudit.Action
    ) async throws {
        log.error("hub: sink \(name) is \(state): \(fault.message) [\(fault.code.rawValue)]")
        try await tenant.stopSink(sink, becoming: state, fault.stored(now: pace.clock()), action)
    }
}

extension SinkPump {
    private mutating func deliverAgain(
        _ parked: ParkedOperation, _ carrier: any Carrier, _ sink: Sink
    ) async throws {
        let records = try await carrier.records(after: parked.position - 1, limit: 1, in: tenant)
        guard records.first?.id.description == parked.operation else {
            let fault = SinkFault(.refused, "operation \(parked.operation) is not in the log")
            return try await tenant.parkedRefused(
                parked, of: sink, fault.stored(now: pace.clock()))
        }
        let delivery = try await carrier.deliver(records)
        switch delivery.trouble {
        case nil:
            try await tenant.parkedDelivered(parked, of: sink, now: pace.clock())
            (parkedInRow, isTroubled) = (0, false)
            backoff.reset()
        case .refused(let fault):
            try await tenant.parkedRefused(parked, of: sink, fault.stored(now: pace.clock()))
        case .later(let fault, let asked): try await wait(after: fault, asked: asked, sink)
        case .gone(let fault): try await stop(sink, .paused, fault, .gone)
        }
    }

    /// Rests as long as the receiver asks, or ever longer; a person's word ends it.
    private mutating func wait(after fault: SinkFault, asked: Duration?, _ sink: Sink) async throws
    {
        let pause = max(asked ?? .zero, backoff.next { .random(in: 0..<1) })
        try await tenant.note(fault.stored(now: pace.clock()), at: sink)
        if !isTroubled {
            log.warning("hub: sink \(name): \(fault.message) [\(fault.code.rawValue)]")
        }
        isTroubled = true
        let end = SystemTime.monotonic + pause
        while true {
            let left = end - SystemTime.monotonic
            guard left > .zero else { return }
            try await Task.sleep(for: min(left, pace.look))
            guard try await tenant.sink(id)?.orders == sink.orders else { return backoff.reset() }
        }
    }

    /// Until the log grows. Another process may have written, and a person given an order, of which
    /// no bell tells.
    private func waitForMore(after position: FeedPosition) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [tenant] in await tenant.waitForFeed(after: position) }
            group.addTask { [pace] in try await Task.sleep(for: pace.look) }
            try await group.next()
            group.cancelAll()
        }
        try Task.checkCancellation()
    }
}
