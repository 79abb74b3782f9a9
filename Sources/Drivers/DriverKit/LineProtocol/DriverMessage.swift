import Scans

/// What a driver process says to the daemon.
enum DriverMessage: Sendable, Equatable {
    case hello(driver: DriverName, version: Int)
    case listening
    case capture(CaptureMessage)
    case refused(code: String, message: String)
    case warning(String)
    case alive
    case failed(DriverFault)
    /// It holds the device, and believes nothing it says.
    case quarantined(DriverFault)
    /// It has given up what it does not need; sent before `listening`.
    case confined(DeviceConfinement)
    case stopped
    /// A later version's message.
    case unknown(type: String)
}

extension DriverMessage: Codable {
    private enum Key: String, CodingKey {
        case type, driver, version = "protocol", code, message, fix, granted, lacking
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        func text(_ key: Key) throws -> String { try fields.decode(String.self, forKey: key) }

        switch try text(.type) {
        case "hello":
            self = .hello(
                driver: DriverName(rawValue: try text(.driver)),
                version: try fields.decode(Int.self, forKey: .version))
        case "listening": self = .listening
        case "capture": self = .capture(try CaptureMessage(from: decoder))
        case "refused": self = .refused(code: try text(.code), message: try text(.message))
        case "warning": self = .warning(try text(.message))
        case "alive": self = .alive
        case "failed", "quarantined":
            let fix = try fields.decodeIfPresent(String.self, forKey: .fix)
            let fault = DriverFault(
                DriverFault.Code(rawValue: try text(.code)), try text(.message), fix: fix ?? "")
            self = try text(.type) == "failed" ? .failed(fault) : .quarantined(fault)
        case "confined":
            self = .confined(
                DeviceConfinement(
                    granted: try text(.granted),
                    lacking: try fields.decodeIfPresent(String.self, forKey: .lacking) ?? ""))
        case "stopped": self = .stopped
        case let other: self = .unknown(type: other)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(type, forKey: .type)
        switch self {
        case .hello(let driver, let version):
            try fields.encode(driver, forKey: .driver)
            try fields.encode(version, forKey: .version)
        case .capture(let capture): try capture.encode(to: encoder)
        case .refused(let code, let message):
            try fields.encode(code, forKey: .code)
            try fields.encode(message, forKey: .message)
        case .warning(let message): try fields.encode(message, forKey: .message)
        case .failed(let fault), .quarantined(let fault):
            try fields.encode(fault.code.rawValue, forKey: .code)
            try fields.encode(fault.message, forKey: .message)
            try fields.encode(fault.fix, forKey: .fix)
        case .confined(let confinement):
            try fields.encode(confinement.granted, forKey: .granted)
            if !confinement.lacking.isEmpty {
                try fields.encode(confinement.lacking, forKey: .lacking)
            }
        case .listening, .alive, .stopped, .unknown: break
        }
    }

    private var type: String {
        switch self {
        case .hello: "hello"
        case .listening: "listening"
        case .capture: "capture"
        case .refused: "refused"
        case .warning: "warning"
        case .alive: "alive"
        case .failed: "failed"
        case .quarantined: "quarantined"
        case .confined: "confined"
        case .stopped: "stopped"
        case .unknown(let type): type
        }
    }
}
