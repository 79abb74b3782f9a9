import Logging
import StationStorage
import Synchronization

/// One direction of a session. It goes on after faults of its own; those of the link end it.
struct Leg: Sendable {
    enum Direction: Int, Sendable { case up, down }

    let direction: Direction
    let health: SessionHealth
    let backoff: SharedBackoff
    /// Ends a pause.
    let nudge = Wakeup()

    /// Runs `body` again and again. It calls its argument when it has got somewhere.
    func run(_ body: (_ progressed: () -> Void) async throws -> Void) async throws {
        while true {
            try Task.checkCancellation()
            do {
                try await body {
                    backoff.reset()
                    health.note(nil, of: direction)
                }
            } catch let error as CancellationError {
                throw error
            } catch let error as SyncError where error.endsSession {
                throw error
            } catch {
                health.note(error, of: direction)
                if await nudge.wait(atMost: backoff.next()) { backoff.reset() }
            }
        }
    }
}

/// How the two directions of a session stand.
final class SessionHealth: Sendable {
    private let faults = Mutex<[Leg.Direction: LinkFault]>([:])
    private let status: LinkStatus
    private let log: Logger

    init(status: LinkStatus, log: Logger) {
        self.status = status
        self.log = log
    }

    func note(_ error: (any Error)?, of direction: Leg.Direction) {
        let fault = error.map { LinkFault($0) }
        let (isNew, first) = faults.withLock { faults in
            let isNew = faults[direction] != fault
            faults[direction] = fault
            return (isNew, faults[.up] ?? faults[.down])
        }
        if isNew, let fault { fault.report(to: log) }
        status.set(first.map { .offline(code: $0.code, message: $0.message) } ?? .online)
    }
}

/// What is wrong, in words and as a stable code.
struct LinkFault: Sendable, Equatable {
    var code: String
    var message: String

    init(_ error: any Error) {
        code = (error as? SyncError)?.code ?? (error as? StoreError)?.code ?? "sync-failed"
        message = "\(error)"
    }

    func report(to log: Logger) {
        log.notice("hub: \(message)", metadata: ["code": "\(code)"])
    }
}
