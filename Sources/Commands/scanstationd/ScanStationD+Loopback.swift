import ArgumentParser
import CommandKit
import Console
import Settings

extension ScanStationD {
    /// nil: the socket only. Port 0 in the configuration means that; on the command line it is
    /// any port that is free.
    func loopback(_ settings: ConsoleSettings) throws -> ConsoleServer.Loopback? {
        if listen == nil, settings.port == 0 { return nil }
        let address = listen ?? ListenAddress(host: settings.host, port: settings.port)
        guard let loopback = ConsoleServer.Loopback(host: address.host, port: address.port) else {
            throw ValidationError(
                "\(address.host) can be reached from other machines, and the local API asks "
                    + "nobody who they are: listen on 127.0.0.1, or set network-host, which asks")
        }
        return loopback
    }

    /// nil: no other machine reaches it.
    func network(_ settings: ConsoleSettings) -> ConsoleServer.NetworkAddress? {
        guard !settings.networkHost.isEmpty else { return nil }
        return .init(host: settings.networkHost, port: settings.networkPort)
    }
}
