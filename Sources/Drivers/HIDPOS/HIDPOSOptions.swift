public import DriverKit

/// What can be set for one scanner that sends reports.
public struct HIDPOSOptions: Sendable, Equatable {
    /// A code that goes on must do so within this time.
    static let unfinishedLimit = Duration.milliseconds(500)

    /// Tell the scanner what became of each code, where it can beep or light up for that.
    public var signals: Bool
    /// Switch a Honeywell scanner from keyboard to HID POS: somebody agreed to it.
    public var switchesFromKeyboard: Bool
    public var lengthLimitBytes: Int

    public init(
        signals: Bool = true, switchesFromKeyboard: Bool = false, lengthLimitBytes: Int = 8192
    ) {
        self.signals = signals
        self.switchesFromKeyboard = switchesFromKeyboard
        self.lengthLimitBytes = lengthLimitBytes
    }
}

extension HIDPOSDriver {
    /// What the catalogue knows of this driver.
    public static let kind = DriverKind(
        name: "hidpos", summary: "Scanners that send reports, as HID Point of Sale devices.",
        options: [
            OptionKey(
                "signals", .boolean(default: true),
                "Whether the scanner beeps by what became of the code, where it can."),
            OptionKey(
                "switch-from-keyboard", .boolean(default: false),
                "Switch a Honeywell scanner in keyboard mode to HID POS, for good."),
            OptionKey(
                "length-limit-bytes", .integer(1...65_536, default: 8192),
                "A longer code is refused. The fullest QR Code holds 7089 digits."),
        ],
        subsystem: .hidraw,
        listeningOptions: ["signals": .boolean(false), "switch-from-keyboard": .boolean(false)],
        canSignal: true
    ) { table in
        HIDPOSDriver(
            options: HIDPOSOptions(
                signals: table.boolean("signals"),
                switchesFromKeyboard: table.boolean("switch-from-keyboard"),
                lengthLimitBytes: table.integer("length-limit-bytes")))
    }
}
