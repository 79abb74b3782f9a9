public import DriverKit
import LinuxIO

/// Scanners that send reports: HID Point of Sale devices on a hidraw node.
public struct HIDPOSDriver: Driver {
    public let name: DriverName = "hidpos"
    private let options: HIDPOSOptions

    public init(options: HIDPOSOptions = HIDPOSOptions()) {
        self.options = options
    }

    public func claim(_ device: DeviceDescriptor) -> Claim? {
        if let designated = device.designatedDriver { return designated == name ? .certain : nil }
        let isScanner = device.identity.usagePage == HIDUsage.barcodeScannerPage
        return device.subsystem == .hidraw && isScanner ? .generic : nil
    }

    public func read(_ session: DeviceSession) throws {
        try read(session, from: HIDRawDevice(opening: session.device.node))
    }

    func read(_ session: DeviceSession, from device: HIDRawDevice) throws {
        var reading = try HIDPOSReading(device: device, session: session, options: options)
        while true {
            switch try reading.nextEvent() {
            case .input: try reading.takeInput()
            case .verdict(let verdict): reading.tell(verdict)
            case .timeout: reading.takeSilence()
            case .stopped: return reading.finish()
            }
        }
    }
}
