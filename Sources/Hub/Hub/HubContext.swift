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
}
