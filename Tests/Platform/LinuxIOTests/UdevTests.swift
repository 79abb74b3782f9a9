import ScanTesting
import Testing

@testable import LinuxIO

@Suite struct UdevTests {
    /// As /sys writes them: words of 64 bits, the highest first.
    static let keyBits: [(what: String, bits: String, typesText: Bool)] = [
        ("a keyboard", "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe", true),
        ("a scanner", "e080ffdf01cfffff fffffffffffffffe", true),
        ("a mouse", "1f0000 0 0 0 0", false),
        ("a power button", "10000000000000 0", false),
        ("a lid", "0", false),
        ("digits alone", "ffe", false),
        ("nothing", "", false),
        ("nonsense", "xyz -1 fffffffffffffffffffff", false),
    ]

    @Test(arguments: keyBits)
    func keysTellWhatTypesText(what: String, bits: String, typesText: Bool) {
        #expect(UdevDevice.typesText(keyBits: bits) == typesText)
    }

    @Test func enumeratesWithoutUdevd() throws {
        let udev = try Udev()
        for device in udev.devices(in: ["input", "tty"]) {
            #expect(["input", "tty"].contains(device.subsystem))
            #expect(device.node.hasPrefix("/dev/"))
        }
        #expect(udev.devices(in: ["no-such-subsystem"]).isEmpty)
    }

    @Test func aMonitorThatHearsNothingSaysNothing() throws {
        let monitor = try Udev().monitor(["input"])
        #expect(monitor.receive() == nil)
        #expect(try Poll.wait(readable: [monitor.descriptor], timeout: .zero).isTimeout)
    }
}
