import CLinux

/// What one record of an input device says.
public enum InputEvent: Sendable, Equatable {
    case pressed(Key)
    case released(Key)
    /// A held key, said again.
    case repeated(Key)
    /// What belongs together ends here (SYN_REPORT).
    case frameEnd
    /// The kernel's queue was full and some events are gone (SYN_DROPPED).
    case eventsLost
    case other

    init(_ record: input_event) {
        switch (Int32(record.type), record.value) {
        case (EV_KEY, 0): self = .released(Key(rawValue: record.code))
        case (EV_KEY, 1): self = .pressed(Key(rawValue: record.code))
        case (EV_KEY, 2): self = .repeated(Key(rawValue: record.code))
        case (EV_SYN, _) where Int32(record.code) == SYN_REPORT: self = .frameEnd
        case (EV_SYN, _) where Int32(record.code) == SYN_DROPPED: self = .eventsLost
        default: self = .other
        }
    }

    /// The record that the kernel would write for it, at time zero.
    var record: input_event {
        var record = input_event()
        switch self {
        case .pressed(let key): (record.type, record.code, record.value) = Self.key(key, 1)
        case .released(let key): (record.type, record.code, record.value) = Self.key(key, 0)
        case .repeated(let key): (record.type, record.code, record.value) = Self.key(key, 2)
        case .frameEnd: record.type = UInt16(EV_SYN)
        case .eventsLost: (record.type, record.code) = (UInt16(EV_SYN), UInt16(SYN_DROPPED))
        case .other: record.type = UInt16(EV_MSC)
        }
        return record
    }

    private static func key(_ key: Key, _ value: Int32) -> (UInt16, UInt16, Int32) {
        (UInt16(EV_KEY), key.rawValue, value)
    }
}

extension InputEvent {
    /// The bytes that an event node would give for these events.
    public static func bytes(of events: [InputEvent]) -> [UInt8] {
        events.flatMap { event in withUnsafeBytes(of: event.record) { Array($0) } }
    }

    /// Bytes of one record: 24 where time has 64 bits, 16 elsewhere.
    static let recordLengthBytes = MemoryLayout<input_event>.size
}
