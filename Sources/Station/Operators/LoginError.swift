/// Why somebody is not logged in. `code` is stable: docs/errors.md.
public enum LoginError: Error, Equatable, CustomStringConvertible {
    /// The PIN is not theirs. nil: how often they may try is nobody's business who asks.
    case wrongPIN(triesLeft: Int?)
    case wait(seconds: Int)
    /// Many try at once.
    case busy
    /// The hub has told of none.
    case noOperators
    /// The list of operators was changed, or is not for this station.
    case roster(code: String, String)
    case grantExpired(String)
    /// No badge was shown just before.
    case noTap

    public var code: String {
        switch self {
        case .wrongPIN: "wrong-pin"
        case .wait: "login-wait"
        case .busy: "login-busy"
        case .noOperators: "no-operators"
        case .roster(let code, _): code
        case .grantExpired: "grant-expired"
        case .noTap: "no-tap"
        }
    }

    public var description: String {
        switch self {
        case .wrongPIN(nil): "Wrong name or PIN."
        case .wrongPIN(1?): "Wrong PIN. 1 try left."
        case .wrongPIN(let left?): "Wrong PIN. \(left) tries left."
        case .wait(let seconds): "Too many wrong PINs. Try again in \(Self.span(seconds))."
        case .busy: "Many are logging in. Try again."
        case .noOperators: "The hub has told this station of no operators yet."
        case .roster(_, let why): "Nobody can log in: \(why)."
        case .grantExpired(let name):
            "\(name) may not work here any more: this station has heard nothing of the hub for "
                + "too long. Connect it to its network."
        case .noTap: "No badge was shown just now. Tap it again."
        }
    }

    private static func span(_ seconds: Int) -> String {
        switch seconds {
        case ...1: "1 second"
        case ..<120: "\(seconds) seconds"
        default: "\((seconds + 59) / 60) minutes"
        }
    }
}
