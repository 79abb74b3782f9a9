import Glibc

/// Why a station could not start, or had to end. `code` is stable: docs/errors.md.
public enum StationFailure: Error, Equatable, CustomStringConvertible {
    case stateDirectory(String, errno: Int32)
    case socketPathTooLong(String, limit: Int)
    /// Another copy of this database made other operations with the numbers of this life.
    case forked
    /// The API's address is taken, or may not be used.
    case cannotListen(String)

    public var code: String {
        switch self {
        case .stateDirectory: "state-directory"
        case .socketPathTooLong: "socket-path-too-long"
        case .forked: "fork"
        case .cannotListen: "cannot-listen"
        }
    }

    public var isLackOfPermission: Bool {
        switch self {
        case .stateDirectory(_, let number): number == EACCES || number == EPERM
        default: false
        }
    }

    public var description: String {
        switch self {
        case .stateDirectory(let path, let number):
            "the state folder \(path) can't be used: \(String(cString: strerror(number)))"
        case .socketPathTooLong(let path, let limit):
            "the socket's path has more than \(limit) bytes: \(path); choose a shorter --state"
        case .forked:
            "another copy of this station's database is in use: this run ends, "
                + "and the next one begins a life of its own"
        case .cannotListen(let why): "the local API can't listen: \(why)"
        }
    }
}
