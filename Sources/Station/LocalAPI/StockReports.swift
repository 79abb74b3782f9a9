public import Reporting

/// `GET /v1/lookup?code=`: what a code means here and how much of it is where. With `all=true` the
/// ledger's own places are among them.
public struct LookUpReport: Codable, Sendable, Equatable {
    /// As it was asked for, safe to print.
    public var code: String
    /// `item`, `place`, `serial` or `command`.
    public var meaning: String
    /// What the station calls it: a GTIN in 14 digits.
    public var name: String
    /// Of the item, or at the place.
    public var stock: [StockReport]
    /// Where a numbered piece is.
    public var serial: SerialReport?
    /// There is more than was listed.
    public var isTruncated: Bool
    /// What the catalogue has of the item.
    public var item: CatalogueEntry?
    /// How many of the item the code stands for; absent: one.
    public var packQuantity: Int64?
    /// What the catalogue calls the place.
    public var placeName: String?
    /// What was booked under the item's codes before anybody knew whose they are.
    public var untaught: [StockReport]?

    public init(
        code: String, meaning: String, name: String, stock: [StockReport],
        serial: SerialReport?, isTruncated: Bool
    ) {
        self.code = code
        self.meaning = meaning
        self.name = name
        self.stock = stock
        self.serial = serial
        self.isTruncated = isTruncated
    }
}

/// How much of an item is at a place.
public struct StockReport: Codable, Sendable, Equatable {
    public var item: String
    public var place: String
    public var lot: String?
    public var quantity: Int64
    /// Set when somebody should count again: what is there if the count was last.
    public var ifCountedLast: Int64?
    /// true: the other side of the books, where nothing lies. Absent at places that there are.
    public var isInternal: Bool?

    public init(
        item: String, place: String, lot: String?, quantity: Int64, ifCountedLast: Int64?,
        isInternal: Bool? = nil
    ) {
        self.item = item
        self.place = place
        self.lot = lot
        self.quantity = quantity
        self.ifCountedLast = ifCountedLast
        self.isInternal = isInternal
    }
}

public struct SerialReport: Codable, Sendable, Equatable {
    public var serial: String
    public var place: String
    /// More than one: a conflict.
    public var contested: [String]

    public init(serial: String, place: String, contested: [String]) {
        self.serial = serial
        self.place = place
        self.contested = contested
    }
}

/// `GET /v1/conflicts`: where stations said different things without knowing of each other.
public struct ConflictReport: Codable, Sendable, Equatable {
    /// To be counted again.
    public var recounts: [StockReport]
    public var serials: [SerialReport]
    public var attributes: [Attribute]
    /// All of them, with who said what and what can be done.
    public var conflicts: [ConflictEntry]

    public struct Attribute: Codable, Sendable, Equatable {
        public var item: String
        public var field: String
        /// What holds.
        public var value: String
        /// All that was said, the value among them.
        public var siblings: [String]

        public init(item: String, field: String, value: String, siblings: [String]) {
            self.item = item
            self.field = field
            self.value = value
            self.siblings = siblings
        }
    }

    public init(
        recounts: [StockReport], serials: [SerialReport], attributes: [Attribute],
        conflicts: [ConflictEntry]
    ) {
        self.recounts = recounts
        self.serials = serials
        self.attributes = attributes
        self.conflicts = conflicts
    }

    public var isEmpty: Bool {
        recounts.isEmpty && serials.isEmpty && attributes.isEmpty && conflicts.isEmpty
    }
}
