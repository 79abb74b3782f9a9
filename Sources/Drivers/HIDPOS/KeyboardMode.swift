import DriverKit
import LinuxIO

/// A scanner on a hidraw node that does not send codes there: it types them.
struct KeyboardMode {
    static let honeywell: UInt16 = 0x0C2E
    /// Feature report 254 with 1 makes a keyboard scanner of Honeywell's a HID POS scanner.
    static let honeywellSwitch: [UInt8] = [254, 1]

    private let device: HIDRawDevice
    private let description: DeviceDescriptor

    init(_ device: HIDRawDevice, _ description: DeviceDescriptor) {
        self.device = device
        self.description = description
    }

    /// Switches it where somebody agreed and it is known how, and says what comes next.
    func fault(mayingSwitch: Bool) throws(LinuxError) -> DriverFault {
        guard device.vendorID == Self.honeywell else {
            return DriverFault(
                .notSuitable, "\(description.node) sends no codes: it is no HID POS scanner",
                fix: "Scan the code 'USB HID POS' of its manual, or use it as keyboard or serial.")
        }
        guard mayingSwitch else {
            return DriverFault(
                .notSuitable, "\(description.node) is a Honeywell scanner in keyboard mode",
                fix: "Set switch-from-keyboard = true to have it switched to HID POS, or use the "
                    + "driver wedge.")
        }
        try device.setFeature(Self.honeywellSwitch)
        return DriverFault(
            .unplugged, "\(description.node) was switched to HID POS and comes back as such",
            fix: "Wait for a moment; if it does not come back, unplug it and plug it in again.")
    }
}
