import ArgumentParser
import CommandKit
import Glibc
import Hub
import HubStorage
import LinuxIO
import Logging
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the server until it is told to stop.",
        discussion: """
            Prints one line when it listens:
              scanhub: listening on http://127.0.0.1:8480
            TLS is ended by a proxy in front of it. Listen on other addresses than this
            machine's own only behind one.
            One process serves a directory; every other command works beside it.
            """)

    @OptionGroup var data: DataOptions

    @Option(help: "HOST:PORT; port 0 is any that is free.")
    var listen = ListenAddress(host: "127.0.0.1", port: 8480)

    @Flag(help: "Log what is refused as well.")
    var verbose = false

    func run() async throws {
        let store = try data.store()
        let lock = try data.serveLock()
        defer { lock.release() }
        var log = Logger(label: "scanhub") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = verbose ? .debug : .notice
        let server = HubServer(
            store: store, options: .init(host: listen.host, port: listen.port), log: log)
        do {
            try await server.run(stoppingOn: [.sigterm, .sigint]) { host, port in
                print("scanhub: listening on http://\(host):\(port)")
                fflush(nil)
                SystemdNotice.ready.send()
            }
        } catch {
            throw CommandFailure(message: "\(listen.host):\(listen.port): \(error)")
        }
        SystemdNotice.stopping.send()
        try store.close()
    }
}
