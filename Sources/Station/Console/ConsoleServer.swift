import Glibc
import Hummingbird
import HummingbirdCore
public import LinuxIO
import Logging
public import NIOCore
public import ServiceLifecycle

/// The local API: on a unix socket, and on a loopback port and one for other machines when they
/// are wanted.
public struct ConsoleServer: Sendable {
    public struct Options: Sendable {
        public var socketPath: String
        /// That socket, where somebody else opened it. nil: it is made.
        public var listener: LinuxIO.FileDescriptor?
        /// nil: the socket only.
        public var loopback: Loopback?
        /// Where other machines may use it, with a token or a login; nil: nowhere.
        public var network: NetworkAddress?
        /// How long a connection may be silent while nothing is asked on it, or in the middle of
        /// a request.
        public var silenceLimit: Duration

        public init(
            socketPath: String, listener: LinuxIO.FileDescriptor? = nil, loopback: Loopback? = nil,
            network: NetworkAddress? = nil, silenceLimit: Duration = .seconds(60)
        ) {
            self.listener = listener
            self.network = network
            self.silenceLimit = silenceLimit
            self.socketPath = socketPath
            self.loopback = loopback
        }
    }

    /// A host that only this machine reaches.
    public struct Loopback: Sendable, Equatable {
        public var host: String
        /// 0: any that is free.
        public var port: Int

        /// nil: others could reach it, and there is no way to know who they are.
        public init?(host: String, port: Int) {
            guard LocalHost.isLoopback(host) else { return nil }
            (self.host, self.port) = (host, port)
        }
    }

    /// A host and port that other machines reach.
    public struct NetworkAddress: Sendable, Equatable {
        public var host: String
        /// 0: any that is free.
        public var port: Int

        public init(host: String, port: Int) {
            (self.host, self.port) = (host, port)
        }
    }

    /// Where it can be reached.
    public enum Listening: Sendable, Equatable {
        case socket(String)
        case port(Int)
        /// By other machines.
        case network(Int)
    }

    /// Connections at once, on each address; those beyond wait until others end.
    private static let connectionLimit = 512
    /// Its owner and group may talk to the station.
    private static let socketMode: mode_t = 0o660

    private let context: ConsoleContext
    private let options: Options
    private let threads: any EventLoopGroup

    public init(context: ConsoleContext, options: Options, threads: any EventLoopGroup) {
        self.context = context
        self.options = options
        self.threads = threads
    }

    /// One service for each address. `listening` is called when one can be reached.
    public func services(
        listening: @escaping @Sendable (Listening) -> Void
    ) throws -> [any Service] {
        let responder = router().buildResponder()
        var services = [try socket(responder, listening)]
        if let loopback = options.loopback {
            let address = BindAddress.hostname(loopback.host, port: loopback.port)
            services.append(
                try server(address, .loopback, responder) { channel in
                    listening(.port(channel.localAddress?.port ?? loopback.port))
                })
        }
        if let network = options.network {
            let address = BindAddress.hostname(network.host, port: network.port)
            services.append(
                try server(address, .network, responder) { channel in
                    listening(.network(channel.localAddress?.port ?? network.port))
                })
        }
        return services
    }

    private func socket(
        _ responder: some HTTPResponder<BasicRequestContext>,
        _ listening: @escaping @Sendable (Listening) -> Void
    ) throws -> any Service {
        let path = options.socketPath
        if let listener = options.listener {
            // Whoever opened it has said who may use it.
            return server(listener, .socket, responder) { _ in listening(.socket(path)) }
        }
        return try server(.unixDomainSocket(path: path), .socket, responder) { _ in
            chmod(path, Self.socketMode)
            listening(.socket(path))
        }
    }

    /// Not by `Application`, which looks at the clock every second for its `Date` header.
    private func server(
        _ address: BindAddress, _ door: Door,
        _ responder: some HTTPResponder<BasicRequestContext>,
        running: @escaping @Sendable (any Channel) -> Void
    ) throws -> any Service {
        let log = quietLog
        return try HTTPServerBuilder.http1(configuration: connection).buildServer(
            configuration: .init(
                address: address, serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    Self.connectionLimit, logger: log)), eventLoopGroup: threads,
            logger: log, responder: answer(responder, door)
        ) {
            running($0)
        }
    }

    private func server(
        _ listener: LinuxIO.FileDescriptor, _ door: Door,
        _ responder: some HTTPResponder<BasicRequestContext>,
        running: @escaping @Sendable (any Channel) -> Void
    ) -> any Service {
        GivenListener(
            socket: listener,
            connection: HTTP1Channel(
                responder: answer(responder, door), configuration: connection),
            connectionLimit: Self.connectionLimit, threads: threads, log: quietLog
        ) {
            running($0)
        }
    }

    private var connection: HTTP1Channel.Configuration {
        .init(idleTimeout: TimeAmount(options.silenceLimit))
    }

    private func answer(
        _ responder: some HTTPResponder<BasicRequestContext>, _ door: Door
    ) -> HTTPChannelHandler.Responder {
        let log = quietLog
        return { request, writer, channel in
            let source = ApplicationRequestContextSource(channel: channel, logger: log)
            let response: Response
            do {
                response = try await StallWatch.$connection.withValue(channel) {
                    try await Caller.$current.withValue(Caller(door: door)) {
                        try await responder.respond(
                            to: request, context: BasicRequestContext(source: source))
                    }
                }
            } catch {
                response = (Problem(error) ?? .ofOurOwn).response
            }
            try await writer.write(response: response.head, body: response.body)
        }
    }

    /// The server speaks of every start and connection.
    private var quietLog: Logger {
        var log = context.log
        log.logLevel = max(log.logLevel, .notice)
        return log
    }

    func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: ProblemMiddleware(log: context.log))
        router.add(middleware: HostGate())
        router.add(middleware: AccessGate(context: context))
        SessionRoutes(context: context).add(to: router)
        TokenRoutes(context: context).add(to: router)
        StatusRoutes(context: context).add(to: router)
        StockRoutes(context: context).add(to: router)
        CatalogueRoutes(context: context).add(to: router)
        ConflictRoutes(context: context).add(to: router)
        OutboxRoutes(context: context).add(to: router)
        BundleRoutes(context: context).add(to: router)
        WorkRoutes(context: context).add(to: router)
        AssignmentRoutes(context: context).add(to: router)
        BatchRoutes(context: context).add(to: router)
        ConsumerRoutes(context: context).add(to: router)
        ExpectedListRoutes(context: context).add(to: router)
        DeviceRoutes(context: context).add(to: router)
        EventRoutes(context: context).add(to: router)
        MetricRoutes(context: context).add(to: router)
        DocumentRoutes().add(to: router)
        PageRoutes().add(to: router)
        return router
    }
}
