/// All that a station needs to join a hub, in one text that fits into a QR code.
///
/// `scanstation:enrol?hub=https://hub.local:8480&code=7K3QF-X9M2A&pin=sha256//...=`; signs that
/// would end a value are percent-encoded.
public struct EnrolmentLink: Sendable, Equatable, CustomStringConvertible {
    public var hubURL: String
    public var code: String
    /// Of the hub's key; nil: an authority vouches for the hub, or the way is plain HTTP.
    public var pin: String?

    private static let start = "scanstation:enrol?"
    public static let lengthLimitBytes = 1024

    public init(hubURL: String, code: String, pin: String?) {
        self.hubURL = hubURL
        self.code = code
        self.pin = pin
    }

    /// nil: no such link. Names that this program doesn't know are passed over.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.lengthLimitBytes, text.hasPrefix(Self.start) else {
            return nil
        }
        var values: [String: String] = [:]
        for part in text.dropFirst(Self.start.count).split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, let value = Self.unescaped(sides[1]) else {
                return nil
            }
            values[String(sides[0])] = value
        }
        guard let hub = values["hub"], let code = values["code"],
            hub.hasPrefix("https://") || hub.hasPrefix("http://")
        else { return nil }
        self.init(hubURL: hub, code: code, pin: values["pin"])
    }

    public var description: String {
        let parts = [("hub", hubURL), ("code", code)] + (pin.map { [("pin", $0)] } ?? [])
        return Self.start
            + parts.map { "\($0)=\(Self.escaped($1))" }.joined(separator: "&")
    }

    /// nil: a percent sign without two digits behind it, or no UTF-8.
    private static func unescaped(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let value = UInt8(String(Substring(rest.prefix(2))), radix: 16),
                rest.count >= 2
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            if (0x21...0x7E).contains(byte), !"%&#\"".utf8.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return result
    }
}
