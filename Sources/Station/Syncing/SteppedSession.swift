package import CurlHTTP
import Logging
package import StationStorage

/// A session with the hub that goes on only when it is told to, over a transport of the caller's.
///
/// The parts are those of `SyncSession`; what is missing is time: nothing waits, nothing repeats.
package struct SteppedSession: Sendable {
    private let client: HubClient
    private let clock: HubClock
    private let enrolment: Enrolment
    private let limits: Limits
    /// nil: the hub has to be greeted.
    private var welcome: Greeting.Welcome?

    /// Smaller ones than a station's own bring to light in ten operations what takes it thousands.
    package struct Limits: Sendable {
        /// Operations in a page of the feed or of a snapshot.
        package var page: Int
        /// Up to so many operations a feed is read from its beginning.
        package var snapshotFloor: UInt64
        /// Whether what is here is compared with the hub when that is due.
        package var audits: Bool

        /// Those of a station that never compares.
        package static let ofStations = Limits(
            page: HubClient.pageLimit, snapshotFloor: Snapshot.feedLimit, audits: false)

        package init(page: Int, snapshotFloor: UInt64, audits: Bool) {
            (self.page, self.snapshotFloor, self.audits) = (page, snapshotFloor, audits)
        }
    }

    package init(
        enrolment: Enrolment, key: StationKey, limits: Limits,
        wallClock: @escaping @Sendable () -> Int64,
        transport: @escaping @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPResponse
    ) {
        self.enrolment = enrolment
        self.limits = limits
        clock = HubClock(wallClock)
        client = HubClient(
            transport: transport, enrolment: enrolment, key: key, clock: clock,
            pageLimit: limits.page)
    }

    /// Greets if need be, sends all that waits in batches of at most `largest`, and takes up to
    /// `pages` answers of the feed.
    package mutating func exchange(
        of store: StationStore, largest: Int, pages: Int
    ) async throws {
        try await spell(of: store) { session, welcome in
            try await session.send(store, largest: largest)
            try await session.take(session.downstream(store, welcome), pages: pages)
        }
    }

    /// Compares all that is here with the hub. Answers with how many ranges differed.
    package mutating func audit(_ store: StationStore) async throws -> Int {
        try await spell(of: store) { try await $0.audit(store, $1).run() }
    }

    private mutating func spell<Result>(
        of store: StationStore,
        _ body: (SteppedSession, Greeting.Welcome) async throws -> Result
    ) async throws -> Result {
        do {
            let welcome = try await greeted(store)
            self.welcome = welcome
            return try await body(self, welcome)
        } catch let error as SyncError {
            if error.endsSession { welcome = nil }
            throw error
        }
    }

    private func greeted(_ store: StationStore) async throws -> Greeting.Welcome {
        if let welcome { return welcome }
        let settings = SyncSettings(software: "s", fingerprint: "", wallClock: { 0 })
        return try await Greeting(
            store: store, client: client, clock: clock, settings: settings
        ).greet()
    }

    private func send(_ store: StationStore, largest: Int) async throws {
        let size = SharedBatchSize()
        while size.count > largest { size.failed() }
        try await Upstream(
            store: store, client: client, clock: clock, work: Wakeup(), size: size
        ).drain()
    }

    private func take(_ downstream: Downstream, pages: Int) async throws {
        guard pages > 0 else { return }
        try await downstream.catchUp({})
        try await downstream.auditWhenDue()
        for _ in 0..<pages { guard try await downstream.turn() else { return } }
    }

    private func downstream(_ store: StationStore, _ welcome: Greeting.Welcome) -> Downstream {
        Downstream(
            store: store, client: client, clock: clock, generation: welcome.generation,
            enrolment: enrolment, hubPosition: welcome.position,
            snapshotFloor: limits.snapshotFloor,
            audit: limits.audits ? audit(store, welcome) : nil)
    }

    private func audit(_ store: StationStore, _ welcome: Greeting.Welcome) -> Audit {
        Audit(
            store: store, client: client, clock: clock, generation: welcome.generation,
            log: Logger(label: "stepped", factory: { _ in SwiftLogNoOpLogHandler() }))
    }
}
