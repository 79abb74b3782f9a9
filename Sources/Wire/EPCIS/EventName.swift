import Crypto
import FoundationEssentials
import Replication

/// The `eventID` of an event: a UUID of version 5, so that whoever makes the event again, here or
/// elsewhere, gives it the same name.
///
/// `uuid5(NAMESPACE_URL, "urn:scanstation:main/event/a1b2c3d4e5f60718:42/1/0")`: the tenant's
/// namespace, the operation, how often it was done or undone when the event became true, and the
/// number of the event among those of the operation. Source: RFC 9562, section 5.5.
enum EventName {
    static func id(
        namespace: String, _ operation: OperationID, level: UInt32, number: Int
    ) -> String {
        "urn:uuid:" + uuid5("\(namespace)/event/\(operation)/\(level)/\(number)")
    }

    static func uuid5(_ name: String) -> String {
        var hash = Insecure.SHA1()
        hash.update(data: urlNamespace)
        hash.update(data: Array(name.utf8))
        var bytes = Array(hash.finalize().prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        var rest = digits[...]
        return [8, 4, 4, 4, 12].map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }

    /// RFC 9562, section 6.6: 6ba7b811-9dad-11d1-80b4-00c04fd430c8.
    private static let urlNamespace: [UInt8] = [
        0x6B, 0xA7, 0xB8, 0x11, 0x9D, 0xAD, 0x11, 0xD1,
        0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8,
    ]
}
