import Accounts
import ArgumentParser
import Hub
import HubStorage

/// Which user is meant.
struct NamedUser: ParsableArguments {
    @Argument(help: "What they type at the login, without @TENANT.") var name: String
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func userName() throws -> UserName { try UserName(name, tenant: tenant.tenant) }

    /// One piece of work with the users of the hub that is there.
    func with<T: Sendable>(
        _ body: (_ registry: Registry, _ name: UserName, _ now: Int64) async throws -> T
    ) async throws -> T {
        let name = try userName()
        return try await data.withStore {
            try await body($0.registry, name, WallClock.microseconds())
        }
    }
}

/// How a password is given, when it is.
struct PasswordOptions: ParsableArguments {
    @Flag(help: "Read the password from standard input, instead of making a one-time code.")
    var passwordFromStdin = false

    /// nil: they choose it themselves, with a code.
    func chosen(for name: UserName) throws -> Password? {
        guard passwordFromStdin else { return nil }
        return try Password(choosing: readLine(strippingNewline: true) ?? "", for: name)
    }
}

struct UserRoleArgument: ExpressibleByArgument {
    let role: UserRole

    static let allValueStrings = UserRole.allCases.map(\.rawValue)
    var defaultValueDescription: String { role.rawValue }

    init(role: UserRole) {
        self.role = role
    }

    init?(argument: String) {
        guard let role = UserRole(rawValue: argument) else { return nil }
        self.init(role: role)
    }
}

extension DataOptions {
    /// Opens the hub that is there for one piece of work.
    func withStore<T: Sendable>(_ body: (HubStore) async throws -> T) async throws -> T {
        let store = try existingStore()
        let answer = try await body(store)
        try store.close()
        return answer
    }
}
