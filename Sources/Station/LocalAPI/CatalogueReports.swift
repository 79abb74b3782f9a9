/// An item of the catalogue.
public struct CatalogueEntry: Codable, Sendable, Equatable {
    /// What stock is booked under.
    public var key: String
    public var name: String
    public var unit: String?
    public var description: String?
    public var codes: [Code]
    /// In a search: how much of it is where.
    public var stock: [StockReport]?

    public struct Code: Codable, Sendable, Equatable {
        /// A GTIN in 14 digits.
        public var code: String
        /// How many of the item it stands for.
        public var quantity: Int64

        public init(code: String, quantity: Int64) {
            self.code = code
            self.quantity = quantity
        }
    }

    public init(
        key: String, name: String, unit: String?, description: String?, codes: [Code],
        stock: [StockReport]? = nil
    ) {
        self.key = key
        self.name = name
        self.unit = unit
        self.description = description
        self.codes = codes
        self.stock = stock
    }
}

/// `GET /v1/search?q=`: items by code or words, the best first.
public struct SearchReport: Codable, Sendable, Equatable {
    /// Nothing is called so; these are like it.
    public var isGuess: Bool
    public var items: [CatalogueEntry]

    public init(isGuess: Bool, items: [CatalogueEntry]) {
        self.isGuess = isGuess
        self.items = items
    }
}

/// `POST /v1/catalogue/teach`: what a code means that the catalogue doesn't know.
public struct TeachRequest: Codable, Sendable, Equatable {
    public var code: String
    /// The item's key, or a code of it that is known.
    public var item: String
    /// How many of it one scan of the code stands for; absent: one.
    public var quantity: Int64?
    public var `operator`: String?

    public init(code: String, item: String, quantity: Int64? = nil, operator: String? = nil) {
        self.code = code
        self.item = item
        self.quantity = quantity
        self.operator = `operator`
    }
}

public struct TeachReport: Codable, Sendable, Equatable {
    public var code: String
    /// The item's key.
    public var item: String
    public var name: String
    public var quantity: Int64
    /// Which `UNDO:` takes back.
    public var operation: String

    public init(code: String, item: String, name: String, quantity: Int64, operation: String) {
        self.code = code
        self.item = item
        self.name = name
        self.quantity = quantity
        self.operation = operation
    }
}

/// How fresh the station's copy of the catalogue is.
public struct CatalogueStatus: Codable, Sendable, Equatable {
    /// The last change of it that is here.
    public var position: Int64
    /// When it was last seen to be whole; absent: not yet.
    public var compared: String?

    public init(position: Int64, compared: String?) {
        self.position = position
        self.compared = compared
    }
}
