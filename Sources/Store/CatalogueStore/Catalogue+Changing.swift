public import GRDB

/// Why a record can't be taken. `code` is stable: docs/errors.md.
public enum CatalogueError: Error, Equatable, CustomStringConvertible {
    case empty(column: String)
    case tooLong(column: String, limitBytes: Int)
    /// The text holds control characters.
    case unprintable(column: String)
    case quantity(String)
    case date(String)
    /// The code already means another item.
    case codeTaken(String, by: String)
    case tooManyCodes(limit: Int)
    case notYesOrNo(column: String, String)
    case unknownItem(String)
    case unknownImport(Int64)
    case alreadyUndone(Int64)
    /// The first row names no column that says what a row is about.
    case noKeyColumn(String)
    case emptySheet

    public var code: String {
        switch self {
        case .empty: "catalogue-empty"
        case .tooLong: "catalogue-too-long"
        case .unprintable: "catalogue-unprintable"
        case .quantity: "catalogue-quantity"
        case .date: "catalogue-date"
        case .codeTaken: "catalogue-code-taken"
        case .tooManyCodes: "catalogue-too-many-codes"
        case .notYesOrNo: "catalogue-yes-or-no"
        case .unknownItem: "catalogue-unknown-item"
        case .unknownImport: "catalogue-unknown-import"
        case .alreadyUndone: "catalogue-already-undone"
        case .noKeyColumn: "catalogue-no-key-column"
        case .emptySheet: "catalogue-empty-sheet"
        }
    }

    public var description: String {
        switch self {
        case .empty(let column): "'\(column)' is empty"
        case .tooLong(let column, let limit): "'\(column)' is longer than \(limit) bytes"
        case .unprintable(let column): "'\(column)' holds control characters"
        case .quantity(let text):
            "'\(text)' is no pack quantity from 1 to \(ItemPack.quantityLimit)"
        case .date(let text): "'\(text)' is no date such as 2027-03-31"
        case .codeTaken(let code, let key): "the code \(code) already means the item \(key)"
        case .tooManyCodes(let limit): "an item has at most \(limit) codes"
        case .notYesOrNo(let column, let text): "'\(column)' is yes or no, and not '\(text)'"
        case .unknownItem(let key): "the catalogue has no item \(key)"
        case .unknownImport(let id): "there was no import \(id)"
        case .alreadyUndone(let id): "import \(id) was undone already"
        case .noKeyColumn(let names): "the first row must name one of these columns: \(names)"
        case .emptySheet: "there is no row in the file"
        }
    }

    /// The column that is at fault.
    public var column: String? {
        switch self {
        case .empty(let column), .tooLong(let column, _), .unprintable(let column),
            .notYesOrNo(let column, _):
            column
        case .quantity: "quantity"
        case .date: "expiry"
        case .codeTaken, .tooManyCodes: "code"
        case .unknownItem: "item"
        case .unknownImport, .alreadyUndone, .noKeyColumn, .emptySheet: nil
        }
    }
}

extension Catalogue {
    public static let codesLimit = 100
    static let codeLimitBytes = 256
    static let nameLimitBytes = 400
    static let textLimitBytes = 4000

    /// At the hub: takes in a record and gives it the next position. nil: nothing changed by it.
    @discardableResult
    public func change(_ record: CatalogueRecord, in db: Database) throws -> Int64? {
        try check(record, db)
        guard try current(record.subject, db) != record else { return nil }
        var state = try CatalogueState.fetch(db)
        state.position += 1
        try put(record, at: Stamp(position: state.position, epoch: state.epoch), db)
        try state.save(db)
        return state.position
    }

    private func check(_ record: CatalogueRecord, _ db: Database) throws {
        switch record {
        case .item(let item):
            try check(item)
            for pack in item.codes { try checkFree(pack, for: item.key, db) }
        case .place(let place):
            try Self.check(place.code, "code", Self.codeLimitBytes, mayBeEmpty: false)
            try Self.check(place.name, "name", Self.nameLimitBytes)
            try Self.check(place.kind, "kind", Self.nameLimitBytes)
        case .lot(let lot):
            try Self.check(lot.lot, "lot", Self.codeLimitBytes, mayBeEmpty: false)
            guard try item(key: lot.item, in: db) != nil else {
                throw CatalogueError.unknownItem(lot.item)
            }
        case .noItem, .noPlace, .noLot: break
        }
    }

    private func check(_ item: CatalogueItem) throws(CatalogueError) {
        try Self.check(item.key, "key", Self.codeLimitBytes, mayBeEmpty: false)
        try Self.check(item.name, "name", Self.nameLimitBytes, mayBeEmpty: false)
        try Self.check(item.unit, "unit", Self.nameLimitBytes)
        try Self.check(item.description, "description", Self.textLimitBytes)
        try Self.check(item.tags, "tags", Self.textLimitBytes)
        guard item.codes.count <= Self.codesLimit else {
            throw .tooManyCodes(limit: Self.codesLimit)
        }
    }

    private func checkFree(_ pack: ItemPack, for key: String, _ db: Database) throws {
        try Self.check(pack.code, "code", Self.codeLimitBytes, mayBeEmpty: false)
        guard (1...ItemPack.quantityLimit).contains(pack.quantity) else {
            throw CatalogueError.quantity("\(pack.quantity)")
        }
        guard let owner = try ItemRow.owner(of: pack.code, db),
            let other = try ItemRow.one(id: owner.id, db), other.item.key != key
        else { return }
        throw CatalogueError.codeTaken(pack.code, by: other.item.key)
    }

    private static func check(
        _ text: String, _ column: String, _ limit: Int, mayBeEmpty: Bool = true
    ) throws(CatalogueError) {
        guard mayBeEmpty || !text.isEmpty else { throw .empty(column: column) }
        guard text.utf8.count <= limit else { throw .tooLong(column: column, limitBytes: limit) }
        // A description may have lines.
        let isPrintable = text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A || $0 == 0x09 }
        guard isPrintable, column == "description" || !text.utf8.contains(0x0A) else {
            throw .unprintable(column: column)
        }
    }
}
