import Glibc
import LedgerStore
public import Replication
import SyncProtocol
import Synchronization

/// The hub's data directory: the registry, and one ledger a tenant.
public final class HubStore: Sendable {
    public let registry: Registry
    private let directory: String
    private let makeLife: @Sendable () -> Incarnation
    private let tenants = Mutex<[String: TenantStore]>([:])

    /// Opens or makes the directory.
    ///
    /// `makeLife`: draws the incarnation of what a tenant's hub makes itself.
    public init(
        directory: String,
        makeLife: @escaping @Sendable () -> Incarnation = {
            Incarnation(rawValue: .random(in: 1...UInt64.max))
        }
    ) throws {
        (self.directory, self.makeLife) = (directory, makeLife)
        try HubStore.make(directory)
        try HubStore.make(directory + "/tenants")
        registry = try Registry(path: directory + "/hub.sqlite")
    }

    /// The ledger of a tenant, made when it is first needed.
    public func tenant(_ name: String) throws -> TenantStore {
        let name = try Registry.checked(tenant: name)
        return try tenants.withLock { tenants in
            if let store = tenants[name] { return store }
            let store = try TenantStore(
                path: "\(directory)/tenants/\(name).sqlite", life: makeLife(),
                seal: OperationSeal(key: registry.signingKey, tenant: name))
            tenants[name] = store
            return store
        }
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
