public import Scans

/// A device that somebody designated: what it is called, where to find it, how to read it.
public struct ConfiguredDevice: Sendable, Equatable {
    public enum Location: Sendable, Equatable {
        /// A node, a link to one (`/dev/serial/by-id/...`), a file or a FIFO.
        case path(String)
        /// Whichever node belongs to a device that says these things of itself.
        case identity(DeviceMatch)
    }

    public enum Placement: Sendable, Equatable {
        /// A thread of the daemon.
        case thread
        /// A process of its own, which may crash or hang alone.
        case process
    }

    public var name: DeviceName
    public var driver: DriverName
    public var location: Location
    public var placement: Placement
    public var options: [String: OptionValue]
    /// Not read until somebody enables it.
    public var isDisabled: Bool

    public init(
        name: DeviceName, driver: DriverName, location: Location, placement: Placement = .thread,
        options: [String: OptionValue] = [:], isDisabled: Bool = false
    ) {
        self.name = name
        self.driver = driver
        self.location = location
        self.placement = placement
        self.options = options
        self.isDisabled = isDisabled
    }
}

/// What a device must say of itself; nil takes anything.
public struct DeviceMatch: Sendable, Equatable {
    public var vendorID: UInt16?
    public var productID: UInt16?
    public var serial: String?
    public var portPath: String?

    public init(
        vendorID: UInt16? = nil, productID: UInt16? = nil, serial: String? = nil,
        portPath: String? = nil
    ) {
        self.vendorID = vendorID
        self.productID = productID
        self.serial = serial
        self.portPath = portPath
    }

    /// Nothing but the socket tells it from the other: of one model, and without serial numbers or
    /// with the same one.
    public func isTwin(of other: DeviceMatch) -> Bool {
        guard portPath != nil, other.portPath != nil, vendorID != nil else { return false }
        return self != other && vendorID == other.vendorID && productID == other.productID
            && serial == other.serial
    }

    /// The same device, whichever socket it sits in. nil: the socket says more than what model it is.
    public var anywhere: DeviceMatch? {
        guard portPath != nil, vendorID != nil else { return nil }
        var match = self
        match.portPath = nil
        return match
    }

    public func accepts(_ identity: DeviceIdentity) -> Bool {
        (vendorID == nil || vendorID == identity.vendorID)
            && (productID == nil || productID == identity.productID)
            && (serial == nil || serial == identity.serial)
            && (portPath == nil || portPath == identity.portPath)
    }
}
