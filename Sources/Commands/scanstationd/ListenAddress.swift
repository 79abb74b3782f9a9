import ArgumentParser
import Console
import Settings

/// HOST:PORT, as it is given on the command line.
struct ListenAddress: ExpressibleByArgument, CustomStringConvertible {
    var host: String
    var port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"),
            let port = Int(argument[argument.index(after: colon)...]), (0...65_535).contains(port)
        else { return nil }
        let host = argument[..<colon].filter { $0 != "[" && $0 != "]" }
        guard !host.isEmpty else { return nil }
        self.init(host: host, port: port)
    }

    var description: String { "\(host):\(port)" }
}

extension ScanStationD {
    /// nil: the socket only. Port 0 in the configuration means that; on the command line it is
    /// any port that is free.
    func loopback(_ settings: ConsoleSettings) throws -> ConsoleServer.Loopback? {
        if listen == nil, settings.port == 0 { return nil }
        let address = listen ?? ListenAddress(host: settings.host, port: settings.port)
        guard let loopback = ConsoleServer.Loopback(host: address.host, port: address.port) else {
            throw ValidationError(
                "\(address.host) can be reached from other machines, and the local API asks "
                    + "nobody who they are: listen on 127.0.0.1")
        }
        return loopback
    }
}
