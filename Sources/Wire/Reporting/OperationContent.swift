public import Replication

/// What an operation says, field by field.
public struct OperationContent: Codable, Sendable, Equatable {
    /// `adjust`, `move`, `count`, `pick`, `serial`, `attribute`, `batch-add`, `batch-remove`,
    /// `undo` or `unknown`.
    public var kind: String
    public var item: String?
    public var place: String?
    public var lot: String?
    /// Of a move: where to.
    public var to: String?
    /// Of an adjustment: what came, or below zero what went.
    public var quantity: Int64?
    public var orderLine: String?
    public var serial: String?
    public var field: String?
    public var value: String?
    public var batch: String?
    public var code: String?
    /// Of a line of a batch: the logistic unit that it lies in.
    public var unit: String?
    /// Of a line of a batch: the expected list that it was scanned for.
    public var list: String?
    public var lines: [String]?
    public var target: String?

    public init(_ kind: OperationKind) {
        self.init(kind: "unknown")
        switch kind {
        case .adjust(let key, let delta): fill("adjust", key, delta)
        case .move(let key, let to, let quantity):
            fill("move", key, quantity)
            self.to = to.rawValue
        case .count(let key, let quantity): fill("count", key, quantity)
        case .pick(let key, let line, let quantity):
            fill("pick", key, quantity)
            orderLine = line.rawValue
        case .serial(let serial, let place):
            self.kind = "serial"
            (self.serial, self.place) = (serial.rawValue, place.rawValue)
        case .attribute(let item, let field, let value):
            self.kind = "attribute"
            (self.item, self.field, self.value) = (item.rawValue, field, value)
        case .batchAdd(let line):
            self.kind = "batch-add"
            (batch, code, quantity) = (line.batch.rawValue, line.code, line.quantity)
            unit = line.unit.rawValue.isEmpty ? nil : line.unit.rawValue
            list = line.list.isEmpty ? nil : line.list
        case .batchRemove(let batch, let lines):
            self.kind = "batch-remove"
            (self.batch, self.lines) = (batch.rawValue, lines.map(\.description))
        case .undo(let target, let level):
            self.kind = level % 2 == 0 ? "undo" : "redo"
            self.target = target.description
        case .unknown: break
        }
    }

    private init(kind: String) {
        self.kind = kind
    }

    private mutating func fill(_ kind: String, _ key: StockKey, _ quantity: Int64) {
        self.kind = kind
        (item, place) = (key.item.rawValue, key.place.rawValue)
        lot = key.lot.rawValue.isEmpty ? nil : key.lot.rawValue
        self.quantity = quantity
    }
}

extension OperationContent {
    /// What happened, for people: `moved 3 × 4006381333931 from A1 to B2`.
    public var sentence: String {
        switch kind {
        case "adjust": adjustment
        case "move": "moved \(goods) from \(place ?? "") to \(to ?? "")"
        case "count": "counted \(goods) at \(place ?? "")"
        case "pick": picking
        case "serial": "saw serial \(serial ?? "") at \(place ?? "")"
        case "attribute": "set \(field ?? "") of \(item ?? "") to \(value ?? "")"
        case "batch-add": "scanned \(quantity ?? 0) × \(code ?? "")"
        case "batch-remove": "took \(lines?.count ?? 0) scans out of a batch"
        case "undo": "undid \(target ?? "")"
        case "redo": "redid \(target ?? "")"
        default: "did something that this program doesn't know"
        }
    }

    private var adjustment: String {
        guard let quantity, quantity < 0 else { return "received \(goods) at \(place ?? "")" }
        return "took out \(quantity.magnitude) × \(name) at \(place ?? "")"
    }

    private var picking: String {
        guard let quantity, quantity < 0 else {
            return "picked \(goods) at \(place ?? "") for \(orderLine ?? "")"
        }
        return "returned \(quantity.magnitude) × \(name) to \(place ?? "") from \(orderLine ?? "")"
    }

    private var goods: String { "\(quantity ?? 0) × \(name)" }

    private var name: String { (item ?? "") + (lot.map { " lot \($0)" } ?? "") }
}
