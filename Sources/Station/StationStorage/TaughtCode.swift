import CatalogueStore
import GRDB
import LedgerStore
public import Replication

/// What people said that an unknown code means: a field of the code, as `12 SKU-1`.
///
/// It is an operation like any other, so that it reaches the hub and every station, can be undone,
/// and where two stations say different things, that is seen. The catalogue goes first.
public struct TaughtCode: Sendable, Equatable {
    /// The field's name.
    public static let field = "catalogue"

    /// The item's key.
    public var item: String
    /// How many of it one scan of the code stands for.
    public var quantity: Int64

    public init(item: String, quantity: Int64) {
        self.item = item
        self.quantity = quantity
    }

    init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let quantity = Int64(parts[0]),
            (1...ItemPack.quantityLimit).contains(quantity)
        else { return nil }
        (self.quantity, item) = (quantity, String(parts[1]))
    }

    private var text: String { "\(quantity) \(item)" }

    /// The operation that says so.
    public func operation(on code: String) -> OperationKind {
        .attribute(ItemCode(ItemPack.normalised(code)), field: Self.field, value: text)
    }

    static func meaning(
        of code: String, _ ledger: Ledger, _ db: Database
    ) throws -> CodeMeaning? {
        let catalogue = Catalogue()
        if let known = try catalogue.meaning(of: code, in: db) { return known }
        let key = AttributeKey(item: ItemCode(ItemPack.normalised(code)), field: field)
        guard let value = try ledger.attribute(key, in: db), let taught = TaughtCode(value.value),
            let item = try catalogue.item(key: taught.item, in: db)
        else { return nil }
        return CodeMeaning(item: item, quantity: taught.quantity)
    }
}
