import ArgumentParser
import CommandKit
import Glibc
import Hub
import HubStorage
import LinuxIO
import Logging
import Sinks
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the server until it is told to stop.",
        discussion: """
            Prints one line when it listens:
              scanhub: listening on http://127.0.0.1:8480
            On any other address than this machine's own it speaks TLS, with a key that it makes
            at its first start; stations get the key's pin when they are enrolled. --no-tls is for
            a proxy in front that ends TLS; --tls is for TLS on a loopback address as well.
            While there is no user it also prints a one-time code, good for a day: with it the
            first admin chooses a name and a password, at /password.
            One process serves a directory; every other command works beside it.
            """)

    @OptionGroup var data: DataOptions

    @Option(help: "HOST:PORT; port 0 is any that is free.")
    var listen = ListenAddress(host: "127.0.0.1", port: 8480)

    @Flag(
        inversion: .prefixedNo,
        help: "Speak TLS. Default: unless only this machine can connect.")
    var tls: Bool?

    @Flag(help: "Log what is refused as well.")
    var verbose = false

    func run() async throws {
        let store = try data.store()
        let lock = try data.serveLock()
        defer { lock.release() }
        var log = Logger(label: "scanhub") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = verbose ? .debug : .notice
        let identity = try (tls ?? !listen.isLoopback) ? data.identity() : nil
        let server = HubServer(
            store: store,
            options: .init(host: listen.host, port: listen.port, identity: identity), log: log)
        let setupCode = try await store.registry.makeSetupCode(now: WallClock.microseconds())
        let sinks = try SinkService(store: store, log: log)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await sinks.run() }
            try await serve(server, identity, setupCode)
            group.cancelAll()
        }
        SystemdNotice.stopping.send()
        try store.close()
    }

    private func serve(
        _ server: HubServer, _ identity: HubIdentity?, _ setupCode: String?
    ) async throws {
        do {
            try await server.run(
                stoppingOn: [.sigterm, .sigint], watchedBy: LifeWatch.asked
            ) { host, port in
                if let identity { print("scanhub: its key is \(identity.pin)") }
                let address = "\(identity == nil ? "http" : "https")://\(host):\(port)"
                if let setupCode {
                    print("scanhub: nobody can log in yet: make the first admin at")
                    print("scanhub: \(address)/password with the code \(setupCode)")
                }
                print("scanhub: listening on \(address)")
                fflush(nil)
                SystemdNotice.ready.send()
                SystemdNotice.status("Takes operations.").send()
            }
        } catch {
            throw CommandFailure(message: "\(listen.host):\(listen.port): \(error)")
        }
    }
}

extension ListenAddress {
    /// Whether only this machine can connect.
    var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
}
