/// A name that stations and hub agree on. Codes are text everywhere, so leading zeros live.
///
/// The tag keeps an item from being taken for a place; it costs nothing at run time.
public struct Code<Tag>: Hashable, Sendable, RawRepresentable, ExpressibleByStringLiteral {
    public var rawValue: String

    @inlinable public init(rawValue: String) {
        self.rawValue = rawValue
    }

    @inlinable public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    @inlinable public init(stringLiteral rawValue: String) {
        self.rawValue = rawValue
    }

    // Those that RawRepresentable gives look up how to compare a RawValue at every call, which
    // took a fifth of the fold's time.

    @inlinable public static func == (left: Code, right: Code) -> Bool {
        left.rawValue == right.rawValue
    }

    @inlinable public func hash(into hasher: inout Hasher) {
        hasher.combine(rawValue)
    }
}

extension Code: CustomStringConvertible {
    public var description: String { rawValue }
}

extension Code: Comparable {
    /// By bytes of UTF-8, which is what every language can repeat.
    public static func < (left: Code, right: Code) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

public enum ItemTag {}
public enum PlaceTag {}
public enum LotTag {}
public enum SerialTag {}
public enum BatchTag {}
public enum OrderLineTag {}
public enum StationTag {}

/// What is stocked: a GTIN of 14 digits, or any other text printed on the goods.
public typealias ItemCode = Code<ItemTag>
/// Where it is: a shelf, a bin, a room.
public typealias PlaceCode = Code<PlaceTag>
/// The production lot; empty when lots are not told apart.
public typealias LotCode = Code<LotTag>
/// One piece that has a number of its own.
public typealias SerialCode = Code<SerialTag>
/// A batch of scans, unique in the tenant.
public typealias BatchCode = Code<BatchTag>
/// A line of an order that is picked.
public typealias OrderLineCode = Code<OrderLineTag>
/// The station's name for life, given by the hub.
public typealias StationCode = Code<StationTag>

extension StationCode {
    /// The name under which people at the hub make operations.
    public static let hub: StationCode = "hub"
}

extension PlaceCode {
    /// The other side of every adjustment: the world beyond our shelves.
    public static let outside: PlaceCode = "outside"
    /// The other side of every pick.
    public static let shipped: PlaceCode = "shipped"

    /// Whether the ledger keeps its books there, and no goods lie there.
    public var isInternal: Bool { self == .outside || self == .shipped }
}
