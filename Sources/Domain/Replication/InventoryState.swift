/// All that follows from a set of operations.
public struct InventoryState: Hashable, Sendable {
    /// Every key that an operation named, also when nothing is there.
    public var quantities: [StockKey: Int64] = [:]
    public var serials: [SerialCode: SerialPlacement] = [:]
    public var attributes: [AttributeKey: AttributeValue] = [:]
    /// The lines that remain, by the operation that added them.
    public var batchLines: [OperationID: BatchLine] = [:]
    /// Picked beyond what was ordered.
    public var overPicks: [OrderLineCode: Int64] = [:]
    public var recounts: [StockKey: Recount] = [:]

    public init() {}
}

/// Where a numbered piece is.
public struct SerialPlacement: Hashable, Sendable {
    public var place: PlaceCode
    /// The places that the writes say which no other write had seen; more than one: a conflict.
    public var contested: Set<PlaceCode>

    public init(place: PlaceCode, contested: Set<PlaceCode>) {
        self.place = place
        self.contested = contested
    }
}

/// A field of an item.
public struct AttributeKey: Hashable, Sendable {
    public var item: ItemCode
    public var field: String

    public init(item: ItemCode, field: String) {
        self.item = item
        self.field = field
    }
}

/// What a field of an item says.
public struct AttributeValue: Hashable, Sendable {
    public var value: String
    /// What the writes say which no other write had seen; more than one: a conflict.
    public var siblings: Set<String>

    public init(value: String, siblings: Set<String>) {
        self.value = value
        self.siblings = siblings
    }
}
