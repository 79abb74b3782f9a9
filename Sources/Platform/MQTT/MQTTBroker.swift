/// A broker, and what it is told when we come and when we go.
public struct MQTTBroker: Sendable {
    public var host: String
    public var port: Int
    public var isTLS: Bool
    /// The authorities that may vouch for it; nil: those of the system.
    public var authorityFile: String?
    public var user: String?
    /// Asked for at every connection. What it throws is an error of `publish`.
    public var password: @Sendable () throws -> String?
    /// At most 23 characters. A broker lets go of a connection when another of the same name comes.
    public var clientID: String
    /// Said for us when we are gone without a farewell.
    public var will: MQTTMessage?
    /// Said at every connection, before all else.
    public var greetings: [MQTTMessage] = []
    /// Said before an orderly end.
    public var farewell: MQTTMessage?
    /// How long the broker may say nothing while something is asked of it.
    public var patience = Duration.seconds(30)
    /// How long to wait before a connection that was lost, or never came to be, is tried again.
    public var reconnectPause = Duration.seconds(5)

    public init(
        host: String, port: Int, isTLS: Bool, clientID: String,
        password: @escaping @Sendable () throws -> String? = { nil }
    ) {
        self.host = host
        self.port = port
        self.isTLS = isTLS
        self.clientID = clientID
        self.password = password
    }

    var place: String { "\(host):\(port)" }
}

public struct MQTTMessage: Sendable, Equatable {
    public var topic: String
    public var payload: [UInt8]
    /// The broker keeps it for those who subscribe later.
    public var isRetained: Bool

    public init(topic: String, payload: [UInt8], isRetained: Bool = false) {
        self.topic = topic
        self.payload = payload
        self.isRetained = isRetained
    }
}

/// Why not all was confirmed.
public enum MQTTError: Error, Equatable, Sendable {
    case unreachable(String, why: String)
    /// It knows us not, or doesn't like what it knows.
    case denied(String, why: String)
    case untrusted(String, why: String)
    /// The connection broke. The broker may have taken more than it confirmed.
    case lost(String, why: String)
    case silent(String, after: Duration)
    /// The password can't be had.
    case password(String)
    case cancelled
    case closed
    /// libmosquitto itself failed.
    case broken(String)
}

extension MQTTError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreachable(let place, let why): "\(place): can't connect: \(why)"
        case .denied(let place, let why): "\(place): the broker refuses the connection: \(why)"
        case .untrusted(let place, let why): "\(place): not to be trusted: \(why)"
        case .lost(let place, let why): "\(place): the connection broke: \(why)"
        case .silent(let place, let after): "\(place): the broker said nothing for \(after)"
        case .password(let why): why
        case .cancelled: "cancelled"
        case .closed: "the MQTT client is closed"
        case .broken(let why): "libmosquitto: \(why)"
        }
    }
}
