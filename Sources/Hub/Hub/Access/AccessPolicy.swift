import Accounts
import HTTPTypes

/// What a caller must be for a route. A route that stands nowhere here is nobody's.
enum AccessPolicy: Sendable, Equatable {
    /// For anybody: it says nothing of anybody's content, or is the way in.
    case open
    /// A station, which signs what it asks: `StationGate`.
    case station
    /// Whoever is logged in with a browser, whatever their role: their own account.
    case own
    case roles(Set<UserRole>)

    static let reading = AccessPolicy.roles(Set(UserRole.allCases))
    static let counting = AccessPolicy.roles([.admin, .supervisor, .operator])
    static let deciding = AccessPolicy.roles([.admin, .supervisor, .integrator])
    static let administration = AccessPolicy.roles([.admin])

    static func of(_ method: HTTPRequest.Method, _ path: String) -> AccessPolicy? {
        calls["\(method.rawValue) \(path)"] ?? pages["\(method.rawValue) \(path)"]
    }

    /// Calls of programs and stations: all of `openapi.json`, by method and path.
    static let calls: [String: AccessPolicy] = [
        "GET /healthz": .open, "GET /readyz": .open, "GET /openapi.json": .open,
        // Whoever has a one-time code.
        "POST /v1/enrol": .open,

        "POST /v1/hello": .station, "POST /v1/ops": .station, "GET /v1/feed": .station,
        "GET /v1/snapshot": .station, "GET /v1/catalogue": .station,
        "POST /v1/digest": .station, "GET /v1/operators": .station,
        "POST /v1/keys/rotate": .station,

        "GET /metrics": .reading, "GET /v1/stations": .reading,
        "GET /v1/operations": .reading, "GET /v1/operations/stream": .reading,
        "GET /v1/stock": .reading, "GET /v1/stock/explain": .reading,
        "GET /v1/conflicts": .reading, "GET /v1/tasks": .reading,
        "GET /v1/quarantine": .reading, "GET /v1/serials/{serial}": .reading,
        "GET /v1/batches/{batch}": .reading,

        "POST /v1/conflicts/{id}/resolve": .deciding,

        "POST /v1/stations/{station}/revoke": .administration,
        "POST /v1/enrolment-codes": .administration,
        "GET /v1/activity": .administration,
    ]

    /// The console. Its forms hold what only they can: `FormToken`.
    static let pages: [String: AccessPolicy] = [
        "GET /style.css": .open, "GET /hub.css": .open, "GET /icon.svg": .open,
        "GET /icons.svg": .open,
        "GET /login": .open, "POST /login": .open,
        "GET /login/code": .open, "POST /login/code": .open,
        "GET /password": .open, "POST /password": .open,

        "POST /logout": .own, "GET /account": .own, "POST /account/password": .own,
        "GET /account/second-factor": .own, "POST /account/second-factor": .own,
        "POST /account/second-factor/off": .own,
        "POST /account/sessions/{id}/end": .own, "POST /account/sessions/end": .own,

        "GET /": .reading, "GET /stock": .reading, "GET /stock.csv": .reading,
        "GET /stock/explain": .reading, "GET /work": .reading, "GET /quarantine": .reading,
        "GET /stations": .reading,

        "POST /work/{id}/count": .counting,
        "POST /work/{id}/choose": .deciding,

        "POST /stations/codes": .administration,
        "POST /stations/{station}/revoke": .administration,
        "GET /users": .administration, "POST /users": .administration,
        "POST /users/{name}/{action}": .administration,
        "POST /tokens": .administration, "POST /tokens/{id}/revoke": .administration,
        "GET /activity": .administration,
    ]

    func allows(_ role: UserRole) -> Bool {
        switch self {
        case .open, .own: true
        case .station: false
        case .roles(let roles): roles.contains(role)
        }
    }

    /// Throws when `caller` may not. Stations are looked at by their own gate.
    func check(_ caller: Caller) throws {
        switch self {
        case .open, .station: return
        case .own: _ = try caller.login()
        case .roles(let roles):
            guard let role = caller.role else { throw RequestError.noToken }
            guard roles.contains(role) else { throw AccountError.roleNeeded }
        }
    }
}
