/// A hybrid logical time: microseconds since 1970 that never run backwards within a station.
///
/// Source: Kulkarni et al., "Logical Physical Clocks" (2014), with the counter folded into the
/// microseconds: a time is `max(wall, last + 1)`.
public struct HybridTime: Hashable, Sendable, Comparable, RawRepresentable {
    public var rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    public init(microseconds: Int64) {
        self.rawValue = microseconds
    }

    @inlinable public static func < (left: HybridTime, right: HybridTime) -> Bool {
        left.rawValue < right.rawValue
    }

    // As with `Code`: those that RawRepresentable gives are slow.

    @inlinable public static func == (left: HybridTime, right: HybridTime) -> Bool {
        left.rawValue == right.rawValue
    }

    @inlinable public func hash(into hasher: inout Hasher) {
        hasher.combine(rawValue)
    }
}

/// Gives out hybrid times: each later than the last, and near the wall clock when it can be.
public struct HybridClock: Sendable {
    public private(set) var last: HybridTime

    public init(last: HybridTime = HybridTime(rawValue: 0)) {
        self.last = last
    }

    /// The time for an operation made when the wall clock shows `wallMicroseconds`.
    public mutating func tick(wallMicroseconds: Int64) -> HybridTime {
        last = HybridTime(rawValue: max(wallMicroseconds, last.rawValue + 1))
        return last
    }
}
