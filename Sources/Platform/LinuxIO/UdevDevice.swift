import CUdev

/// One device node and what is known about the thing behind it.
public struct UdevDevice: Sendable, Equatable {
    /// `input`, `tty`, `hidraw`.
    public var subsystem: String
    /// `/dev/input/event3`.
    public var node: String
    public var name: String?
    public var vendorID: UInt16?
    public var productID: UInt16?
    public var serial: String?
    /// Which socket it sits in, `1-1.2:1.0`: the same after a restart as long as nobody replugs it.
    public var portPath: String?
    /// Has keys for letters, digits and Enter, as whatever types text must.
    public var typesText: Bool
    /// What a hidraw node is for by its report descriptor: page and usage of its first collection.
    public var hidUsage: UInt32?

    public init(
        subsystem: String, node: String, name: String? = nil, vendorID: UInt16? = nil,
        productID: UInt16? = nil, serial: String? = nil, portPath: String? = nil,
        typesText: Bool = false, hidUsage: UInt32? = nil
    ) {
        self.subsystem = subsystem
        self.node = node
        self.name = name
        self.vendorID = vendorID
        self.productID = productID
        self.serial = serial
        self.portPath = portPath
        self.typesText = typesText
        self.hidUsage = hidUsage
    }
}

extension UdevDevice {
    /// nil: a device without a node, which nobody can open.
    init?(_ device: OpaquePointer) {
        guard let subsystem = String(udev: udev_device_get_subsystem(device)),
            let node = String(udev: udev_device_get_devnode(device))
        else { return nil }
        self.init(subsystem: subsystem, node: node)
        readInputParent(of: device)
        readHIDParent(of: device)
        readUSBParents(of: device)
    }

    /// What the kernel's input layer knows, for Bluetooth and virtual devices too.
    private mutating func readInputParent(of device: OpaquePointer) {
        guard let input = udev_device_get_parent_with_subsystem_devtype(device, "input", nil)
        else { return }
        name = attribute(input, "name")
        vendorID = attribute(input, "id/vendor").flatMap { UInt16($0, radix: 16) }
        productID = attribute(input, "id/product").flatMap { UInt16($0, radix: 16) }
        serial = attribute(input, "uniq")
        portPath = attribute(input, "phys")
        typesText = attribute(input, "capabilities/key").map(Self.typesText(keyBits:)) ?? false
    }

    /// What a hidraw node hangs from. Its ids stand in its name alone: `0003:0C2E:0B61.0001`.
    private mutating func readHIDParent(of device: OpaquePointer) {
        guard subsystem == "hidraw",
            let hid = udev_device_get_parent_with_subsystem_devtype(device, "hid", nil)
        else { return }
        name = String(udev: udev_device_get_property_value(hid, "HID_NAME"))
        let unique = String(udev: udev_device_get_property_value(hid, "HID_UNIQ"))
        serial = unique?.isEmpty == false ? unique : nil
        portPath = String(udev: udev_device_get_property_value(hid, "HID_PHYS"))
        let ids = (String(udev: udev_device_get_sysname(hid)) ?? "")
            .split(whereSeparator: { ":.".contains($0) }).map { UInt16($0, radix: 16) }
        if ids.count >= 3 { (vendorID, productID) = (ids[1], ids[2]) }
        guard let path = String(udev: udev_device_get_syspath(hid)) else { return }
        hidUsage = HIDUsage.first(inDescriptorAt: path + "/report_descriptor")
    }

    /// Read from /sys and not from udevd's properties, so that it is the same without udevd.
    private mutating func readUSBParents(of device: OpaquePointer) {
        let usb = "usb"
        guard let parent = udev_device_get_parent_with_subsystem_devtype(device, usb, "usb_device")
        else { return }
        name = attribute(parent, "product") ?? name
        vendorID = attribute(parent, "idVendor").flatMap { UInt16($0, radix: 16) } ?? vendorID
        productID = attribute(parent, "idProduct").flatMap { UInt16($0, radix: 16) } ?? productID
        serial = attribute(parent, "serial") ?? serial
        let interface = udev_device_get_parent_with_subsystem_devtype(device, usb, "usb_interface")
        portPath = String(udev: udev_device_get_sysname(interface ?? parent)) ?? portPath
    }

    private func attribute(_ device: OpaquePointer, _ name: String) -> String? {
        let value = String(udev: udev_device_get_sysattr_value(device, name))
        return value?.isEmpty == true ? nil : value
    }

    /// `/sys` writes key bits as hexadecimal words of 64 bits, the highest first.
    static func typesText(keyBits: String) -> Bool {
        let words = keyBits.split(separator: " ").reversed().map { UInt64($0, radix: 16) ?? 0 }
        return [Key.a, .z, .digit1, .digit0, .enter].allSatisfy { key in
            let (word, bit) = Int(key.rawValue).quotientAndRemainder(dividingBy: 64)
            return word < words.count && words[word] >> bit & 1 == 1
        }
    }
}

extension String {
    init?(udev text: UnsafePointer<CChar>?) {
        guard let text else { return nil }
        self.init(cString: text)
    }
}
