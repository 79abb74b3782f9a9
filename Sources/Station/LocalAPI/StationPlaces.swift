import Glibc

/// Where a station keeps its things when nobody says: the same answer for daemon and client.
public struct StationPlaces: Sendable, Equatable {
    public static let socketName = "scanstation.sock"
    /// In bytes. The kernel takes 107; the server and BSD's sockets end at 103.
    public static let socketPathLimit = 103
    private static let serviceRuntime = "/run/scanstation"

    private let environment: [String: String]

    public init(environment: [String: String]) {
        self.environment = environment
    }

    /// Of this process.
    public static var current: StationPlaces {
        let names = ["STATE_DIRECTORY", "RUNTIME_DIRECTORY", "XDG_STATE_HOME", "HOME"]
        var environment: [String: String] = [:]
        for name in names {
            environment[name] = getenv(name).map { String(cString: $0) }
        }
        return StationPlaces(environment: environment)
    }

    /// The service manager's choice, else the user's own.
    public var stateDirectory: String {
        if let path = first("STATE_DIRECTORY") { return path }
        if let path = first("XDG_STATE_HOME") { return path + "/scanstation" }
        return (first("HOME") ?? "/var/lib") + "/.local/state/scanstation"
    }

    /// Where the daemon listens.
    public func socket(ofDaemonIn state: String) -> String {
        (first("RUNTIME_DIRECTORY") ?? state) + "/" + Self.socketName
    }

    /// Where a client looks: in `state` when it was named, else at the service, else at home.
    public func socket(forClientOf state: String?) -> String {
        if let state { return state + "/" + Self.socketName }
        let service = Self.serviceRuntime + "/" + Self.socketName
        if access(service, F_OK) == 0 { return service }
        return stateDirectory + "/" + Self.socketName
    }

    /// systemd separates several folders by colons; the first is ours.
    private func first(_ name: String) -> String? {
        environment[name].flatMap { $0.split(separator: ":").first.map(String.init) }
    }
}
