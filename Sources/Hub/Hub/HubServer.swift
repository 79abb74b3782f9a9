public import HubStorage
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
public import LinuxIO
public import Logging
import NIOCore
import ServiceLifecycle
public import UnixSignals

/// The central server: routes, and the order of start and stop.
public struct HubServer: Sendable {
    public struct Options: Sendable {
        public var host: String
        /// 0: any that is free.
        public var port: Int
        /// Microseconds since 1970.
        public var clock: @Sendable () -> Int64
        /// How long a connection may be silent while nothing is asked on it, or in the middle of
        /// a request.
        public var silenceLimit: Duration
        /// Connections at once; those beyond wait until others end.
        public var connectionLimit: Int
        /// nil: plain HTTP.
        public var identity: HubIdentity?
        /// How long people stay logged in.
        public var sessions: UserSession.Rules

        public init(
            host: String = "127.0.0.1", port: Int = 8480,
            clock: @escaping @Sendable () -> Int64 = WallClock.microseconds,
            silenceLimit: Duration = .seconds(60), connectionLimit: Int = 4000,
            identity: HubIdentity? = nil, sessions: UserSession.Rules = .init()
        ) {
            self.sessions = sessions
            self.host = host
            self.port = port
            self.clock = clock
            self.silenceLimit = silenceLimit
            self.connectionLimit = connectionLimit
            self.identity = identity
        }
    }

    /// A reader that takes no more of its answer can't hold the hub up longer.
    private static let stopLimit = Duration.seconds(1)

    private let store: HubStore
    private let options: Options
    private let log: Logger

    public init(store: HubStore, options: Options = Options(), log: Logger) {
        self.store = store
        self.options = options
        self.log = log
    }

    /// Serves until its task is cancelled or a signal comes, then ends open requests.
    ///
    /// `watch`: the service manager is told for as long as the hub lives.
    /// `listening` is called once, with the host and port that were bound.
    public func run(
        stoppingOn signals: [UnixSignal] = [],
        watchedBy watch: LifeWatch? = nil,
        listening: @escaping @Sendable (String, Int) -> Void
    ) async throws {
        let application = Application(
            router: router(),
            server: try server(),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port), serverName: "scanhub",
                availableConnectionsDelegate: MaximumAvailableConnections(
                    options.connectionLimit, logger: log)),
            onServerRunning: { [options] channel in
                listening(options.host, channel.localAddress?.port ?? options.port)
            },
            logger: log)
        let life = watch.map { HubLife(watch: $0, store: store, log: log) }
        let services: [any Service] = [application] + [life].compactMap { $0 }
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) }, gracefulShutdownSignals: signals,
            logger: log)
        configuration.maximumGracefulShutdownDuration = Self.stopLimit
        try await ServiceGroup(configuration: configuration).run()
    }

    private func server() throws -> HTTPServerBuilder {
        let plain = HTTPServerBuilder.http1(
            configuration: .init(idleTimeout: TimeAmount(options.silenceLimit)))
        guard let identity = options.identity else { return plain }
        return try .tls(plain, tlsConfiguration: identity.tls)
    }

    func router() -> Router<HubRequestContext> {
        let context = HubContext(
            store: store, nonces: NonceMemory(), greetings: Greetings(), clock: options.clock,
            log: log, pin: options.identity?.pin, sessions: options.sessions)
        let router = Router(context: HubRequestContext.self)
        router.add(middleware: MetricMiddleware(metrics: context.metrics))
        router.add(middleware: ProblemMiddleware(log: log))
        router.add(middleware: PageMiddleware(context: context))
        router.add(middleware: AccessGate(context: context))
        SyncRoutes(context: context).add(to: router)
        AdminRoutes(context: context).add(to: router)
        OperationRoutes(context: context).add(to: router)
        StockRoutes(context: context).add(to: router)
        ConflictRoutes(context: context).add(to: router)
        MetricRoutes(context: context).add(to: router)
        ActivityRoutes(context: context).add(to: router)
        Console.add(to: router, context)
        return router
    }
}
