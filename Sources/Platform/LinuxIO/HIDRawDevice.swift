import CLinux
import Glibc

/// A HID device as it is, report by report (`/dev/hidraw*`, Documentation/hid/hidraw.rst).
public final class HIDRawDevice {
    /// HID_MAX_DESCRIPTOR_SIZE of the kernel.
    public static let descriptorLimitBytes = 4096
    /// Longer than any report that the kernel passes on at once.
    static let reportLimitBytes = 4096
    /// The kernel keeps 64 reports and drops later ones without a word.
    static let drainLimit = 64

    public let descriptor: FileDescriptor
    /// How its reports are built, as the device says.
    public let reportDescriptor: [UInt8]
    public let vendorID: UInt16

    public init(opening path: String) throws(LinuxError) {
        descriptor = try FileDescriptor(opening: path, O_RDWR | O_NONBLOCK)
        var bytes = [UInt8](repeating: 0, count: Self.descriptorLimitBytes)
        let length = clinux_hidraw_descriptor(descriptor.rawValue, &bytes, bytes.count)
        guard length >= 0 else {
            if errno == ENOTTY || errno == EINVAL { throw .notAHIDNode(path) }
            throw .last("read the report descriptor of", on: path)
        }
        reportDescriptor = Array(bytes.prefix(Int(length)))
        var (vendor, product): (UInt16, UInt16) = (0, 0)
        // A device without ids still scans.
        _ = clinux_hidraw_ids(descriptor.rawValue, &vendor, &product)
        vendorID = vendor
    }

    /// For whatever else keeps the borders of reports: a socket of packets.
    public init(_ descriptor: FileDescriptor, reportDescriptor: [UInt8], vendorID: UInt16) {
        self.descriptor = descriptor
        self.reportDescriptor = reportDescriptor
        self.vendorID = vendorID
    }

    /// Every report that is there now, at most 64. nil: the device has gone.
    public func pendingReports() throws(LinuxError) -> [[UInt8]]? {
        var reports: [[UInt8]] = []
        while reports.count < Self.drainLimit {
            switch try nextReport() {
            case .bytes(let bytes): reports.append(bytes)
            case .wouldBlock: return reports
            case .end: return reports.isEmpty ? nil : reports
            }
        }
        return reports
    }

    private func nextReport() throws(LinuxError) -> FileDescriptor.Reading {
        do {
            return try descriptor.read(limit: Self.reportLimitBytes)
        } catch {
            if error.number == EIO || error.number == ENODEV { return .end }
            throw error
        }
    }

    /// Sends an output report; the first byte names it, 0 where reports have no names.
    public func send(_ report: [UInt8]) throws(LinuxError) {
        _ = try descriptor.write(report)
    }

    /// Sets a feature report; the first byte names it.
    public func setFeature(_ report: [UInt8]) throws(LinuxError) {
        let count = clinux_hidraw_set_feature(descriptor.rawValue, report, report.count)
        guard count >= 0 else { throw .last("set a feature of", on: descriptor.path) }
    }

    /// A feature report as it stands; nil: the device does not tell.
    public func feature(_ id: UInt8, length: Int) -> [UInt8]? {
        var report = [UInt8](repeating: 0, count: length)
        report[0] = id
        let count = clinux_hidraw_get_feature(descriptor.rawValue, &report, report.count)
        return count > 0 ? report : nil
    }
}
