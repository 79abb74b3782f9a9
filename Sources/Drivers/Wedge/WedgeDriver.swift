public import DriverKit
import LinuxIO

/// Scanners that type what they read: keyboards to the kernel, "wedges" to the trade.
///
/// The device is grabbed, so that its keystrokes reach this program and no login prompt.
/// That is why looks are never enough: a rule or the operator must have designated it.
public struct WedgeDriver: Driver {
    public let name: DriverName = "wedge"
    private let options: WedgeOptions

    public init(options: WedgeOptions) {
        self.options = options
    }

    public func claim(_ device: DeviceDescriptor) -> Claim? {
        guard device.subsystem != .tty, device.designatedDriver == name else { return nil }
        return .certain
    }

    public func read(_ session: DeviceSession) throws {
        let node = session.device.node
        var input = try InputDevice(opening: node)
        if options.grabs && !input.isStream { try input.grab() }
        var reader = WedgeReader(session, options, isStream: input.isStream)

        while try reader.waitForInput(on: input) {
            if let events = try reader.pendingEvents(of: input) {
                try reader.take(events)
            } else {
                try reader.beginAnew()
                // Its writer has gone, and the next may come. A node that ends is unplugged.
                guard input.isStream else { throw DriverFault.unplugged(session.device) }
                input = try InputDevice(opening: node)
            }
        }
        try reader.finish()
    }
}
