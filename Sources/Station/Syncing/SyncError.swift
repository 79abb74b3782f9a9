import Glibc

/// Why an exchange with the hub failed. `code` is stable: docs/errors.md.
public enum SyncError: Error, Equatable, CustomStringConvertible {
    /// No answer: cable, Wi-Fi, name, port, time-out.
    case unreachable(String)
    /// The hub asks for patience.
    case busy(retryAfter: Duration?)
    /// The hub wants smaller requests.
    case tooLarge
    /// The hub speaks a newer protocol only. The queue is kept.
    case upgradeNeeded(String)
    /// The hub doesn't know, or no longer trusts, this station.
    case notTrusted(code: String, String)
    /// Another copy of this database has used the same numbers for other operations.
    case fork(String)
    /// The hub could not carry the request out, and said so.
    case refused(code: String, String)
    /// The answer makes no sense.
    case nonsense(String)
    case keyFile(String, errno: Int32)

    public var code: String {
        switch self {
        case .unreachable: "hub-unreachable"
        case .busy: "hub-busy"
        case .tooLarge: "request-too-large"
        case .upgradeNeeded: "upgrade-needed"
        case .notTrusted(let code, _): code
        case .fork: "fork"
        case .refused(let code, _): code
        case .nonsense: "hub-nonsense"
        case .keyFile: "key-file"
        }
    }

    public var description: String {
        switch self {
        case .unreachable(let why): "the hub can't be reached: \(why)"
        case .busy: "the hub is busy"
        case .tooLarge: "the hub asks for smaller requests"
        case .upgradeNeeded(let why): "this station's software is too old for the hub: \(why)"
        case .notTrusted(_, let why): "the hub doesn't accept this station: \(why)"
        case .fork(let why): "another copy of this station's database is in use: \(why)"
        case .refused(_, let why): "the hub refused: \(why)"
        case .nonsense(let why): "the hub's answer can't be read: \(why)"
        case .keyFile(let path, let number):
            "\(path): \(String(cString: strerror(number)))"
        }
    }
}
