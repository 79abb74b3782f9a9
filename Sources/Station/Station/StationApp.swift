import AllDrivers
import Console
import CurlHTTP
import Glibc
import LocalAPI
public import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Settings
import StationStorage
public import UnixSignals

/// A station: builds everything in its order, runs it, and ends it in the reverse order.
///
/// Devices end first and hand over what they have read, then the intake stores it, the
/// synchronisation and the local API end, and the store is closed last.
public struct StationApp: Sendable {
    private let options: StationOptions
    private let log: Logger

    public init(options: StationOptions, log: Logger) {
        self.options = options
        self.log = log
    }

    /// Runs until a signal comes. `ready` is called once, when scans are taken.
    ///
    /// Throws `StationFailure`, `StoreError`, `ConfigError` and whatever else keeps it from
    /// starting.
    public func run(
        stoppingOn signals: [UnixSignal] = [.sigterm, .sigint],
        ready: @escaping @Sendable () -> Void
    ) async throws {
        try StateDirectory.make(options.stateDirectory)
        guard options.socketPath.utf8.count <= StationPlaces.socketPathLimit else {
            throw StationFailure.socketPathTooLong(
                options.socketPath, limit: StationPlaces.socketPathLimit)
        }
        let store = try StationStore(path: options.storePath)
        let result: Result<Void, any Error>
        do {
            try await serve(store, signals, ready)
            result = .success(())
        } catch {
            result = .failure(error)
        }
        // A client need not try it to know that nobody is there. What was given is not ours.
        if options.listener == nil { unlink(options.socketPath) }
        try store.close()
        try result.get()
    }

    /// Looks whether it could start: the state folder, the store, the files in it.
    public func check() throws {
        try StateDirectory.make(options.stateDirectory)
        _ = try Designations(
            reading: options.designationsPath, catalogue: DriverCatalogue.kinds)
        try StationStore(path: options.storePath).close()
    }

    private func serve(
        _ store: StationStore, _ signals: [UnixSignal], _ ready: @escaping @Sendable () -> Void
    ) async throws {
        let http = try HTTPClient()
        defer { http.close() }
        let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let station = try StationParts(options, store: store, http: http, log: log)
        let gate = ReadyGate(parts: station.partCount, ready: ready)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: try station.services(threads: threads) { gate.partHasBegun() },
                gracefulShutdownSignals: signals, logger: Logger.quiet))
        do {
            try await group.run()
        } catch let error as IOError {
            let host = options.loopback.map { " and \($0.host):\($0.port)" } ?? ""
            throw StationFailure.cannotListen(
                "\(options.socketPath)\(host): \(String(cString: strerror(error.errnoCode)))")
        }
        try await threads.shutdownGracefully()
    }
}

extension Logger {
    /// What the service group says of every service is of no use to people.
    fileprivate static var quiet: Logger {
        Logger(label: "services") { _ in SwiftLogNoOpLogHandler() }
    }
}
