/// What this machine says of itself, as far as it matters to a station.
public struct MachineFacts: Sendable, Equatable {
    /// Of the kernel, loaded now.
    public var modules: Set<String> = []
    /// The short names of all that runs.
    public var processes: Set<String> = []
    public var groups: [Group] = []
    /// Whose rights count: the daemon's, or before it runs those of whoever asks.
    public var reader = Reader()
    public var interfaces: [USBInterface] = []
    /// By path.
    public var nodes: [String: Node] = [:]
    public var rules = Installed.missing
    public var hardwareTable = Installed.missing
    /// Whether udev's compiled table is at least as new as ours.
    public var isTableCompiled = false
    public var hasUdev = false
    public var hasBrltty = false
    /// nil: nobody knows.
    public var isClockSynchronised: Bool?

    public init() {}

    public struct Group: Sendable, Equatable {
        public var name: String
        public var id: UInt32
        public var members: [String]
    }

    public struct Reader: Sendable, Equatable {
        public var name = ""
        public var id: UInt32 = 0
        public var groups: Set<UInt32> = [0]
    }

    public struct USBInterface: Sendable, Equatable {
        public var vendorID: UInt16
        public var productID: UInt16
        /// Of the interface: 2 is communication.
        public var kind: UInt8
        /// Of the kernel; nil: nobody drives it.
        public var driver: String?
    }

    public struct Node: Sendable, Equatable {
        public var mode: UInt32
        public var owner: UInt32
        public var group: UInt32
        /// ModemManager was told to leave it alone.
        public var isLeftToUs: Bool
    }

    /// A file of ours, where the system looks for it.
    public enum Installed: Sendable, Equatable {
        case missing
        case current(path: String)
        case differs(path: String)
    }
}

extension MachineFacts {
    func group(_ id: UInt32) -> Group? { groups.first { $0.id == id } }

    /// Whether the reader may open it for reading and writing.
    func mayOpen(_ node: Node) -> Bool {
        if reader.id == 0 { return true }
        let shift: UInt32 =
            node.owner == reader.id ? 6 : reader.groups.contains(node.group) ? 3 : 0
        return node.mode >> shift & 0o6 == 0o6
    }
}
