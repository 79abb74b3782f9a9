public import Replication

/// Why the hub could not do what it was asked. `code` is stable: docs/errors.md.
public enum HubError: Error, Equatable, Sendable {
    /// The same operation id came with another content: two databases use one incarnation. Up to
    /// `agreed` they are one; nil: what came doesn't say.
    case fork(OperationID, agreed: UInt64? = nil)
    /// The incarnation belongs to another station, or grew elsewhere than the run says.
    case incarnationTaken(Incarnation)
    /// The hash chain is not that of the operations, or not of those before them.
    case brokenChain(Incarnation)
    /// What came can be read, but makes no sense.
    case malformed(String)
    /// The feed doesn't go as far as the reader has read: this hub was put back since.
    case feedGone(FeedPosition, head: FeedPosition)
    /// The catalogue doesn't go as far as the reader has read: this hub was put back since.
    case catalogueGone(Int64, head: Int64)
    case tooManyOperations(count: Int, limit: Int)
    case tooManyIncarnations(count: Int, limit: Int)
    /// No such one-time code, or it is used or too old. Which of them is not told.
    case enrolmentCode
    case publicKey(String)
    case stationName(limitBytes: Int)
    case tenantName(String)
    case stationUnknown(StationCode)
    case stationRevoked(StationCode)
    case requestReplayed
    case tokenUnknown
    case operatorExists(String)
    case operatorUnknown(String)
    /// By whom.
    case badgeTaken(String)
    case tooManyOperators(limit: Int)
    /// Too many failed attempts, or too many requests.
    case tooManyRequests(retryAfterSeconds: Int)
    case notFound(String)
    case directory(String, String)
    /// The disk is full, slow or broken. Nothing of the request was applied.
    case storage(String)

    public var code: String {
        switch self {
        case .fork: "fork"
        case .incarnationTaken: "incarnation-taken"
        case .brokenChain: "broken-chain"
        case .malformed: "malformed"
        case .feedGone: "feed-gone"
        case .catalogueGone: "catalogue-gone"
        case .tooManyOperations, .tooManyIncarnations: "request-too-large"
        case .enrolmentCode: "enrolment-code"
        case .publicKey: "public-key"
        case .stationName: "station-name"
        case .tenantName: "tenant-name"
        case .stationUnknown: "station-unknown"
        case .stationRevoked: "station-revoked"
        case .requestReplayed: "request-replayed"
        case .tokenUnknown: "token-unknown"
        case .operatorExists: "operator-exists"
        case .operatorUnknown: "operator-unknown"
        case .badgeTaken: "badge-taken"
        case .tooManyOperators: "too-many-operators"
        case .tooManyRequests: "too-many-requests"
        case .notFound: "not-found"
        case .directory: "data-directory"
        case .storage: "storage-unavailable"
        }
    }
}

extension HubError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .fork(let id, _):
            "operation \(id) is known with another content: two copies of one database are in use"
        case .incarnationTaken(let incarnation):
            "incarnation \(incarnation) belongs to another station or grew from another place"
        case .brokenChain(let incarnation):
            "the hash chain of incarnation \(incarnation) is not that of its operations"
        case .malformed(let why): why
        case .feedGone(let position, let head):
            "the feed ends at \(head), and not behind \(position): take the snapshot"
        case .catalogueGone(let position, let head):
            "the catalogue ends at \(head), and not behind \(position): begin anew at 0"
        case .tooManyOperations(let count, let limit):
            "\(count) operations in one request, at most \(limit) are taken"
        case .tooManyIncarnations(let count, let limit):
            "\(count) incarnations in one request, at most \(limit) are taken"
        case .enrolmentCode: "the enrolment code is unknown, used or too old: ask for a new one"
        case .publicKey(let why): "the public key can't be used: \(why)"
        case .stationName(let limit): "a station's name is at most \(limit) bytes long"
        case .tenantName(let name):
            "'\(name)' can't be a tenant: small letters, digits and '-', at most 40"
        case .stationUnknown(let station): "there is no station \(station)"
        case .stationRevoked(let station): "station \(station) was revoked: enrol it again"
        case .requestReplayed: "the nonce of this request was used before"
        case .tokenUnknown: "the token is not known"
        case .operatorExists(let name): "there is an operator '\(name)' already"
        case .operatorUnknown(let name): "there is no operator '\(name)'"
        case .badgeTaken(let name): "this badge is that of '\(name)' already"
        case .tooManyOperators(let limit): "a tenant has at most \(limit) operators"
        case .tooManyRequests(let seconds): "too many requests: try again in \(seconds) s"
        case .notFound(let what): "there is no \(what)"
        case .directory(let path, let why): "\(path): \(why)"
        case .storage(let why): "the hub can't write: \(why)"
        }
    }
}
