public import Replication

/// What a person puts right in an operation; what is absent stays.
public struct OperationChanges: Codable, Sendable, Equatable {
    public var item: String?
    public var place: String?
    public var lot: String?
    public var to: String?
    public var quantity: Int64?
    public var orderLine: String?
    public var serial: String?
    public var field: String?
    public var value: String?
    public var code: String?

    public init() {}

    public var isEmpty: Bool { self == OperationChanges() }

    /// The operation with these changes; nil: it has no such field, or is of a kind that nobody
    /// can put right.
    public func applied(to kind: OperationKind) -> OperationKind? {
        var rest = self
        let changed: OperationKind? =
            switch kind {
            case .adjust(let key, let delta): .adjust(rest.key(key), delta: rest.number(delta))
            case .move(let key, let to, let quantity):
                .move(
                    rest.key(key), to: PlaceCode(rest.take(\.to) ?? to.rawValue),
                    quantity: rest.number(quantity))
            case .count(let key, let quantity):
                .count(rest.key(key), quantity: rest.number(quantity))
            case .pick(let key, let line, let quantity):
                .pick(
                    rest.key(key),
                    line: OrderLineCode(rest.take(\.orderLine) ?? line.rawValue),
                    quantity: rest.number(quantity))
            case .serial(let serial, let place):
                .serial(
                    SerialCode(rest.take(\.serial) ?? serial.rawValue),
                    place: PlaceCode(rest.take(\.place) ?? place.rawValue))
            case .attribute(let item, let field, let value):
                .attribute(
                    ItemCode(rest.take(\.item) ?? item.rawValue),
                    field: rest.take(\.field) ?? field, value: rest.take(\.value) ?? value)
            case .batchAdd(var line):
                {
                    line.code = rest.take(\.code) ?? line.code
                    line.quantity = rest.number(line.quantity)
                    return .batchAdd(line)
                }()
            case .batchRemove, .undo, .unknown: nil
            }
        return rest.isEmpty ? changed : nil
    }

    /// The value, once: what nobody took is a field that the operation doesn't have.
    private mutating func take<T>(_ path: WritableKeyPath<OperationChanges, T?>) -> T? {
        defer { self[keyPath: path] = nil }
        return self[keyPath: path]
    }

    private mutating func number(_ old: Int64) -> Int64 { take(\.quantity) ?? old }

    private mutating func key(_ key: StockKey) -> StockKey {
        StockKey(
            item: ItemCode(take(\.item) ?? key.item.rawValue),
            place: PlaceCode(take(\.place) ?? key.place.rawValue),
            lot: LotCode(take(\.lot) ?? key.lot.rawValue))
    }
}
