import AllDrivers
import ArgumentParser
import CommandKit
import Glibc
import LinuxIO
import LocalAPI
import Logging
import Settings
import Station

/// The daemon of a scan station.
@main
struct ScanStationD: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scanstationd",
        abstract: "Run a scan station until it is told to stop.",
        discussion: """
            Needs no configuration. Scanners are added with `scanstationctl identify`.

              scanstationd                        state in ~/.local/state/scanstation
              scanstationd --state ./station --demo
              scanstationd --check                only looks whether it could start

            Prints one line when it takes scans:
              scanstationd: ready, state DIR, socket PATH

            SIGHUP reads the configuration anew; one with a mistake is told of and changes nothing. \
            Under a service manager it says that it is ready and alive, and takes a socket that was \
            opened for it.

            Exit codes: 0 ok, 1 failed, 2 usage or configuration, 4 no permission, \
            75 ended to begin a new life (start it again).
            """,
        version: ProgramVersion.text, subcommands: [Ledger.self])

    @Option(help: "The configuration file.", completion: .file(extensions: ["toml"]))
    var config: String?

    @Option(help: "The folder in which everything is kept.", completion: .directory)
    var state: String?

    @Option(help: "HOST:PORT of this machine, for the local API beside its socket.")
    var listen: ListenAddress?

    @Flag(help: "Add scanners that are not there, which scan by themselves.")
    var demo = false

    @Option(help: "Recordings to replay in the demo.", completion: .directory)
    var demoFolder: String?

    @Option(help: "How much is said on standard error.")
    var logLevel: LogThreshold?

    @Flag(help: "Check the configuration and the state folder, then end.")
    var check = false

    func run() async throws {
        umask(0o027)
        signal(SIGPIPE, SIG_IGN)
        var options = try options()
        let level = StandingLevel(Logger.Level(options.config.logLevel))
        options.levelChanged = { level.set(Logger.Level($0)) }
        let log = Logger(label: "scanstationd") { _ in StandardErrorLog(level: level) }
        let app = StationApp(options: options, log: log)
        guard !check else {
            try app.check()
            return print("scanstationd: could start, state \(options.stateDirectory)")
        }
        try await app.run { [options] in
            print(
                "scanstationd: ready, state \(options.stateDirectory), socket \(options.socketPath)"
            )
            fflush(nil)
            SystemdNotice.ready.send()
            SystemdNotice.status("Takes scans.").send()
        }
        SystemdNotice.stopping.send()
    }

    static func main() async {
        await runToEnd { CommandFailure($0) }
    }
}

/// The names of swift-log's levels.
enum LogThreshold: String, CaseIterable, ExpressibleByArgument {
    case trace, debug, info, notice, warning, error, critical
}

extension ScanStationD {
    /// What the command line says counts more.
    private func configuration() throws -> StationConfig {
        var config = try ConfigFile(catalogue: DriverCatalogue.kinds)
            .read(path: config ?? ConfigFile.defaultPath, isRequired: config != nil)
        if let level = logLevel.flatMap({ LogLevel(rawValue: $0.rawValue) }) {
            config.logLevel = level
        }
        return config
    }

    private func options() throws -> StationOptions {
        let config = try configuration()
        let given = InheritedSocket.take().first { $0.isUnixListener }
        let places = StationPlaces.current
        let directory = state ?? config.stateDirectory ?? places.stateDirectory
        // Where somebody names the folder, the socket is in it.
        let socket =
            given?.path
            ?? (state == nil
                ? places.socket(ofDaemonIn: directory) : "\(directory)/\(StationPlaces.socketName)")
        var options = StationOptions(
            config: config, stateDirectory: directory, socketPath: socket,
            loopback: try loopback(config.console), demo: demo ? demoScanners() : nil,
            driverProgram: [ProgramFolder.path("scanstation-driver")])
        options.listener = given?.descriptor
        options.reread = { try configuration() }
        return options
    }

    private func demoScanners() -> Demo {
        Demo(
            recordings: DemoFolder.recordings(in: demoFolder),
            tagProgram: ProgramFolder.path("scanstation-driver-nfc"))
    }
}

extension Logger.Level {
    /// Their names are the same.
    fileprivate init(_ level: LogLevel) {
        self = Logger.Level(rawValue: level.rawValue) ?? .info
    }
}
