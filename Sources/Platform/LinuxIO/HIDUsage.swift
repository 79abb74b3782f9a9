import Glibc

/// What a HID device says that it is for.
public enum HIDUsage {
    /// Bar Code Scanner (USB-IF, HID Point of Sale Usage Tables 1.02, page 0x8C).
    public static let barcodeScannerPage: UInt16 = 0x8C

    /// Page and usage of the first collection; nil: a descriptor that says neither.
    public static func first(in descriptor: [UInt8]) -> UInt32? {
        var (page, usage): (UInt32, UInt32?) = (0, nil)
        var rest = descriptor[...]
        while let prefix = rest.popFirst() {
            let length = prefix & 3 == 3 ? 4 : Int(prefix & 3)
            guard rest.count >= length else { return nil }
            let value = rest.prefix(length).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            rest = rest.dropFirst(length)
            switch prefix & 0xFC {
            case 0x04: page = value
            case 0x08: usage = usage ?? value
            case 0xA0: return usage.map { $0 > 0xFFFF ? $0 : page << 16 | $0 }
            default: break
            }
        }
        return nil
    }

    static func first(inDescriptorAt path: String) -> UInt32? {
        // A device that has just gone, or none of HID: it says nothing.
        guard let file = try? FileDescriptor(opening: path, O_RDONLY),
            case .bytes(let bytes)? = try? file.read(limit: HIDRawDevice.descriptorLimitBytes)
        else { return nil }
        return first(in: bytes)
    }
}
