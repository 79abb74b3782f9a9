public import CurlHTTP
public import Logging
public import OperatorGrants
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
        let backoff = SharedBackoff(limit: settings.backoffLimit)
        let size = SharedBatchSize()
        while !Task.isCancelled {
            do {
                guard let enrolment = try await store.read({ try $0.enrolment() }) else {
                    status.set(.notEnrolled)
                    await urge.wait()
                    continue
                }
                if case .offline = status.current {} else { status.set(.connecting) }
                let clock = HubClock(settings.wallClock)
                let rotation = KeyRotation(loop: self, enrolment: enrolment, clock: clock)
                try await SyncSession(
                    loop: self, enrolment: enrolment, rotation: rotation,
                    key: try await rotation.begin(), size: size, backoff: backoff
                ).run()
            } catch is CancellationError {
                return
            } catch is SyncSession.Changed {
                backoff.reset()
            } catch {
                await rest(after: error, backoff)
            }
        }
    }

    private func rest(after error: any Error, _ backoff: SharedBackoff) async {
        let fault = LinkFault(error)
        let state = LinkState.offline(code: fault.code, message: fault.message)
        if status.current != state { fault.report(to: log) }
        status.set(state)
        var wait = backoff.next()
        if case .busy(let retryAfter?) = error as? SyncError { wait = max(wait, retryAfter) }
        if await urge.wait(atMost: wait) { backoff.reset() }
    }
}

/// What the synchronisation needs to be told.
public struct SyncSettings: Sendable {
    public var software: String
    public var fingerprint: String
    public var backoffLimit: Duration
    /// An older key is changed.
    public var keyAgeLimit: Duration
    /// Microseconds since 1970, by this machine's clock.
    public var wallClock: @Sendable () -> Int64
    /// Called after each request to the hub; must not take long.
    public var measured: @Sendable (RequestMeasure) -> Void = { _ in }
    /// Called after the hub said anew who may work here, with what is wrong when that was not
    /// taken; must not take long.
    public var rosterHeard: @Sendable (GrantError?) -> Void = { _ in }

    public init(
        software: String, fingerprint: String, backoffLimit: Duration = .seconds(300),
        keyAgeLimit: Duration = .seconds(90 * 24 * 3600),
        wallClock: @escaping @Sendable () -> Int64
    ) {
        self.software = software
        self.fingerprint = fingerprint
        self.backoffLimit = backoffLimit
        self.keyAgeLimit = keyAgeLimit
        self.wallClock = wallClock
    }
}
