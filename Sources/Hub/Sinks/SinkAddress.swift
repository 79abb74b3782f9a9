import Glibc

/// Where a receiver listens.
///
/// Narrower than RFC 3986, so that nobody who reads it after us finds another host in it: letters,
/// digits, `.` and `-`, or an IP address. No user and no password: these would be seen by whoever
/// lists the sinks.
public struct SinkAddress: Sendable, Equatable {
    public enum Scheme: String, Sendable {
        case http, https, mqtt, mqtts

        var isPlain: Bool { self == .http || self == .mqtt }
    }

    public static let lengthLimitBytes = 2048

    public let text: String
    public let scheme: Scheme
    /// Without the brackets of an IPv6 address.
    public let host: String
    public let port: Int?
    /// With the query; begins with `/`, or is empty.
    public let path: String

    /// `allowsPlain`: whoever is on the way may read and change what is sent. Without it this holds
    /// for this machine alone.
    public init(
        _ text: String, schemes: Set<Scheme>, allowsPlain: Bool
    ) throws(SinkSetupError) {
        let fail = { (why: String) in SinkSetupError.address(Self.masked(text), why: why) }
        guard text.utf8.count <= Self.lengthLimitBytes, text.utf8.allSatisfy(Self.mayStand) else {
            throw fail("it is longer than 2048 bytes, or no such character may stand in it")
        }
        let names = schemes.map { $0.rawValue + "://" }.sorted().joined(separator: " or ")
        guard let separator = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: String(text[..<separator.lowerBound])),
            schemes.contains(scheme)
        else { throw fail("it begins with \(names)") }
        let rest = text[separator.upperBound...]
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        guard !rest[..<end].contains("@") else {
            throw fail("a user or a password in it would be seen: give --secret-file")
        }
        guard let (host, port) = Self.hostAndPort(rest[..<end]) else {
            throw fail("it names no host")
        }
        guard !rest.contains("#") else { throw fail("a # is for browsers") }
        (self.text, self.scheme, self.host, self.port) = (text, scheme, host, port)
        path = String(rest[end...])
        guard path.isEmpty || path.hasPrefix("/") else { throw fail("a / is missing before the ?") }
        guard !scheme.isPlain || allowsPlain || isLoopback else {
            throw fail(
                "it is not encrypted, so whoever is on the way may read and change what is sent: "
                    + "\(scheme.rawValue)s://, or --allow-plain")
        }
    }

    /// Only this machine can be meant.
    public var isLoopback: Bool {
        if host.lowercased() == "localhost" { return true }
        var four = in_addr()
        if inet_pton(AF_INET, host, &four) == 1 {
            return UInt32(bigEndian: four.s_addr) >> 24 == 127
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, host, &six) == 1 else { return false }
        return withUnsafeBytes(of: six) { $0.dropLast().allSatisfy { $0 == 0 } && $0[15] == 1 }
    }

    private static func hostAndPort(_ text: Substring) -> (String, Int?)? {
        var host = text
        var port: Int?
        let colon = text.lastIndex(of: ":")
        if let colon, !text.hasSuffix("]") {
            let digits = text[text.index(after: colon)...]
            guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(digits), (1...65_535).contains(number)
            else { return nil }
            (host, port) = (text[..<colon], number)
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            var six = in6_addr()
            let inner = String(host.dropFirst().dropLast())
            return inet_pton(AF_INET6, inner, &six) == 1 ? (inner, port) : nil
        }
        guard !host.isEmpty, host.utf8.allSatisfy(isNameByte) else { return nil }
        return (String(host), port)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// RFC 3986, appendix A: what may stand in a URI at all.
    private static func mayStand(_ byte: UInt8) -> Bool {
        isNameByte(byte) || "_~:/?#[]@!$&'()*+,;=%".utf8.contains(byte)
    }

    /// What may be a password isn't repeated.
    private static func masked(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@") else { return text }
        return "…" + text[at...]
    }
}
