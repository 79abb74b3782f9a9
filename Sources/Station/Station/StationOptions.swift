public import Console
public import Settings
import StationStorage

/// What a station is started with: its configuration, and what the command line adds.
public struct StationOptions: Sendable {
    public var config: StationConfig
    public var stateDirectory: String
    public var socketPath: String
    /// Where to listen beside the socket.
    public var loopback: ConsoleServer.Loopback?
    /// Where to listen for other machines.
    public var network: ConsoleServer.NetworkAddress?
    /// Scanners that are not there, for a first look.
    public var demo: Demo?
    /// The words that start a driver process, before the driver's name.
    public var driverProgram: [String]

    public init(
        config: StationConfig, stateDirectory: String, socketPath: String,
        loopback: ConsoleServer.Loopback? = nil,
        network: ConsoleServer.NetworkAddress? = nil, demo: Demo? = nil, driverProgram: [String]
    ) {
        self.config = config
        self.stateDirectory = stateDirectory
        self.socketPath = socketPath
        self.loopback = loopback
        self.network = network
        self.demo = demo
        self.driverProgram = driverProgram
    }

    var storePath: String { StationStore.path(in: stateDirectory) }
    var keyPath: String { stateDirectory + "/station.key" }
    var designationsPath: String { stateDirectory + "/" + Designations.fileName }
}
