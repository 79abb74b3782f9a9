import ArgumentParser
import LocalAPI

/// Which station is meant.
struct StationOptions: ParsableArguments {
    @Option(help: "The daemon's socket.", completion: .file())
    var socket: String?

    @Option(help: "The daemon's state folder, in which its socket is.", completion: .directory)
    var state: String?

    /// Throws when there is no daemon to talk to.
    func client() throws -> StationClient {
        try StationClient(
            socket: socket ?? StationPlaces.current.socket(forClientOf: state))
    }
}
