import GRDB

/// Makes records of the rows of a sheet.
struct SheetMapping {
    private let kind: SheetKind
    private let header: [SheetColumn?]
    private let catalogue = Catalogue()

    init(_ cells: [String], kind: SheetKind) throws(CatalogueError) {
        self.kind = kind
        header = SheetColumn.header(cells, of: kind)
        let needed: [SheetColumn] =
            switch kind {
            case .items: [.key, .code]
            case .places: [.code]
            case .lots: [.lot]
            }
        guard needed.contains(where: header.contains), kind != .lots || header.contains(.item)
        else {
            throw .noKeyColumn(
                kind == .lots ? "lot and item" : kind == .items ? "key, code" : "code")
        }
    }

    /// One row's cells by column, empty ones left out.
    private struct Fields {
        var values: [SheetColumn: [String]] = [:]

        subscript(column: SheetColumn) -> String? { values[column]?.first }

        func flag(_ column: SheetColumn) throws(CatalogueError) -> Bool? {
            guard let text = self[column] else { return nil }
            switch SearchWords.folded(text) {
            case "yes", "y", "true", "1", "x", "ja", "oui", "si": return true
            case "no", "n", "false", "0", "nein", "non": return false
            default: throw .notYesOrNo(column: column.rawValue, text)
            }
        }
    }

    private func fields(_ cells: [String]) -> Fields {
        var fields = Fields()
        for (column, cell) in zip(header, cells) {
            guard let column else { continue }
            let text = cell.trimmed
            if !text.isEmpty { fields.values[column, default: []].append(text) }
        }
        return fields
    }

    /// What the row says, put together with what the catalogue has already.
    func record(_ cells: [String], _ db: Database) throws -> CatalogueRecord {
        let fields = fields(cells)
        switch kind {
        case .items: return try item(fields, db)
        case .places: return try place(fields, db)
        case .lots: return try lot(fields, db)
        }
    }

    private func item(_ fields: Fields, _ db: Database) throws -> CatalogueRecord {
        let codes = (fields.values[.code] ?? []).flatMap(Self.codes)
        guard let key = fields[.key] ?? codes.first.map(ItemPack.normalised) else {
            throw CatalogueError.empty(column: "key")
        }
        if try fields.flag(.delete) == true { return .noItem(key: key) }
        var item = try catalogue.item(key: key, in: db) ?? CatalogueItem(key: key, name: "")
        if let name = fields[.name] { item.name = name }
        if let unit = fields[.unit] { item.unit = unit }
        if let description = fields[.description] { item.description = description }
        if let tags = fields[.tags] { item.tags = tags }
        if let tracksExpiry = try fields.flag(.tracksExpiry) { item.tracksExpiry = tracksExpiry }
        try item.add(codes, quantity: fields[.quantity])
        try item.add(
            (fields.values[.caseCode] ?? []).flatMap(Self.codes), quantity: fields[.caseQuantity])
        return .item(item)
    }

    private static func codes(_ cell: String) -> [String] {
        cell.split { $0 == "|" || $0 == ";" || $0.isNewline }.map(\.trimmed)
            .filter { !$0.isEmpty }
    }

    private func place(_ fields: Fields, _ db: Database) throws -> CatalogueRecord {
        guard let code = fields[.code] else { throw CatalogueError.empty(column: "code") }
        if try fields.flag(.delete) == true { return .noPlace(code: code) }
        var place =
            try catalogue.place(code, in: db) ?? CataloguePlace(code: code, name: "")
        if let name = fields[.name] { place.name = name }
        if let kind = fields[.kind] { place.kind = kind }
        return .place(place)
    }

    private func lot(_ fields: Fields, _ db: Database) throws -> CatalogueRecord {
        guard let name = fields[.lot] else { throw CatalogueError.empty(column: "lot") }
        guard let code = fields[.item] else { throw CatalogueError.empty(column: "item") }
        guard let item = try catalogue.meaning(of: code, in: db)?.item.key else {
            throw CatalogueError.unknownItem(code)
        }
        if try fields.flag(.delete) == true { return .noLot(item: item, lot: name) }
        var lot =
            try catalogue.lot(name, of: item, in: db) ?? CatalogueLot(item: item, lot: name)
        if let expiry = fields[.expiry] { lot.expiry = try Self.date(expiry) }
        if let isRecalled = try fields.flag(.recalled) { lot.isRecalled = isRecalled }
        return .lot(lot)
    }

    /// `2027-03-31`, `31.03.2027`, or the day's number as spreadsheets count from 1899-12-30.
    static func date(_ text: String) throws(CatalogueError) -> String {
        if let day = Int(text), (20_000...80_000).contains(day) { return isoDate(day - 25_569) }
        let parts = text.split(whereSeparator: { $0 == "-" || $0 == "." }).map(String.init)
        let numbers = parts.compactMap { Int($0) }
        guard parts.count == 3, numbers.count == 3 else { throw .date(text) }
        let isISO = parts[0].count == 4
        let (year, month, day) =
            isISO ? (numbers[0], numbers[1], numbers[2]) : (numbers[2], numbers[1], numbers[0])
        guard (2000...2199).contains(year), (1...12).contains(month),
            (1...length(of: month, year)).contains(day)
        else { throw .date(text) }
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    private static func length(of month: Int, _ year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// `days` since 1970, from there on.
    private static func isoDate(_ days: Int) -> String {
        var (year, month, rest) = (1970, 1, max(0, days))
        while rest >= length(of: month, year) {
            rest -= length(of: month, year)
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
        }
        let day = rest + 1
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}

extension CatalogueItem {
    /// Without a quantity a code keeps the one it has, and a new one means one.
    fileprivate mutating func add(
        _ codes: [String], quantity text: String?
    ) throws(CatalogueError) {
        var given: Int64?
        if let text {
            guard let number = Int64(text), (1...ItemPack.quantityLimit).contains(number) else {
                throw .quantity(text)
            }
            given = number
        }
        for code in codes {
            let pack = ItemPack(code: code, quantity: given ?? 1)
            if let index = self.codes.firstIndex(where: { $0.code == pack.code }) {
                if let given { self.codes[index].quantity = given }
            } else {
                self.codes.append(pack)
            }
        }
        self.codes.sort()
    }
}

extension StringProtocol {
    /// Without white space around it; what stands inside is part of a code.
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(
            start.prefix(
                upTo: start.lastIndex { !$0.isWhitespace }.map(start.index(after:))
                    ?? start.startIndex))
    }
}
