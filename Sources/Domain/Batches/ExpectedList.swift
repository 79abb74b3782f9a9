public import Replication

/// What somebody says should be there: a delivery's note, an order, a list to count.
public struct ExpectedList: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Advance shipping notice: what a delivery should hold.
        case asn
        case pick
        case count
    }

    public static let lineLimit = 5000

    public var code: String
    public var kind: Kind
    public var lines: [ExpectedLine]

    public init(code: String, kind: Kind = .asn, lines: [ExpectedLine]) {
        self.code = code
        self.kind = kind
        self.lines = lines
    }

    /// Throws what is wrong with it, with the line's number from 1.
    public func validate() throws(ExpectedListFault) {
        guard Self.isCode(code), code.uppercased() != "NONE" else { throw .badCode }
        guard (1...Self.lineLimit).contains(lines.count) else { throw .lineCount(lines.count) }
        for (index, line) in lines.enumerated() {
            guard Self.isCode(line.item.rawValue) else { throw .item(line: index + 1) }
            guard (1...OperationKind.quantityLimit).contains(line.quantity) else {
                throw .quantity(line: index + 1)
            }
            for text in [line.lot.rawValue, line.unit.rawValue, line.place.rawValue, line.name]
            where !text.isEmpty && !Self.isCode(text) { throw .text(line: index + 1) }
        }
    }

    private static func isCode(_ text: String) -> Bool {
        (1...OperationKind.codeLimitBytes).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}

/// One thing that should be there. What is left open may be anything.
public struct ExpectedLine: Sendable, Equatable, Codable {
    /// By its key, or the number of a piece or of a logistic unit.
    public var item: ItemCode
    public var lot: LotCode
    public var quantity: Int64
    /// The logistic unit that it should lie in, or in a unit that lies in that.
    public var unit: SerialCode
    public var place: PlaceCode
    /// What people call it.
    public var name: String

    public init(
        item: ItemCode, lot: LotCode = "", quantity: Int64 = 1, unit: SerialCode = "",
        place: PlaceCode = "", name: String = ""
    ) {
        self.item = item
        self.lot = lot
        self.quantity = quantity
        self.unit = unit
        self.place = place
        self.name = name
    }

    /// The more it asks for, the earlier it gets what was scanned.
    var demands: Int {
        [lot.rawValue, unit.rawValue, place.rawValue].count { !$0.isEmpty }
    }
}

public enum ExpectedListFault: Error, Equatable, CustomStringConvertible {
    case badCode
    case lineCount(Int)
    case item(line: Int)
    case quantity(line: Int)
    case text(line: Int)

    public static let code = "bad-list"

    public var description: String {
        switch self {
        case .badCode: "The list's code must be printable, and not NONE."
        case .lineCount(let count):
            "A list has 1 to \(ExpectedList.lineLimit) lines, this one has \(count)."
        case .item(let line): "Line \(line): the item is missing, too long or not printable."
        case .quantity(let line): "Line \(line): the quantity must be 1 or more."
        case .text(let line): "Line \(line): a field is too long or not printable."
        }
    }
}
