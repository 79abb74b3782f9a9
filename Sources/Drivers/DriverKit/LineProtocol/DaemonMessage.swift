import Scans

/// What the daemon says to a driver process.
enum DaemonMessage: Sendable, Equatable {
    case open(DeviceDescriptor, inFlightLimit: Int, version: Int)
    /// `id` is that of the capture.
    case verdict(Verdict)
    /// nil: for what the configuration says.
    case listen(grammar: String?)
    case stop
    /// A later version's message.
    case unknown(type: String)
}

extension DaemonMessage: Codable {
    private enum Key: String, CodingKey {
        case type, device, inFlightLimit, version = "protocol", id, signal, code, message
        case grammar
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        switch try fields.decode(String.self, forKey: .type) {
        case "open":
            self = .open(
                try fields.decode(DeviceDescriptor.self, forKey: .device),
                inFlightLimit: try fields.decode(Int.self, forKey: .inFlightLimit),
                version: try fields.decode(Int.self, forKey: .version))
        case "verdict":
            self = .verdict(
                Verdict(
                    id: try fields.decode(UInt64.self, forKey: .id),
                    feedback: try Self.feedback(fields)))
        case "listen":
            self = .listen(grammar: try fields.decodeIfPresent(String.self, forKey: .grammar))
        case "stop": self = .stop
        case let other: self = .unknown(type: other)
        }
    }

    private static func feedback(_ fields: KeyedDecodingContainer<Key>) throws -> Feedback {
        let name = try fields.decode(String.self, forKey: .signal)
        guard let signal = Feedback.Signal(rawValue: name) else {
            throw DecodingError.dataCorruptedError(
                forKey: .signal, in: fields, debugDescription: "no signal of this protocol")
        }
        return Feedback(
            signal, code: try fields.decodeIfPresent(String.self, forKey: .code),
            message: try fields.decode(String.self, forKey: .message))
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .open(let device, let inFlightLimit, let version):
            try fields.encode("open", forKey: .type)
            try fields.encode(device, forKey: .device)
            try fields.encode(inFlightLimit, forKey: .inFlightLimit)
            try fields.encode(version, forKey: .version)
        case .verdict(let verdict):
            try fields.encode("verdict", forKey: .type)
            try fields.encode(verdict.id, forKey: .id)
            try fields.encode(verdict.feedback.signal.rawValue, forKey: .signal)
            try fields.encodeIfPresent(verdict.feedback.code, forKey: .code)
            try fields.encode(verdict.feedback.message, forKey: .message)
        case .listen(let grammar):
            try fields.encode("listen", forKey: .type)
            try fields.encodeIfPresent(grammar, forKey: .grammar)
        case .stop: try fields.encode("stop", forKey: .type)
        case .unknown(let type): try fields.encode(type, forKey: .type)
        }
    }
}
