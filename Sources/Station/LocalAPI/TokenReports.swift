/// `POST /v1/tokens`: a token for a program of another machine.
public struct TokenRequest: Codable, Sendable, Equatable {
    public static let daysLimits = 1...3650
    public static let standardDays = 90

    /// What it is for.
    public var name: String
    /// `viewer`, `operator` or `supervisor`.
    public var role: String
    /// How long it is good.
    public var days: Int

    public init(name: String, role: String, days: Int) {
        self.name = name
        self.role = role
        self.days = days
    }
}

/// A token, without its secret unless it was just made.
public struct TokenReport: Codable, Sendable, Equatable {
    public var name: String
    public var role: String
    public var created: String
    public var expires: String
    /// What the program sends. Told once: only its hash is kept.
    public var token: String?

    public init(name: String, role: String, created: String, expires: String) {
        self.name = name
        self.role = role
        self.created = created
        self.expires = expires
    }
}

/// `GET /v1/tokens`.
public struct TokenList: Codable, Sendable, Equatable {
    public var tokens: [TokenReport]

    public init(tokens: [TokenReport]) {
        self.tokens = tokens
    }
}
