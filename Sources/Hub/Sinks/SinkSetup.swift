public import HubStorage
import LinuxIO
public import Replication

/// Adds sinks and takes them away, with the files that hold their secrets.
public struct SinkSetup: Sendable {
    /// What a person has to be told of a new sink.
    public struct Made: Sendable, Equatable {
        /// The key that was made for it; nil: its secret was there, or it has none.
        public var key: String?
        /// The whole path.
        public var secretFile: String?
    }

    private let store: HubStore
    private let tenant: String

    public init(store: HubStore, tenant: String) {
        self.store = store
        self.tenant = tenant
    }

    /// `secretFile`: a file that only the hub's user may read; nil: a webhook gets a key made.
    /// `start`: the sink gets what comes after it; nil: what is new.
    /// Throws `SinkError` and `SinkSetupError`.
    public func add(
        _ name: String, _ target: SinkTarget, secretFile: String?, after start: FeedPosition?,
        by who: String, now: Int64
    ) async throws -> Made {
        try target.check()
        let ledger = try store.tenant(tenant)
        try await ledger.checkNewSink(name)
        var made = Made(secretFile: secretFile)
        var file = secretFile
        if let secretFile {
            try check(SinkSecret(path: secretFile), for: target)
        } else if case .webhook = target {
            let own = try store.secretFile(tenant: tenant, sink: name)
            made = Made(
                key: try SinkSecret.makeKey(at: store.path(of: own)),
                secretFile: store.path(of: own))
            file = own
        }
        try await ledger.addSink(
            name, kind: target.kind, settings: target.settings, secretFile: file, after: start,
            by: SinkAudit(time: now, who: who, action: .added, detail: target.url))
        return made
    }

    /// The key that was made for it goes too.
    public func remove(_ name: String, by who: String, now: Int64) async throws {
        let sink = try await store.tenant(tenant).removeSink(name, by: who, now: now)
        guard let file = sink.secretFile, !file.hasPrefix("/") else { return }
        try DurableFile.remove(store.path(of: file))
    }

    private func check(_ secret: SinkSecret, for target: SinkTarget) throws(SinkSetupError) {
        if case .webhook = target { _ = try secret.keys() } else { _ = try secret.word() }
    }
}
