import Replication
import SyncProtocol

/// What the hub refuses: operations that no honest program makes.
///
/// Facts are never refused, so stock may go below zero. A refused operation is kept, with its
/// verdict, and has no effect. A kind that the hub doesn't know is no fault of the operation.
struct OperationRules: Sendable {
    static let quantityLimit = OperationKind.quantityLimit
    static let codeLimitBytes = OperationKind.codeLimitBytes
    static let valueLimitBytes = 4096
    /// What a device read: a QR Code holds 7089 characters.
    static let readLimitBytes = 8192
    static let removedLinesLimit = 10_000
    static let undoLevelLimit: UInt32 = 1_000_000

    static func refusal(of operation: Operation) -> Refusal? {
        base(operation.base) ?? text(operation.device, "device", codeLimitBytes)
            ?? text(operation.operator, "operator", codeLimitBytes)
            ?? refusal(of: operation.kind)
    }

    private static func refusal(of kind: OperationKind) -> Refusal? {
        switch kind {
        case .adjust(let key, let delta):
            return stock(key) ?? quantity(delta, from: -quantityLimit)
        case .count(let key, let number):
            return stock(key) ?? quantity(number)
        case .move(let key, let to, let number):
            return stock(key) ?? code(to.rawValue, "place") ?? quantity(number)
        case .pick(let key, let line, let number):
            // Below zero: goods that come back from an order.
            return stock(key) ?? code(line.rawValue, "order-line")
                ?? quantity(number, from: -quantityLimit)
        case .serial(let serial, let place):
            return code(serial.rawValue, "serial") ?? code(place.rawValue, "place")
        case .attribute(let item, let field, let value):
            return code(item.rawValue, "item") ?? code(field, "field")
                ?? text(value, "value", valueLimitBytes)
        case .batchAdd(let line):
            return code(line.batch.rawValue, "batch") ?? text(line.code, "code", readLimitBytes)
                ?? text(line.aim, "aim", codeLimitBytes)
                ?? text(line.unit.rawValue, "unit", codeLimitBytes)
                ?? text(line.list, "list", codeLimitBytes)
                ?? quantity(line.quantity, from: -quantityLimit)
        case .batchRemove(let batch, let lines):
            return code(batch.rawValue, "batch") ?? removed(lines.count)
        case .undo(_, let level): return undo(level)
        case .unknown: return nil
        }
    }

    private static func base(_ base: FeedPosition) -> Refusal? {
        guard base > FeedPosition(Int64.max) else { return nil }
        return Refusal(code: "base-out-of-range", message: "\(base) is no position of a feed")
    }

    private static func stock(_ key: StockKey) -> Refusal? {
        code(key.item.rawValue, "item") ?? code(key.place.rawValue, "place")
            ?? text(key.lot.rawValue, "lot", codeLimitBytes)
    }

    private static func code(_ code: String, _ name: String) -> Refusal? {
        guard !code.isEmpty else {
            return Refusal(code: "empty-\(name)", message: "the \(name) is empty")
        }
        return text(code, name, codeLimitBytes)
    }

    private static func text(_ text: String, _ name: String, _ limitBytes: Int) -> Refusal? {
        let length = text.utf8.count
        guard length > limitBytes else { return nil }
        return Refusal(
            code: "text-too-long",
            message: "the \(name) is \(length) bytes long, at most \(limitBytes) are kept")
    }

    private static func quantity(_ number: Int64, from least: Int64 = 0) -> Refusal? {
        guard !(least...quantityLimit).contains(number) else { return nil }
        return Refusal(
            code: "quantity-out-of-range",
            message: "\(number) is not between \(least) and \(quantityLimit)")
    }

    private static func removed(_ count: Int) -> Refusal? {
        guard count > removedLinesLimit else { return nil }
        return Refusal(
            code: "too-many-lines",
            message: "\(count) lines removed at once, at most \(removedLinesLimit) can be")
    }

    private static func undo(_ level: UInt32) -> Refusal? {
        guard !(2...undoLevelLimit).contains(level) else { return nil }
        return Refusal(
            code: "undo-level-out-of-range",
            message: "\(level) is not between 2 and \(undoLevelLimit)")
    }
}
