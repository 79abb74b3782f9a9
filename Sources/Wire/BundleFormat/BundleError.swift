/// Why a bundle is not taken. Nothing of it was. `code` is stable: docs/errors.md.
public enum BundleError: Error, Equatable, Sendable, CustomStringConvertible {
    /// It is no bundle, or holds what no bundle holds.
    case unreadable(String)
    /// Made by a later version.
    case version
    /// It ends before its signature.
    case torn
    /// Its signature is not that of whoever it says made it.
    case forged
    /// It is for, or of, another station.
    case foreign(String)
    /// Operations where an acknowledgement is wanted, or the other way round.
    case wrongKind(expected: String)
    /// The hub has not told the station the key that it signs with.
    case hubKeyUnknown

    public var code: String {
        switch self {
        case .unreadable: "bundle-unreadable"
        case .version: "bundle-version"
        case .torn: "bundle-torn"
        case .forged: "bundle-forged"
        case .foreign: "bundle-foreign"
        case .wrongKind: "bundle-wrong-kind"
        case .hubKeyUnknown: "hub-key-unknown"
        }
    }

    public var description: String {
        switch self {
        case .unreadable(let why): "This is no bundle that can be read: \(why)."
        case .version: "A later version made this bundle: update this program."
        case .torn: "The bundle ends too early: copy it again."
        case .forged: "The bundle was changed, or somebody else made it: its signature is wrong."
        case .foreign(let station): "The bundle is of station \(station), and not of this one."
        case .wrongKind(let expected): "This bundle holds no \(expected)."
        case .hubKeyUnknown:
            "The hub's key is not known here: let the station reach its hub once, then import."
        }
    }
}
