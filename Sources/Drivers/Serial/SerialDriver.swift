public import DriverKit
import LinuxIO

/// Scanners at a serial port: CDC-ACM, USB adapters, RS-232, and whatever else is a terminal.
public struct SerialDriver: Driver {
    public let name: DriverName = "serial"
    private let options: SerialOptions

    public init(options: SerialOptions = SerialOptions()) {
        self.options = options
    }

    public func claim(_ device: DeviceDescriptor) -> Claim? {
        if let designated = device.designatedDriver { return designated == name ? .certain : nil }
        let file = device.node.split(separator: "/").last ?? ""
        let isCandidate = file.hasPrefix("ttyACM") || file.hasPrefix("ttyUSB")
        return device.subsystem == .tty && isCandidate ? .generic : nil
    }

    public func read(_ session: DeviceSession) throws {
        let port = try SerialPort(opening: session.device.node, line: options.line)
        var reading = SerialReading(port: port, session: session, options: options)
        while true {
            switch try reading.nextEvent() {
            case .input: try reading.takeInput()
            case .verdict(let verdict): try reading.acknowledge(verdict)
            case .timeout: try reading.takeSilence()
            case .stopped: return try reading.finish()
            }
        }
    }
}
