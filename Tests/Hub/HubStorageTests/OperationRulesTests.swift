import Replication
import SyncProtocol
import Testing

@testable import HubStorage

@Suite struct OperationRulesTests {
    static let key = StockKey(item: "A", place: "P")
    static let most = OperationKind.quantityLimit
    static let text512 = String(repeating: "x", count: 512)
    static let text513 = String(repeating: "x", count: 513)

    static let rules: [(rule: String, kind: OperationKind, code: String?)] = [
        ("an adjustment may be below zero", .adjust(key, delta: -most), nil),
        ("to a limit", .adjust(key, delta: -most - 1), "quantity-out-of-range"),
        ("and above, to a limit", .adjust(key, delta: most), nil),
        ("and not beyond", .adjust(key, delta: most + 1), "quantity-out-of-range"),
        ("the smallest number does no harm", .adjust(key, delta: .min), "quantity-out-of-range"),
        ("nothing can be counted", .count(key, quantity: 0), nil),
        ("less than nothing can't", .count(key, quantity: -1), "quantity-out-of-range"),
        ("nor moved", .move(key, to: "Q", quantity: -1), "quantity-out-of-range"),
        ("what was picked can come back", .pick(key, line: "L", quantity: -most), nil),
        ("to a limit", .pick(key, line: "L", quantity: -most - 1), "quantity-out-of-range"),
        ("a move needs a place", .move(key, to: "", quantity: 1), "empty-place"),
        ("a pick needs a line", .pick(key, line: "", quantity: 1), "empty-order-line"),
        ("stock needs an item", .count(key.with(item: ""), quantity: 1), "empty-item"),
        ("a code has a limit", .count(key.with(item: text512), quantity: 1), nil),
        ("and not a byte more", .count(key.with(item: text513), quantity: 1), "text-too-long"),
        ("in bytes", .serial("é" + text512.dropLast(), place: "P"), "text-too-long"),
        ("a serial needs a name", .serial("", place: "P"), "empty-serial"),
        ("a field needs a name", .attribute("A", field: "", value: "v"), "empty-field"),
        ("a field may be emptied", .attribute("A", field: "f", value: ""), nil),
        ("a batch needs a name", .batchAdd(BatchLine(batch: "", code: "1")), "empty-batch"),
        ("a line may be empty", .batchAdd(BatchLine(batch: "B", code: "")), nil),
        ("undone is 2", .undo(OperationRulesTests.id, level: 2), nil),
        ("1 is nothing", .undo(OperationRulesTests.id, level: 1), "undo-level-out-of-range"),
        ("what isn't known isn't refused", .unknown, nil),
    ]
    static let id = OperationID(incarnation: Incarnation(rawValue: 1), sequence: 1)

    @Test(arguments: rules)
    func refuses(rule: String, kind: OperationKind, code: String?) {
        #expect(OperationRules.refusal(of: operation(kind))?.code == code)
    }

    @Test(arguments: [(10_000, nil), (10_001, "too-many-lines")])
    func limitsLinesRemovedAtOnce(count: Int, code: String?) {
        let lines = [OperationID](repeating: Self.id, count: count)

        let refusal = OperationRules.refusal(of: operation(.batchRemove("B", lines: lines)))

        #expect(refusal?.code == code)
    }

    @Test func looksAtDeviceAndOperatorToo() {
        var operation = operation(.unknown)
        operation.device = Self.text513
        #expect(OperationRules.refusal(of: operation)?.code == "text-too-long")
        operation.device = ""
        operation.operator = Self.text513
        #expect(OperationRules.refusal(of: operation)?.code == "text-too-long")
    }

    private func operation(_ kind: OperationKind) -> Operation {
        Operation(id: Self.id, station: "s", clock: HybridTime(rawValue: 1), base: 0, kind: kind)
    }
}

extension StockKey {
    fileprivate func with(item: String) -> StockKey {
        StockKey(item: ItemCode(item), place: place, lot: lot)
    }
}

extension SerialCode {
    fileprivate static func + (left: SerialCode, right: Substring) -> SerialCode {
        SerialCode(left.rawValue + right)
    }
}
