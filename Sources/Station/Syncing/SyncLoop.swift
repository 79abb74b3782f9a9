public import CurlHTTP
public import Logging
import Replication
public import StationStorage
import SyncProtocol

/// Brings operations to the hub and the hub's feed to the station, for as long as it runs.
///
/// The hub's cursor is the only checkpoint: after any doubt, what may be missing is sent again.
public struct SyncLoop: Sendable {
    let store: StationStore
    let http: HTTPClient
    let key: StationKey
    let settings: SyncSettings
    let log: Logger
    /// The link's state, for status pages.
    public let status: LinkStatus
    /// Signal it after operations were stored.
    public let work: Wakeup
    /// Signal it to end a wait for a hub that was away: a person asked, or a link came up.
    public let urge: Wakeup

    public init(
        store: StationStore, http: HTTPClient, key: StationKey, settings: SyncSettings,
        status: LinkStatus, log: Logger
    ) {
        self.store = store
        self.http = http
        self.key = key
        self.settings = settings
        self.status = status
        self.log = log
        self.work = Wakeup()
        self.urge = Wakeup()
    }

    /// Runs until its task is cancelled.
    public func run() async {
        var backoff = Backoff(limit: settings.backoffLimit)
        while !Task.isCancelled {
            do {
                guard let enrolment = try await store.read({ try $0.enrolment() }) else {
                    status.set(.notEnrolled)
                    await urge.wait()
                    continue
                }
                try await session(enrolment) { backoff.reset() }
            } catch is CancellationError {
                return
            } catch {
                await rest(after: error, &backoff)
            }
        }
    }

    private func rest(after error: any Error, _ backoff: inout Backoff) async {
        let code = (error as? SyncError)?.code ?? (error as? StoreError)?.code ?? "sync-failed"
        var wait = backoff.next { .random(in: 0..<1) }
        if case .busy(let retryAfter?) = error as? SyncError { wait = max(wait, retryAfter) }
        if status.current != .offline(code: code, message: "\(error)") {
            log.notice("hub: \(error)", metadata: ["code": "\(code)"])
        }
        status.set(.offline(code: code, message: "\(error)"))
        await urge.wait(atMost: wait)
    }

    /// One spell of being connected. Returns only by throwing.
    private func session(_ enrolment: Enrolment, connected: () -> Void) async throws {
        if case .offline = status.current {} else { status.set(.connecting) }
        let session = SyncSession(loop: self, enrolment: enrolment)
        try await session.greet()
        connected()
        status.set(.online)
        log.notice("hub: connected", metadata: ["station": "\(enrolment.station)"])
        try await session.drain()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await session.push() }
            group.addTask { try await session.follow() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}

/// What the synchronisation needs to be told.
public struct SyncSettings: Sendable {
    public var software: String
    public var fingerprint: String
    public var backoffLimit: Duration
    /// Microseconds since 1970, by this machine's clock.
    public var wallClock: @Sendable () -> Int64

    public init(
        software: String, fingerprint: String, backoffLimit: Duration = .seconds(300),
        wallClock: @escaping @Sendable () -> Int64
    ) {
        self.software = software
        self.fingerprint = fingerprint
        self.backoffLimit = backoffLimit
        self.wallClock = wallClock
    }
}
