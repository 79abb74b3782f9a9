import Foundation
import ScanTesting

@testable import Checkup

/// A machine that is a folder: files of the kernel, of udev and of the system.
final class MachineScene {
    private let folder: TemporaryFolder

    /// One on which all is well: udev runs, our files are installed and compiled.
    init() throws {
        folder = try TemporaryFolder()
        try write("/proc/modules", "cdc_acm 45056 0 - Live 0x0\nusbserial 65536 1 ftdi_sio\n")
        try write(
            "/proc/77/status", "Name:\tx\nUid:\t990\t990\t990\t990\nGid:\t990\nGroups:\t20 \n")
        try write("/proc/77/comm", "scanstationd\n")
        try write("/etc/passwd", "root:x:0:0::/root:/bin/sh\nscanstation:x:990:990::/:/bin/sh\n")
        try write("/etc/group", "root:x:0:\ndialout:x:20:ada,scanstation\ninput:x:104:\n")
        try write("/run/udev/control", "")
        try write("/run/systemd/timesync/synchronized", "")
        for name in [MachineReader.rulesName, MachineReader.tableName] {
            try write(Self.installed(name), try Self.shipped(name))
        }
        try write("/etc/udev/hwdb.bin", "compiled")
    }

    static func installed(_ name: String) -> String {
        "/usr/lib/udev/\(name.hasSuffix(".rules") ? "rules.d" : "hwdb.d")/\(name)"
    }

    static func shipped(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "udev/\(name)"), encoding: .utf8)
    }

    func path(_ name: String) -> String { folder.path + name }

    func write(_ name: String, _ text: String) throws {
        let url = URL(filePath: path(name))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

    func age(_ name: String) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1000)], ofItemAtPath: path(name))
    }

    /// Something on USB, and who drives it.
    func plug(_ vendor: String, _ product: String, kind: String, driver: String?) throws {
        let devices = "/sys/bus/usb/devices"
        try write("\(devices)/1-1/idVendor", vendor + "\n")
        try write("\(devices)/1-1/idProduct", product + "\n")
        try write("\(devices)/1-1:1.0/bInterfaceClass", kind + "\n")
        guard let driver else { return }
        try FileManager.default.createSymbolicLink(
            atPath: path("\(devices)/1-1:1.0/driver"),
            withDestinationPath: "../../../bus/usb/drivers/\(driver)")
    }

    /// A node, which is a file here, and what udev's rules said of it.
    func node(_ name: String, mode: Int, udev: String) throws {
        try write("/dev/\(name)", "")
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: path("/dev/\(name)"))
        try write("/sys/class/tty/\(name)/dev", "188:0\n")
        try write("/run/udev/data/c188:0", udev)
    }

    func facts(nodes: [String] = [], kernelClock: Bool? = true) -> MachineFacts {
        MachineReader(root: folder.path, isClockSynchronised: { kernelClock })
            .facts(process: 77, nodes: nodes)
    }
}
