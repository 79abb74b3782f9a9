import HTTPTypes
import OperatorGrants

/// What a caller must be for a route. A route that stands nowhere here is nobody's.
enum AccessPolicy: Sendable, Equatable {
    /// For anybody: it says nothing of the station's content, or is the way in.
    case open
    /// Anybody on this machine; from others, at least a viewer.
    case reading
    /// Where a login is required, and from other machines always.
    case role(OperatorRole)
    /// Through the station's socket only.
    case administration

    static func of(_ method: HTTPRequest.Method, _ path: String) -> AccessPolicy? {
        table["\(method.rawValue) \(path)"]
    }

    /// By method and path, as the router knows it.
    static let table: [String: AccessPolicy] = [
        "GET /healthz": .open, "GET /readyz": .open,
        "GET /openapi.json": .open, "GET /asyncapi.json": .open,
        "GET /v1/session": .open, "POST /v1/session": .open,
        "POST /v1/login": .open, "POST /v1/logout": .open,

        "GET /metrics": .reading, "GET /v1/status": .reading, "GET /v1/store": .reading,
        "GET /v1/devices": .reading, "GET /v1/events": .reading,
        "GET /v1/batches": .reading, "GET /v1/batches/:code": .reading,
        "GET /v1/batches/current": .reading, "GET /v1/batches/:code/paper": .reading,
        "GET /v1/consumers": .reading, "GET /v1/lists": .reading, "GET /v1/lists/:code": .reading,
        "GET /v1/lookup": .reading, "GET /v1/search": .reading,
        "GET /v1/assignments": .reading, "GET /v1/assignments/:code": .reading,
        "GET /v1/assignments/current": .reading,
        "GET /v1/conflicts": .reading, "GET /v1/tasks": .reading,
        "GET /v1/outbox": .reading, "GET /v1/outbox/preview": .reading,
        "GET /v1/outbox/dead": .reading, "GET /v1/outbox/audit": .reading,

        "POST /v1/scans": .role(.operator), "POST /v1/commands": .role(.operator),
        "POST /v1/assignments": .role(.operator), "POST /v1/lists": .role(.operator),
        "POST /v1/assignments/answer": .role(.operator),
        "POST /v1/assignments/pause": .role(.operator),
        "POST /v1/assignments/:code/start": .role(.operator),
        "POST /v1/catalogue/teach": .role(.operator),
        "POST /v1/devices/release": .role(.operator),
        "POST /v1/devices/:name/locate": .role(.operator),
        "POST /v1/sync/now": .role(.operator),

        "POST /v1/devices": .role(.supervisor),
        "POST /v1/devices/identify": .role(.supervisor),
        "POST /v1/devices/:name/disable": .role(.supervisor),
        "POST /v1/devices/:name/enable": .role(.supervisor),
        "POST /v1/devices/:name/move": .role(.supervisor),
        "POST /v1/conflicts/:id/resolve": .role(.supervisor),
        "POST /v1/outbox/hold": .role(.supervisor),
        "POST /v1/outbox/release": .role(.supervisor),
        "POST /v1/outbox/dead/:id/:action": .role(.supervisor),
        "GET /v1/bundle": .role(.supervisor), "POST /v1/bundle": .role(.supervisor),
        "POST /v1/enrol": .role(.supervisor), "POST /v1/key/rotate": .role(.supervisor),

        "GET /v1/tokens": .administration, "POST /v1/tokens": .administration,
        "POST /v1/tokens/:name/revoke": .administration,
    ]

    /// Throws `ConsoleError` when `caller` may not.
    func check(_ caller: Caller, isLoginRequired: Bool) throws(ConsoleError) {
        switch self {
        case .open: return
        case .administration:
            guard caller.door == .socket else { throw .socketOnly }
        case .reading:
            if caller.door == .network { try require(.viewer, of: caller) }
        case .role(let role):
            if caller.door == .network || caller.door == .loopback && isLoginRequired {
                try require(role, of: caller)
            }
        }
    }

    private func require(_ role: OperatorRole, of caller: Caller) throws(ConsoleError) {
        guard let own = caller.role else { throw .loginNeeded }
        guard own >= role else { throw .roleNeeded(role) }
    }
}
