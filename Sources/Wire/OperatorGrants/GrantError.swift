/// Why a grant, or a list of them, is not taken. `code` is stable: docs/errors.md.
public enum GrantError: Error, Equatable, CustomStringConvertible {
    case operatorName(String, limitBytes: Int)
    case pinForm(ClosedRange<Int>)
    case pinWeak
    /// Another key signed it, or it was changed since.
    case rosterSignature
    /// The hub signed it for others.
    case rosterTenant(String)
    /// A newer one is known.
    case rosterOld
    case rosterNonsense(String)

    public var code: String {
        switch self {
        case .operatorName: "operator-name"
        case .pinForm: "pin-form"
        case .pinWeak: "pin-weak"
        case .rosterSignature: "roster-signature"
        case .rosterTenant: "roster-tenant"
        case .rosterOld: "roster-old"
        case .rosterNonsense: "roster-nonsense"
        }
    }

    public var description: String {
        switch self {
        case .operatorName(let name, let limit):
            "'\(name)' can't be an operator's name: one line of at most \(limit) bytes"
        case .pinForm(let limits):
            "a PIN has \(limits.lowerBound) to \(limits.upperBound) digits, and nothing else"
        case .pinWeak: "that PIN is one that thieves try first: no digit repeated, none in a row"
        case .rosterSignature: "the list of operators is not as the hub signed it"
        case .rosterTenant(let tenant): "the list of operators is of another tenant, '\(tenant)'"
        case .rosterOld: "the list of operators is older than the one that is known"
        case .rosterNonsense(let why): "the list of operators can't be read: \(why)"
        }
    }
}
