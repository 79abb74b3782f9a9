/// What one device said, once: bytes and the circumstances, before anybody asks what they mean.
public struct Capture: Sendable, Equatable {
    public var device: DeviceName
    public var payload: Payload
    /// Where the device or its decoder told: `]E0` and the like.
    public var aim: String?
    /// The tag, code or sentence was read at this moment.
    public var time: CaptureTime
    /// What speaks for the reading; 0...100, nil when the device gives no such figure.
    public var quality: Int?

    public init(
        device: DeviceName, payload: Payload, aim: String? = nil, time: CaptureTime,
        quality: Int? = nil
    ) {
        self.device = device
        self.payload = payload
        self.aim = aim
        self.time = time
        self.quality = quality
    }
}

/// The name by which the configuration knows a device.
public struct DeviceName: Hashable, Sendable, Codable, RawRepresentable,
    ExpressibleByStringLiteral, CustomStringConvertible
{
    public var rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(stringLiteral rawValue: String) {
        self.rawValue = rawValue
    }

    public var description: String { rawValue }
}

/// The content of a capture, by what kind of thing was read.
public enum Payload: Sendable, Equatable, Hashable {
    /// The bytes of one code, without framing. Not necessarily text.
    case code([UInt8])
    /// Characters that a keyboard wedge typed.
    case keystrokes(String)
    /// What somebody said to a microphone, already understood.
    case spoken(SpokenPhrase)
    /// A badge that was held to a reader.
    case badge(ShownBadge)
}

/// What a reader says of a badge.
public struct ShownBadge: Sendable, Equatable, Hashable {
    /// In capital hexadecimal digits.
    public var number: String
    /// It has proved that it knows its key. If not, anybody may have copied the number.
    public var isProven: Bool

    public init(number: String, isProven: Bool) {
        (self.number, self.isProven) = (number, isProven)
    }

    /// Whether a tag can have this number: 4, 7 or 10 bytes (ISO/IEC 14443-3).
    public static func isNumber(_ text: String) -> Bool {
        [8, 14, 20].contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) }
    }

    /// As it is kept in the record of what came in.
    public var text: String { "%SS:BADGE:" + number }
}

/// The wall clock and a clock that only runs forward, read together.
public struct CaptureTime: Sendable, Equatable, Hashable, Codable {
    /// Microseconds since 1970, by a clock that may be wrong.
    public var wallMicroseconds: Int64
    /// Microseconds since some moment of this boot.
    public var monotonicMicroseconds: Int64

    public init(wallMicroseconds: Int64, monotonicMicroseconds: Int64) {
        self.wallMicroseconds = wallMicroseconds
        self.monotonicMicroseconds = monotonicMicroseconds
    }
}
