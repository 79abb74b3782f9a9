public import Replication

/// A list of things to do, one place after another, by voice, scan or touch.
public struct Assignment: Sendable, Equatable, Codable {
    /// What is done at each place.
    public enum Kind: String, Sendable, Equatable, Codable, CaseIterable {
        /// Goods are taken for an order.
        case pick
        /// Goods are counted where they lie.
        case count
        /// Goods are taken from one place to another.
        case transfer
        /// Goods that came are put away.
        case receive
    }

    /// How many lines one assignment has at most.
    public static let lineLimit = 500

    /// Its name, unique at the station.
    public var code: String
    public var kind: Kind
    /// Where picked goods go: the order, as a place of the ledger's.
    public var order: PlaceCode
    public var lines: [AssignmentLine]

    public init(code: String, kind: Kind, order: PlaceCode = "", lines: [AssignmentLine]) {
        self.code = code
        self.kind = kind
        self.order = order.rawValue.isEmpty ? PlaceCode(code) : order
        self.lines = lines
    }
}

/// One thing to do at one place.
public struct AssignmentLine: Sendable, Equatable, Codable {
    public var place: PlaceCode
    /// Digits on the place's label, which prove that somebody stands there; empty: none.
    public var check: String
    public var item: ItemCode
    /// Empty: any.
    public var lot: LotCode
    /// What people call the goods; empty: by their code.
    public var name: String
    /// How many; for a count, how many are expected, or 0.
    public var quantity: Int64
    /// `case`, `bottle`; empty: pieces.
    public var unit: String
    /// Of a transfer: where the goods go.
    public var destination: PlaceCode
    /// Digits on the destination's label; empty: none.
    public var destinationCheck: String

    public init(
        place: PlaceCode, check: String = "", item: ItemCode, lot: LotCode = "", name: String = "",
        quantity: Int64, unit: String = "", destination: PlaceCode = "",
        destinationCheck: String = ""
    ) {
        self.place = place
        self.check = check
        self.item = item
        self.lot = lot
        self.name = name
        self.quantity = quantity
        self.unit = unit
        self.destination = destination
        self.destinationCheck = destinationCheck
    }
}
