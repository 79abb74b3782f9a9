import Barcodes

/// What a company calls a thing, and the codes that mean it.
public struct CatalogueItem: Sendable, Equatable, Codable {
    /// What stock is booked under: the company's own number, or a GTIN of 14 digits.
    public var key: String
    public var name: String
    /// What one is: `piece`, `kg`. Shown, never counted with.
    public var unit: String
    public var description: String
    /// Words that it is also found by.
    public var tags: String
    /// Whether its lots bear a date that matters.
    public var tracksExpiry: Bool
    /// In order, each once.
    public var codes: [ItemPack]

    public init(
        key: String, name: String, unit: String = "", description: String = "", tags: String = "",
        tracksExpiry: Bool = false, codes: [ItemPack] = []
    ) {
        self.key = key
        self.name = name
        self.unit = unit
        self.description = description
        self.tags = tags
        self.tracksExpiry = tracksExpiry
        self.codes = codes.sorted()
    }
}

/// A code on an item or on a pack of it.
public struct ItemPack: Sendable, Equatable, Comparable, Codable {
    /// No pack holds more.
    public static let quantityLimit: Int64 = 9999

    /// As `normalised` writes it.
    public var code: String
    /// How many of the item one scan of the code stands for.
    public var quantity: Int64

    public init(code: String, quantity: Int64 = 1) {
        self.code = Self.normalised(code)
        self.quantity = quantity
    }

    /// By the bytes of the codes, as the database has it.
    public static func < (a: ItemPack, b: ItemPack) -> Bool {
        a.code.utf8.lexicographicallyPrecedes(b.code.utf8)
    }

    /// A GTIN in its 14 digits, whatever carrier printed it; any other text as it stands.
    public static func normalised(_ text: String) -> String {
        GTIN(text)?.digits ?? text
    }
}

/// A place's name for people.
public struct CataloguePlace: Sendable, Equatable, Codable {
    public var code: String
    public var name: String
    /// `bin`, `dock`, `van`: a word of the company's own.
    public var kind: String

    public init(code: String, name: String, kind: String = "") {
        self.code = code
        self.name = name
        self.kind = kind
    }
}

/// What is known of one lot of an item.
public struct CatalogueLot: Sendable, Equatable, Codable {
    /// The item's key.
    public var item: String
    public var lot: String
    /// `2027-03-31`, the last good day; empty: none.
    public var expiry: String
    public var isRecalled: Bool

    public init(item: String, lot: String, expiry: String = "", isRecalled: Bool = false) {
        self.item = item
        self.lot = lot
        self.expiry = expiry
        self.isRecalled = isRecalled
    }
}

/// One row of the catalogue, or that there is none any more.
public enum CatalogueRecord: Sendable, Equatable, Codable {
    case item(CatalogueItem)
    case place(CataloguePlace)
    case lot(CatalogueLot)
    case noItem(key: String)
    case noPlace(code: String)
    case noLot(item: String, lot: String)

    /// The same for all records of one thing.
    var subject: CatalogueSubject {
        switch self {
        case .item(let item): .item(item.key)
        case .noItem(let key): .item(key)
        case .place(let place): .place(place.code)
        case .noPlace(let code): .place(code)
        case .lot(let lot): .lot(item: lot.item, lot: lot.lot)
        case .noLot(let item, let lot): .lot(item: item, lot: lot)
        }
    }
}

extension CatalogueRecord {
    /// About what it takes on its way.
    var lengthBytes: Int {
        guard case .item(let item) = self else { return 200 }
        return 60 + item.name.utf8.count + item.description.utf8.count + item.tags.utf8.count
            + item.codes.reduce(0) { $0 + $1.code.utf8.count + 8 }
    }
}

/// What a record is about.
enum CatalogueSubject: Sendable, Hashable, Codable {
    case item(String)
    case place(String)
    case lot(item: String, lot: String)

    /// That it is not there.
    var absence: CatalogueRecord {
        switch self {
        case .item(let key): .noItem(key: key)
        case .place(let code): .noPlace(code: code)
        case .lot(let item, let lot): .noLot(item: item, lot: lot)
        }
    }
}
