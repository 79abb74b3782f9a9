/// The keys of a `[[device]]` that every driver shares. All others are options of its driver.
public enum DeviceKey: String, Sendable, CaseIterable {
    case name, driver, path
    case vendorID = "vendor-id"
    case productID = "product-id"
    case serial
    case portPath = "port-path"
    case process, disabled

    /// The name of the array of tables.
    static let table = "device"
    /// In bytes.
    static let nameLimit = 64
    static let pathLimit = 4000
    static let identityLimit = 256

    /// One sentence of documentation.
    public var summary: String {
        switch self {
        case .name: "Stands in scans and status; letters, digits, '-', '_' and '.', unique."
        case .driver: "Which driver reads it."
        case .path: "Its node, a link to it, a file or a FIFO; absolute."
        case .vendorID: "Instead of a path: the USB vendor, as 0x05e0 or \"05e0\"."
        case .productID: "The USB product, written the same way."
        case .serial: "Its serial number."
        case .portPath: "The socket it sits in, such as \"1-1.2:1.0\"."
        case .process: "Whether the driver runs in a process of its own."
        case .disabled: "Known, but not read."
        }
    }

    /// A value for the sample in the shipped file.
    var example: ConfigValue {
        switch self {
        case .name: .text("counter")
        case .driver: .text("serial")
        case .path: .text("/dev/serial/by-id/usb-Example_Scanner-if00")
        case .vendorID: .text("05e0")
        case .productID: .text("1701")
        case .serial: .text("S/N 12345")
        case .portPath: .text("1-1.2:1.0")
        case .process, .disabled: .boolean(false)
        }
    }
}
