import Accounts
public import HubStorage
import Replication

/// A user, without anything that is secret.
public struct UserReport: Codable, Sendable {
    public var name: String
    public var role: String
    /// `active`, `disabled`, or `no-password` before a one-time code was used.
    public var state: String
    public var secondFactor: Bool
    public var created: String
    public var lastLogin: String?

    public init(_ user: UserRecord) {
        name = user.name.name
        role = user.role.rawValue
        state = user.disabled != nil ? "disabled" : user.hasPassword ? "active" : "no-password"
        secondFactor = user.hasSecondFactor
        created = HybridTime(rawValue: user.created).text
        lastLogin = user.lastLogin.map { HybridTime(rawValue: $0).text }
    }
}

/// Where somebody is logged in.
public struct SessionReport: Codable, Sendable {
    public var id: String
    public var since: String
    public var used: String
    public var address: String
    public var browser: String

    public init(_ session: UserSession) {
        id = session.id
        since = HybridTime(rawValue: session.created).text
        used = HybridTime(rawValue: session.seen).text
        (address, browser) = (session.address, session.agent)
    }
}

/// A program's token, without what makes it one.
public struct TokenReport: Codable, Sendable {
    public var id: String
    public var name: String
    public var role: String
    public var created: String
    /// Absent: it has no end.
    public var expires: String?

    public init(_ token: TokenRecord) {
        (id, name, role) = (token.id, token.name, token.role.rawValue)
        created = HybridTime(rawValue: token.created).text
        expires = token.expires.map { HybridTime(rawValue: $0).text }
    }
}
