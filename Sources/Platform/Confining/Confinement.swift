/// What one process needs; it gives up all else, for good.
///
/// The kernel sees to it: Landlock to files, seccomp to system calls. Whoever takes the process over
/// by what it parses can then do no more than the process itself.
public struct Confinement: Sendable, Equatable {
    public struct Access: OptionSet, Sendable, Hashable {
        public let rawValue: UInt32

        public static let read = Access(rawValue: 1)
        public static let write = Access(rawValue: 2)
        /// Make, rename and remove files in a folder.
        public static let keep = Access(rawValue: 4)
        /// Run as a program.
        public static let run = Access(rawValue: 8)
        /// Talk to a device otherwise than by reading and writing.
        public static let device = Access(rawValue: 16)

        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }
    }

    /// A file, or a folder with all below it. What is not there when the process gives the rest up
    /// can't be reached later either.
    public struct Place: Sendable, Hashable {
        public var path: String
        public var access: Access

        public init(_ path: String, _ access: Access) {
            self.path = path
            self.access = access
        }
    }

    /// What can be asked of the kernel beside files.
    public struct Calls: Sendable, Equatable {
        public enum Family: UInt64, Sendable {
            case unix = 1
        }

        /// Which sockets can be made.
        public var sockets: Set<Family>
        /// Whether processes can be started. Programs are run from places with `run` only.
        public var mayStart: Bool
        /// Whether owners and modes of files can be changed.
        public var mayChangeModes: Bool

        public static let few = Calls()

        public init(
            sockets: Set<Family> = [], mayStart: Bool = false, mayChangeModes: Bool = false
        ) {
            self.sockets = sockets
            self.mayStart = mayStart
            self.mayChangeModes = mayChangeModes
        }
    }

    public var places: [Place]
    /// Until the device is open.
    public var opening: Calls
    /// From then on: the same or less.
    public var reading: Calls
    /// Of address space.
    public var memoryLimitBytes: UInt64
    public var openFilesLimit: UInt64

    public init(
        places: [Place], opening: Calls = .few, reading: Calls = .few,
        memoryLimitBytes: UInt64 = 2 << 30, openFilesLimit: UInt64 = 64
    ) {
        self.places = places
        self.opening = opening
        self.reading = reading
        self.memoryLimitBytes = memoryLimitBytes
        self.openFilesLimit = openFilesLimit
    }

    /// A process that reads and writes what is open already, and no more.
    public static let nothing = Confinement(places: [])
}

/// What the kernel granted of a confinement, and what it did not.
public struct ConfinementReport: Sendable, Equatable {
    /// `landlock 7`, `seccomp`
    public var granted: [String] = []
    /// Each with the reason.
    public var lacking: [String] = []

    public init(granted: [String] = [], lacking: [String] = []) {
        self.granted = granted
        self.lacking = lacking
    }
}
