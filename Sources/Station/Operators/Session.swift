public import OperatorGrants

/// Somebody who is logged in.
public struct Session: Sendable, Equatable {
    /// By what they said who they are.
    public enum Proof: String, Sendable {
        case pin
        /// A badge that proved its key.
        case badge
        /// A badge that can be copied.
        case number
    }

    public var name: String
    public var role: OperatorRole
    public var proof: Proof
    /// Microseconds since 1970.
    public var begun: Int64
    /// Of the grant; microseconds since 1970, by the hub's clock.
    public var expires: Int64

    init(_ grant: OperatorGrant, _ proof: Proof, begun: Int64) {
        (name, role, expires) = (grant.name, grant.role, grant.expires)
        (self.proof, self.begun) = (proof, begun)
    }
}

/// What a browser shows to go on with a session. Only its hash is kept.
struct SessionKey: Hashable, Sendable {
    private let hash: [UInt8]

    init(of secret: String) {
        hash = Secret.hash(secret)
    }
}
