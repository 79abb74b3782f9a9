/// How somebody is called who logs in at the hub: `ada`, and `ada@north` where the tenant is not
/// the first.
public struct UserName: Sendable, Equatable, CustomStringConvertible {
    public static let firstTenant = "main"
    /// In characters.
    public static let lengthLimit = 64

    public let tenant: String
    /// In small letters: two people can't differ by their case.
    public let name: String

    /// Throws `AccountError.userName` for what can be nobody's name.
    public init(_ text: String, tenant: String) throws(AccountError) {
        let name = text.lowercased()
        guard (1...Self.lengthLimit).contains(name.count),
            name.unicodeScalars.allSatisfy(Self.isGood)
        else { throw .userName }
        (self.tenant, self.name) = (tenant, name)
    }

    /// As it is typed at the login. nil: nobody can be called so.
    public init?(typed: String) {
        let parts = typed.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first else { return nil }
        let tenant = parts.count == 2 ? String(parts[1]).lowercased() : Self.firstTenant
        // Why it is none doesn't matter here.
        guard let name = try? UserName(Self.trimmed(String(first)), tenant: Self.trimmed(tenant))
        else { return nil }
        self = name
    }

    /// As it is typed at the login.
    public var description: String {
        tenant == Self.firstTenant ? name : "\(name)@\(tenant)"
    }

    private static func isGood(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            || [".", "-", "_"].contains(scalar)
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
