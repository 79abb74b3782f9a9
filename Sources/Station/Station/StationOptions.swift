public import Console
public import LinuxIO
public import Settings
import StationStorage

/// What a station is started with: its configuration, and what the command line adds.
public struct StationOptions: Sendable {
    public var config: StationConfig
    public var stateDirectory: String
    public var socketPath: String
    /// The socket, where the service manager opened it.
    public var listener: FileDescriptor?
    /// Where to listen beside the socket.
    public var loopback: ConsoleServer.Loopback?
    /// Scanners that are not there, for a first look.
    public var demo: Demo?
    /// The words that start a driver process, before the driver's name.
    public var driverProgram: [String]
    /// Reads the configuration anew, for SIGHUP. nil: a SIGHUP ends the daemon.
    public var reread: (@Sendable () throws -> StationConfig)?
    /// Called with the level of a configuration that was read anew.
    public var levelChanged: @Sendable (LogLevel) -> Void = { _ in }

    public init(
        config: StationConfig, stateDirectory: String, socketPath: String,
        loopback: ConsoleServer.Loopback? = nil, demo: Demo? = nil, driverProgram: [String]
    ) {
        self.config = config
        self.stateDirectory = stateDirectory
        self.socketPath = socketPath
        self.loopback = loopback
        self.demo = demo
        self.driverProgram = driverProgram
    }

    var storePath: String { StationStore.path(in: stateDirectory) }
    var keyPath: String { stateDirectory + "/station.key" }
    var designationsPath: String { stateDirectory + "/" + Designations.fileName }
}
