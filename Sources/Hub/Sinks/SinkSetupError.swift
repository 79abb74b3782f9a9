/// Why a sink can't be as it was asked for. `code` is stable: docs/errors.md.
public enum SinkSetupError: Error, Equatable, Sendable {
    case address(String, why: String)
    case topic(String)
    case secret(String, why: String)
    case settings(String)

    public var code: String {
        switch self {
        case .address: "sink-address"
        case .topic: "sink-topic"
        case .secret: "sink-secret"
        case .settings: "sink-settings"
        }
    }
}

extension SinkSetupError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .address(let text, let why): "'\(text)' can't be a sink's address: \(why)"
        case .topic(let text):
            "'\(text)' can't be a topic: no + # or control characters, no / at its ends, no $ at "
                + "its beginning, at most 200 bytes"
        case .secret(let path, let why): "\(path): \(why)"
        case .settings(let why): "the sink's settings make no sense: \(why)"
        }
    }
}
