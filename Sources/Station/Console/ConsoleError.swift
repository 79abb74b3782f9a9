import OperatorGrants
import StationStorage

/// Why a request was not carried out. `code` is stable: docs/errors.md.
enum ConsoleError: Error, Equatable {
    case noRoute
    case foreignHost(String)
    case foreignOrigin(String)
    case bodyTooLarge(limitBytes: Int)
    case mediaType(String)
    case malformed(String)
    case parameter(String, String)
    case badCommand(expected: String)
    /// The code means nothing.
    case rejected(code: String, String)
    /// It was read, and could not be stored.
    case notStored(code: String, String)
    case noBatch(String)
    case unknownAssignment(String)
    case unknownList(String)
    case unknownDevice(String)
    case unknownDriver(String)
    /// It stands in the configuration file; what to write there.
    case configuredDevice(String, lines: String)
    case notEnrolled
    case tooManyListeners(limit: Int)
    case unknownItem(String)
    /// The catalogue says already what the code means.
    case knownCode(String, String)
    /// Not an item's code.
    case notTeachable(String)
    /// Nothing of an operation of that kind can be put right so.
    case unfitChange(String)
    /// Nobody is logged in, or no token came, and it matters.
    case loginNeeded
    /// nil: nobody may.
    case roleNeeded(OperatorRole?)
    case socketOnly
    /// Of a request.
    case unknownToken
    /// There is none of that name.
    case noToken(String)
    case tokenExists(String)

    var code: String {
        switch self {
        case .noRoute: "not-found"
        case .foreignHost: "foreign-host"
        case .foreignOrigin: "foreign-origin"
        case .bodyTooLarge: "request-too-large"
        case .mediaType: "media-type"
        case .malformed: "malformed"
        case .parameter: "parameter"
        case .badCommand: "bad-command"
        case .rejected(let code, _), .notStored(let code, _): code
        case .noBatch: "unknown-batch"
        case .unknownAssignment: "unknown-assignment"
        case .unknownList: "unknown-list"
        case .unknownDevice: "unknown-device"
        case .unknownDriver: "unknown-driver"
        case .configuredDevice: "configured-device"
        case .notEnrolled: "not-enrolled"
        case .tooManyListeners: "too-many-listeners"
        case .unfitChange: "unfit-change"
        case .unknownItem: "catalogue-unknown-item"
        case .knownCode: "code-known"
        case .notTeachable: "not-teachable"
        case .loginNeeded: "login-needed"
        case .roleNeeded: "role-needed"
        case .socketOnly: "socket-only"
        case .unknownToken, .noToken: "token-unknown"
        case .tokenExists: "token-exists"
        }
    }
}

extension ConsoleError: CustomStringConvertible {
    var description: String {
        switch self {
        case .noRoute: "There is nothing at this address."
        case .foreignHost(let host): "'\(host)' is not this machine: use localhost."
        case .foreignOrigin(let origin): "Pages of '\(origin)' may not use this station."
        case .bodyTooLarge(let limit): "The body is longer than \(limit) bytes."
        case .mediaType(let type): "The body must be application/json, and is '\(type)'."
        case .malformed(let why): "The body can't be read: \(why)."
        case .parameter(let name, let value): "\(name)=\(value) makes no sense."
        case .badCommand(let expected): "This command is not known: \(expected)."
        case .rejected(_, let why), .notStored(_, let why): why
        case .noBatch(let code): "There is no batch '\(code)' at this station."
        case .unknownAssignment(let code): "There is no assignment '\(code)'."
        case .unknownList(let code): "There is no expected list '\(code)'."
        case .unknownDevice(let name): "The station has no device '\(name)'."
        case .unknownDriver(let name): "This program has no driver '\(name)'."
        case .configuredDevice(let name, let lines):
            "'\(name)' stands in the configuration file: write \(lines) in its table there."
        case .unfitChange(let kind):
            "None of these changes fits an operation of kind '\(kind)'."
        case .tooManyListeners(let limit): "There are \(limit) readers of events already."
        case .unknownItem(let key): "The catalogue has no item '\(key)'."
        case .knownCode(let code, let key):
            "The code '\(code)' means the item '\(key)' by the catalogue: change it at the hub."
        case .notTeachable(let code):
            "'\(code)' is a place, a piece or a command, and no item's code."
        case .loginNeeded: "Log in first, by badge or PIN; programs send a token."
        case .roleNeeded(let role?): "A \(role.rawValue) may do this, and you are none."
        case .roleNeeded(nil): "Nobody may do this."
        case .socketOnly: "This is done at the station only, with scanstationctl."
        case .unknownToken: "This token is not known, was revoked, or its time is over."
        case .noToken(let name): "There is no token '\(name)'."
        case .tokenExists(let name):
            "There is a token '\(name)' already, or there are \(AccessToken.countLimit)."
        case .notEnrolled: "The station has no hub yet: scanstationctl enrol URL CODE."
        }
    }
}
