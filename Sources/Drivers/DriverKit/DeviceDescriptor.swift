public import Scans

/// One device as drivers see it: where it is and what it says it is.
public struct DeviceDescriptor: Sendable, Equatable, Codable {
    public enum Subsystem: String, Sendable, Codable {
        case input, tty, hidraw, sound
        case video = "video4linux"
        /// A file, a FIFO or something else that no kernel subsystem announces.
        case other
    }

    /// The name that the configuration gave it; that of the node where nobody named it.
    public var name: DeviceName
    /// The driver that a person or a rule chose. nil: nobody did.
    public var designatedDriver: DriverName?
    public var node: String
    public var subsystem: Subsystem
    public var identity: DeviceIdentity
    public var options: [String: OptionValue]

    public init(
        name: DeviceName, designatedDriver: DriverName?, node: String, subsystem: Subsystem,
        identity: DeviceIdentity = DeviceIdentity(), options: [String: OptionValue] = [:]
    ) {
        self.name = name
        self.designatedDriver = designatedDriver
        self.node = node
        self.subsystem = subsystem
        self.identity = identity
        self.options = options
    }
}

/// What a device says about itself. The serial number is best, then the socket it sits in.
public struct DeviceIdentity: Sendable, Equatable, Codable {
    public var product: String?
    public var vendorID: UInt16?
    public var productID: UInt16?
    public var serial: String?
    /// `1-1.2:1.0`: bus, sockets on the way, interface.
    public var portPath: String?
    /// What a HID device is for: 0x8C is a barcode scanner. nil: it does not say, or is none.
    public var usagePage: UInt16?

    public init(
        product: String? = nil, vendorID: UInt16? = nil, productID: UInt16? = nil,
        serial: String? = nil, portPath: String? = nil, usagePage: UInt16? = nil
    ) {
        self.product = product
        self.vendorID = vendorID
        self.productID = productID
        self.serial = serial
        self.portPath = portPath
        self.usagePage = usagePage
    }
}
