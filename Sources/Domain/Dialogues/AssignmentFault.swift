import Replication

/// Why an assignment can't be worked. `code` is stable: docs/errors.md.
public struct AssignmentFault: Error, Equatable, CustomStringConvertible {
    /// From 1; nil: the assignment as a whole.
    public var line: Int?
    public var reason: String

    public static let code = "bad-assignment"

    public var description: String {
        line.map { "Line \($0): \(reason)." } ?? "The assignment \(reason)."
    }
}

extension Assignment {
    /// The greatest quantity of a line.
    public static let quantityLimit: Int64 = 99_999
    /// How many check digits a label has at most.
    public static let checkLimit = 4
    static let nameLimitBytes = 200

    /// Throws when something in it makes no sense, with the line that it is about.
    public func validate() throws(AssignmentFault) {
        guard Self.isName(code, limit: Self.nameLimitBytes) else {
            throw AssignmentFault(reason: "needs a code of at most \(Self.nameLimitBytes) bytes")
        }
        guard !lines.isEmpty else { throw AssignmentFault(reason: "has no lines") }
        guard lines.count <= Self.lineLimit else {
            throw AssignmentFault(
                reason: "has \(lines.count) lines, at most \(Self.lineLimit) are taken")
        }
        guard kind != .pick || Self.isPlace(order) else {
            throw AssignmentFault(reason: "has an order that can't be a place")
        }
        for (index, line) in lines.enumerated() {
            if let reason = line.fault(of: kind) {
                throw AssignmentFault(line: index + 1, reason: reason)
            }
        }
    }

    static func isName(_ text: String, limit: Int) -> Bool {
        !text.isEmpty && text.utf8.count <= limit
            && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    static func isPlace(_ place: PlaceCode) -> Bool {
        isName(place.rawValue, limit: OperationKind.codeLimitBytes) && !place.isInternal
    }
}

extension AssignmentLine {
    fileprivate func fault(of kind: Assignment.Kind) -> String? {
        if !Assignment.isPlace(place) { return "the place '\(place)' can't be one" }
        if !Assignment.isName(item.rawValue, limit: OperationKind.codeLimitBytes) {
            return "the item is missing, or too long"
        }
        let texts = [lot.rawValue, name, unit]
        if texts.contains(where: { $0.utf8.count > Assignment.nameLimitBytes }) {
            return "lot, name and unit have at most \(Assignment.nameLimitBytes) bytes"
        }
        let least: Int64 = kind == .count ? 0 : 1
        if !(least...Assignment.quantityLimit).contains(quantity) {
            return "the quantity \(quantity) is not from \(least) to \(Assignment.quantityLimit)"
        }
        for digits in [check, destinationCheck] where !Self.isCheck(digits) {
            return "check digits are 1 to \(Assignment.checkLimit) digits, not '\(digits)'"
        }
        return kind == .transfer ? destinationFault : nil
    }

    private var destinationFault: String? {
        if !Assignment.isPlace(destination) { return "a transfer needs a destination" }
        return destination == place ? "the goods are at '\(place)' already" : nil
    }

    private static func isCheck(_ digits: String) -> Bool {
        digits.utf8.count <= Assignment.checkLimit
            && digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
