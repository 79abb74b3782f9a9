import FoundationEssentials
import Glibc
public import LinuxIO

/// Reads what a machine says of itself, below one folder: `/`, or a made-up one.
///
/// What can't be read is taken not to be there: a container lacks much of this.
public struct MachineReader: Sendable {
    static let rulesName = "60-scanstation.rules"
    static let tableName = "60-scanstation.hwdb"

    let root: String
    private let isClockSynchronised: @Sendable () -> Bool?

    /// `root` has no slash at its end. `isClockSynchronised`: what the kernel says.
    public init(
        root: String = "",
        isClockSynchronised: @escaping @Sendable () -> Bool? = { SystemTime.isSynchronised }
    ) {
        self.root = root
        self.isClockSynchronised = isClockSynchronised
    }

    /// `process`: whose rights count; nil: those of whoever asks. `nodes`: whose modes matter.
    public func facts(process: Int32?, nodes: [String]) -> MachineFacts {
        var facts = MachineFacts()
        facts.modules = Set(
            lines("/proc/modules").compactMap { $0.split(separator: " ").first.map(String.init) })
        facts.processes = Set(
            names("/proc").filter { $0.allSatisfy(\.isNumber) }
                .flatMap { lines("/proc/\($0)/comm") })
        facts.groups = lines("/etc/group").compactMap(MachineFacts.Group.init(line:))
        facts.reader = reader(process.map { "\($0)" } ?? "self")
        facts.interfaces = interfaces()
        facts.hasUdev = isThere("/run/udev/control")
        facts.rules = installed(
            Self.rulesName, in: "/etc/udev/rules.d", "/run/udev/rules.d", "/usr/lib/udev/rules.d",
            mark: ShippedMark.rules)
        facts.hardwareTable = installed(
            Self.tableName, in: "/etc/udev/hwdb.d", "/usr/lib/udev/hwdb.d", mark: ShippedMark.table)
        facts.isTableCompiled = isCompiled(facts.hardwareTable)
        facts.hasBrltty = names("/usr/lib/udev/rules.d").contains { $0.contains("brltty") }
        // A service that keeps the time says so in a file, others tell the kernel.
        facts.isClockSynchronised =
            isThere("/run/systemd/timesync/synchronized") ? true : isClockSynchronised()
        for path in nodes { facts.nodes[path] = node(path) }
        return facts
    }

    /// Of the file system in which `directory` lies.
    public func volume(of directory: String) -> CheckupFacts.Volume? {
        var room = statvfs()
        guard statvfs(root + directory, &room) == 0 else { return nil }
        return CheckupFacts.Volume(
            freeBytes: UInt64(room.f_bavail) * UInt64(room.f_frsize),
            inodes: UInt64(room.f_files), freeInodes: UInt64(room.f_favail))
    }

    private func reader(_ process: String) -> MachineFacts.Reader {
        var reader = MachineFacts.Reader(name: "", id: 0, groups: [])
        for line in lines("/proc/\(process)/status") {
            let words = line.split(whereSeparator: \.isWhitespace)
            switch words.first {
            case "Uid:": reader.id = words.dropFirst(2).first.flatMap { UInt32($0) } ?? 0
            case "Gid:", "Groups:":
                reader.groups.formUnion(words.dropFirst().compactMap { UInt32($0) })
            default: break
            }
        }
        reader.name = userName(reader.id)
        return reader
    }

    private func userName(_ id: UInt32) -> String {
        for line in lines("/etc/passwd") {
            let parts = line.split(separator: ":", omittingEmptySubsequences: false)
            if parts.count > 2, UInt32(parts[2]) == id { return String(parts[0]) }
        }
        return "uid \(id)"
    }
}

extension MachineReader {
    private func installed(
        _ name: String, in folders: String..., mark: UInt64
    ) -> MachineFacts.Installed {
        for folder in folders {
            let path = "\(folder)/\(name)"
            guard let bytes = bytes(path) else { continue }
            return ShippedMark(of: bytes).value == mark
                ? .current(path: path) : .differs(path: path)
        }
        return .missing
    }

    private func isCompiled(_ table: MachineFacts.Installed) -> Bool {
        guard case .current(let path) = table, let written = changed(path) else { return false }
        return ["/etc/udev/hwdb.bin", "/usr/lib/udev/hwdb.bin"].contains { compiled in
            changed(compiled).map { $0 >= written } ?? false
        }
    }

    /// In seconds since 1970.
    private func changed(_ path: String) -> Int? {
        var status = stat()
        guard stat(root + path, &status) == 0 else { return nil }
        return status.st_mtim.tv_sec
    }

    private func node(_ path: String) -> MachineFacts.Node? {
        var status = stat()
        guard stat(root + path, &status) == 0 else { return nil }
        return MachineFacts.Node(
            mode: status.st_mode & 0o777, owner: status.st_uid, group: status.st_gid,
            isLeftToUs: isLeftToUs(path))
    }

    /// What udev's rules said of a serial port.
    private func isLeftToUs(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        guard let number = lines("/sys/class/tty/\(name)/dev").first else { return false }
        return lines("/run/udev/data/c\(number)").contains {
            $0 == "E:ID_MM_PORT_IGNORE=1" || $0 == "E:ID_MM_DEVICE_IGNORE=1"
        }
    }

    private func interfaces() -> [MachineFacts.USBInterface] {
        let folder = "/sys/bus/usb/devices"
        return names(folder).filter { $0.contains(":") }.compactMap { name in
            let device = name.prefix { $0 != ":" }
            guard let vendor = number("\(folder)/\(device)/idVendor"),
                let product = number("\(folder)/\(device)/idProduct"),
                let kind = number("\(folder)/\(name)/bInterfaceClass")
            else { return nil }
            return MachineFacts.USBInterface(
                vendorID: vendor, productID: product, kind: UInt8(truncatingIfNeeded: kind),
                driver: target("\(folder)/\(name)/driver"))
        }
    }

    private func number(_ path: String) -> UInt16? {
        lines(path).first.flatMap { UInt16($0, radix: 16) }
    }

    private func target(_ path: String) -> String? {
        // nil: there is no link, and that is the answer.
        try? FileManager.default.destinationOfSymbolicLink(atPath: root + path)
            .split(separator: "/").last.map(String.init)
    }

    private func isThere(_ path: String) -> Bool { access(root + path, F_OK) == 0 }

    private func names(_ folder: String) -> [String] {
        // What is not there has nothing in it.
        ((try? FileManager.default.contentsOfDirectory(atPath: root + folder)) ?? []).sorted()
    }

    private func lines(_ path: String) -> [String] {
        String(decoding: bytes(path) ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private static let fileLimitBytes = 4 << 20
    private static let chunkBytes = 1 << 16

    /// Files of the kernel have no length to ask for.
    private func bytes(_ path: String) -> [UInt8]? {
        // Not there, or not for us: the same to the caller.
        guard let file = try? FileDescriptor(opening: root + path, O_RDONLY) else { return nil }
        var bytes: [UInt8] = []
        while bytes.count < Self.fileLimitBytes,
            case .bytes(let more)? = try? file.read(limit: Self.chunkBytes)
        {
            bytes += more
        }
        return bytes
    }
}

extension MachineFacts.Group {
    /// `dialout:x:20:ada,bob`
    init?(line: String) {
        let parts = line.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 3, let id = UInt32(parts[2]) else { return nil }
        self.init(
            name: String(parts[0]), id: id,
            members: parts[3].split(separator: ",").map(String.init))
    }
}
