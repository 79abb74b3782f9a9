package import CurlHTTP
package import StationStorage

/// A session with the hub that goes on only when it is told to, over a transport of the caller's.
///
/// The parts are those of `SyncSession`; what is missing is time: nothing waits, nothing repeats.
package struct SteppedSession: Sendable {
    private let client: HubClient
    private let clock: HubClock
    private let enrolment: Enrolment
    /// nil: the hub has to be greeted.
    private var generation: String?

    package init(
        enrolment: Enrolment, key: StationKey, wallClock: @escaping @Sendable () -> Int64,
        transport: @escaping @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPResponse
    ) {
        self.enrolment = enrolment
        clock = HubClock(wallClock)
        client = HubClient(
            transport: transport, enrolment: enrolment, key: key, clock: clock)
    }

    /// Greets if need be, sends all that waits in batches of at most `largest`, and takes up to
    /// `pages` answers of the feed.
    package mutating func exchange(
        of store: StationStore, largest: Int, pages: Int
    ) async throws {
        do {
            let generation = try await greeted(store)
            try await send(store, largest: largest)
            try await take(store, pages: pages, of: generation)
        } catch let error as SyncError {
            if error.endsSession { generation = nil }
            throw error
        }
    }

    private mutating func greeted(_ store: StationStore) async throws -> String {
        if let generation { return generation }
        let settings = SyncSettings(software: "s", fingerprint: "", wallClock: { 0 })
        let generation = try await Greeting(
            store: store, client: client, clock: clock, settings: settings
        ).exchange()
        self.generation = generation
        return generation
    }

    private func send(_ store: StationStore, largest: Int) async throws {
        let size = SharedBatchSize()
        while size.count > largest { size.failed() }
        try await Upstream(
            store: store, client: client, clock: clock, work: Wakeup(), size: size
        ).drain()
    }

    private func take(_ store: StationStore, pages: Int, of generation: String) async throws {
        let downstream = Downstream(
            store: store, client: client, clock: clock, generation: generation,
            enrolment: enrolment)
        for _ in 0..<pages { guard try await downstream.turn() else { return } }
    }
}
