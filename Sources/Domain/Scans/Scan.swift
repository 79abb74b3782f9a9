public import Barcodes
public import GS1
public import Replication

/// What a capture means.
public struct Scan: Sendable, Equatable {
    /// The code as text, without AIM identifier and framing.
    public var text: String
    /// nil: the device didn't say and the text doesn't show.
    public var symbology: Symbology?
    /// The AIM identifier as it came, `]E0`; empty when none did.
    public var aim: String
    public var meaning: Meaning
    /// How many pieces the code itself says that it stands for; nil: it says nothing.
    public var quantity: Int64?
    /// All that a GS1 code says, dates and weights included; nil: it is none of GS1's.
    public var elements: ElementString?
    /// The weight, price or count in a shop's own number; nil: it is none.
    public var measure: VariableMeasure?
    /// What the catalogue says of it; nil: nothing, or nobody asked.
    public var note: CatalogueNote?
    /// Nothing that was read shortly before or after belongs to it: a program sent it.
    public var isAlone = false

    public init(
        text: String, symbology: Symbology?, aim: String, meaning: Meaning,
        quantity: Int64? = nil, elements: ElementString? = nil
    ) {
        self.text = text
        self.symbology = symbology
        self.aim = aim
        self.meaning = meaning
        self.quantity = quantity
        self.elements = elements
    }
}

extension Scan {
    /// What a line about it would be about; nil: nothing that lies anywhere.
    public var subject: BatchSubject? {
        switch meaning {
        case .item(let item, let lot): .item(item, lot: lot)
        case .serial(let serial): .serial(serial)
        case .place, .command: nil
        }
    }
}

/// The meanings that a code can have for a station.
public enum Meaning: Sendable, Equatable {
    /// The lot is empty when the code names none.
    case item(ItemCode, lot: LotCode = "")
    case place(PlaceCode)
    case serial(SerialCode)
    case command(Command)
}

extension Meaning {
    /// Of the longest name in it.
    var lengthBytes: Int {
        switch self {
        case .item(let item, let lot): max(item.rawValue.utf8.count, lot.rawValue.utf8.count)
        case .place(let place): place.rawValue.utf8.count
        case .serial(let serial): serial.rawValue.utf8.count
        case .command: 0
        }
    }
}
