public import LedgerStore
import Replication
import SyncProtocol

/// One operation of the hub's feed, for people: `GET /v1/operations` and its stream.
public struct OperationReport: Codable, Sendable {
    /// `a1b2c3d4e5f60718:42`
    public var id: String
    public var position: UInt64?
    public var station: String
    /// By the station's clock.
    public var time: String
    public var base: UInt64
    public var rank: Int64
    public var device: String?
    public var `operator`: String?
    public var kind: String
    public var item: String?
    public var place: String?
    public var lot: String?
    public var to: String?
    public var quantity: Int64?
    public var delta: Int64?
    public var orderLine: String?
    public var serial: String?
    public var field: String?
    public var value: String?
    public var batch: String?
    public var code: String?
    public var aim: String?
    public var unit: String?
    public var list: String?
    public var lines: [String]?
    public var target: String?
    public var level: UInt32?
    public var refusal: RefusalReport?
    /// What is there now, at each place that the operation names. In the stream only.
    public var balances: [PlaceBalance]?

    public struct PlaceBalance: Codable, Sendable {
        public var place: String
        public var quantity: Int64
    }

    init(_ logged: LoggedOperation, balances: [StockKey: Int64]) {
        self.init(logged)
        let named = logged.operation.kind.stockKeys.compactMap { key in
            balances[key].map { PlaceBalance(place: key.place.rawValue, quantity: $0) }
        }
        if !named.isEmpty { self.balances = named }
    }

    public init(_ logged: LoggedOperation) {
        let operation = logged.operation
        id = operation.id.description
        position = logged.standing.position
        station = operation.station.rawValue
        time = operation.clock.text
        base = operation.base
        rank = logged.standing.rank
        device = operation.device.isEmpty ? nil : operation.device
        self.operator = operation.operator.isEmpty ? nil : operation.operator
        kind = operation.kind.name
        refusal = logged.refusal.map(RefusalReport.init)
        fill(operation.kind)
    }

    private mutating func fill(_ kind: OperationKind) {
        switch kind {
        case .adjust(let key, let delta):
            fill(key)
            self.delta = delta
        case .move(let key, let to, let quantity):
            fill(key)
            (self.to, self.quantity) = (to.rawValue, quantity)
        case .count(let key, let quantity):
            fill(key)
            self.quantity = quantity
        case .pick(let key, let line, let quantity):
            fill(key)
            (orderLine, self.quantity) = (line.rawValue, quantity)
        case .serial(let serial, let place):
            (self.serial, self.place) = (serial.rawValue, place.rawValue)
        case .attribute(let item, let field, let value):
            (self.item, self.field, self.value) = (item.rawValue, field, value)
        case .batchAdd(let line):
            (batch, code, quantity) = (line.batch.rawValue, line.code, line.quantity)
            aim = line.aim.isEmpty ? nil : line.aim
            unit = line.unit.rawValue.isEmpty ? nil : line.unit.rawValue
            list = line.list.isEmpty ? nil : line.list
        case .batchRemove(let batch, let lines):
            (self.batch, self.lines) = (batch.rawValue, lines.map(\.description))
        case .undo(let target, let level):
            (self.target, self.level) = (target.description, level)
        case .unknown: break
        }
    }

    private mutating func fill(_ key: StockKey) {
        (item, place) = (key.item.rawValue, key.place.rawValue)
        lot = key.lot.rawValue.isEmpty ? nil : key.lot.rawValue
    }
}

/// Why an operation has no effect.
public struct RefusalReport: Codable, Sendable {
    public var code: String
    public var message: String

    init(_ refusal: Refusal) {
        (code, message) = (refusal.code, refusal.message)
    }
}

/// `GET /v1/operations`.
public struct OperationList: Codable, Sendable {
    public var operations: [OperationReport]
    /// Ask for what comes after it next.
    public var position: UInt64
}
