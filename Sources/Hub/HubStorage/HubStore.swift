public import Accounts
import Glibc
import LedgerStore
public import Replication
import SyncProtocol
import Synchronization

/// The hub's data directory: the registry, and one ledger a tenant.
public final class HubStore: Sendable {
    private static let fileSuffix = ".sqlite"

    public let registry: Registry
    private let directory: String
    private let makeLife: @Sendable () -> Incarnation
    private let tenants = Mutex<[String: TenantStore]>([:])

    /// Opens or makes the directory.
    ///
    /// `passwordRounds`: what a password costs; `makeLife`: draws the incarnation of what a tenant's hub makes itself.
    public init(
        directory: String, passwordRounds: UInt32 = PasswordHash.standardRounds,
        makeLife: @escaping @Sendable () -> Incarnation = {
            Incarnation(rawValue: .random(in: 1...UInt64.max))
        }
    ) throws {
        (self.directory, self.makeLife) = (directory, makeLife)
        try HubStore.make(directory)
        try HubStore.make(directory + "/tenants")
        registry = try Registry(
            path: directory + "/hub.sqlite", passwordRounds: passwordRounds)
    }

    /// The ledger of a tenant, made when it is first needed.
    public func tenant(_ name: String) throws -> TenantStore {
        let name = try Registry.checked(tenant: name)
        return try tenants.withLock { tenants in
            if let store = tenants[name] { return store }
            let store = try TenantStore(
                path: "\(directory)/tenants/\(name)" + Self.fileSuffix, life: makeLife(),
                seal: OperationSeal(key: registry.signingKey, tenant: name))
            tenants[name] = store
            return store
        }
    }

    /// Where the secret of a sink is kept that gets one made: a path within the directory. Makes the
    /// folder.
    public func secretFile(tenant: String, sink: String) throws -> String {
        try HubStore.make(directory + "/secrets")
        return "secrets/\(tenant).\(sink)"
    }

    /// The whole path of a file that may be named by its path within the directory.
    public func path(of file: String) -> String {
        file.hasPrefix("/") ? file : "\(directory)/\(file)"
    }

    /// The tenants that have a ledger.
    public func tenantNames() throws -> [String] {
        let folder = directory + "/tenants"
        guard let listing = opendir(folder) else {
            throw HubError.directory(folder, String(cString: strerror(errno)))
        }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let file = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if file.hasSuffix(Self.fileSuffix) {
                names.append(String(file.dropLast(Self.fileSuffix.count)))
            }
        }
        return names.sorted()
    }

    /// Waits until a write could begin in every open file, and writes nothing: a sign of life.
    /// false: another program holds one of them.
    public func takesWrites() async -> Bool {
        guard await registry.takesWrites() else { return false }
        for store in tenants.withLock({ Array($0.values) }) {
            guard await LedgerDatabase.takesWrites(store.database) else { return false }
        }
        return true
    }

    /// Lets go of every file.
    public func close() throws {
        try tenants.withLock { tenants in
            for store in tenants.values { try store.close() }
            tenants = [:]
        }
        try registry.close()
    }

    /// Only this user may read what is in it.
    private static func make(_ path: String) throws {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw HubError.directory(path, String(cString: strerror(errno)))
    }
}
