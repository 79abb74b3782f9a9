import HubStorage
import Logging

/// What every route needs.
struct HubContext: Sendable {
    let store: HubStore
    let nonces: NonceMemory
    let greetings: Greetings
    /// Microseconds since 1970.
    let clock: @Sendable () -> Int64
    let log: Logger
    /// Of the hub's own key; nil: it doesn't speak TLS.
    var pin: String? = nil
    var metrics = HubMetrics()
    var sessions = UserSession.Rules()
}
