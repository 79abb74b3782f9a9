public import GRDB
public import Replication

extension Ledger {
    /// Every key that an operation named, also when nothing is there.
    public func stock(
        _ filter: StockFilter, limit: Int, in db: Database
    ) throws -> [StockBalance] {
        var conditions = ["TRUE"]
        var arguments = StatementArguments()
        if let item = filter.item {
            conditions.append("item = ?")
            arguments += [item.rawValue]
        }
        if let place = filter.place {
            conditions.append("place = ?")
            arguments += [place.rawValue]
        }
        if let after = filter.after {
            conditions.append("(item, place, lot) > (?, ?, ?)")
            arguments += [after.item.rawValue, after.place.rawValue, after.lot.rawValue]
        }
        return try balances(conditions.joined(separator: " AND "), arguments, limit, db)
    }

    /// The balances that stand on a count beside which something happened unseen.
    public func recounts(limit: Int, in db: Database) throws -> [StockBalance] {
        try balances("concurrent_postings > 0", [], limit, db)
    }

    public func balance(of key: StockKey, in db: Database) throws -> StockBalance? {
        try balances(
            "item = ? AND place = ? AND lot = ?",
            [key.item.rawValue, key.place.rawValue, key.lot.rawValue], 1, db
        ).first
    }

    private func balances(
        _ condition: String, _ arguments: StatementArguments, _ limit: Int, _ db: Database
    ) throws -> [StockBalance] {
        let sql = """
            SELECT item, place, lot, total + correction, concurrent_sum, concurrent_postings
            FROM cell WHERE \(condition) ORDER BY item, place, lot LIMIT ?
            """
        return try Row.fetchAll(
            db.cachedStatement(sql: sql), arguments: arguments + [limit]
        ).map { row in
            let value: Int64 = row[3]
            let recount = Recount(value: value, ifCountedLast: value - row[4])
            return StockBalance(
                key: StockKey(
                    item: ItemCode(row[0] as String), place: PlaceCode(row[1] as String),
                    lot: LotCode(row[2] as String)),
                value: value, recount: row[5] as Int64 > 0 ? recount : nil)
        }
    }
}

extension Ledger {
    /// How the balance of `key` came about, its newest postings first.
    public func explain(
        _ key: StockKey, limit: Int, in db: Database
    ) throws -> BalanceExplanation {
        guard let id = try CellRow.id(of: key, db) else {
            return BalanceExplanation(
                key: key, value: 0, count: nil, seen: 0, notSeen: 0, postings: [],
                isTruncated: false, recount: nil)
        }
        let cell = try CellRow.one(id, role, db)
        let rows = try OperationRow.posted(to: id, limit: limit + 1, role, db)
        let count = try cell.stock.count.flatMap { standing in
            try operation(standing.mark.id, in: db).map {
                BalanceExplanation.CountLine(
                    author: .init($0.operation), counted: standing.quantity,
                    correction: standing.correction)
            }
        }
        let notSeen = cell.stock.value - (count?.counted ?? 0)
        return BalanceExplanation(
            key: key, value: cell.stock.value, count: count,
            seen: cell.stock.total - notSeen, notSeen: notSeen,
            postings: try rows.prefix(limit).map { row, quantity in
                BalanceExplanation.PostingLine(
                    author: .init(row.logged.operation), kind: row.logged.operation.kind,
                    quantity: quantity, isCounted: try isSeen(row.mark, in: cell, db))
            },
            isTruncated: rows.count > limit, recount: cell.stock.recount)
    }

    private func isSeen(_ mark: OperationMark, in cell: CellRow, _ db: Database) throws -> Bool {
        guard let count = cell.stock.count else { return false }
        return try saw(mark, from: count.mark, db)
    }
}

extension Ledger {
    /// Where a numbered piece is; nil when nobody saw it, or nobody means it any more.
    public func serial(_ serial: SerialCode, in db: Database) throws -> SerialPlacement? {
        guard let id = try RegisterRow.known(.serial(serial), db) else { return nil }
        return try value(of: id, db).map { value, candidates in
            SerialPlacement(
                place: PlaceCode(value), contested: Set(candidates.map { PlaceCode($0) }))
        }
    }

    /// The serials of which two stations say different places, neither knowing of the other.
    public func contestedSerials(
        after: SerialCode? = nil, limit: Int, in db: Database
    ) throws -> [(serial: SerialCode, placement: SerialPlacement)] {
        let sql = """
            SELECT name FROM register WHERE candidates > 1 AND field = ? AND name > ?
            ORDER BY name LIMIT ?
            """
        let names = try String.fetchAll(
            db.cachedStatement(sql: sql),
            arguments: [RegisterRow.Name.serialField, after?.rawValue ?? "", limit])
        return try names.compactMap { name in
            let serial = SerialCode(name)
            return try self.serial(serial, in: db).map { (serial, $0) }
        }
    }

    public func attribute(_ key: AttributeKey, in db: Database) throws -> AttributeValue? {
        guard let id = try RegisterRow.known(.attribute(key), db) else { return nil }
        return try value(of: id, db).map { AttributeValue(value: $0, siblings: Set($1)) }
    }

    /// The fields for which two stations say different things, neither knowing of the other.
    public func attributeConflicts(
        limit: Int, in db: Database
    ) throws -> [(key: AttributeKey, value: AttributeValue)] {
        let sql = """
            SELECT name, substr(field, 2) FROM register
            WHERE candidates > 1 AND field <> ? ORDER BY field, name LIMIT ?
            """
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: sql), arguments: [RegisterRow.Name.serialField, limit])
        return try rows.compactMap { row in
            let key = AttributeKey(item: ItemCode(row[0] as String), field: row[1])
            return try attribute(key, in: db).map { (key, $0) }
        }
    }

    private func value(
        of register: Int64, _ db: Database
    ) throws -> (value: String, candidates: [String])? {
        let register = try RegisterRow.load(register, role, db)
        return try register.winner.map { winner in
            let candidates = try register.maximal { try saw($0, from: $1, db) }
            return (winner.value, candidates.map(\.value))
        }
    }
}

extension Ledger {
    /// The lines that remain in a batch, in the order they came here.
    public func batchLines(
        _ batch: BatchCode, limit: Int, in db: Database
    ) throws -> [(id: OperationID, line: BatchLine)] {
        try OperationRow.lines(of: batch, limit: limit, role, db).compactMap { row in
            guard case .batchAdd(let line) = row.logged.operation.kind else { return nil }
            return (row.logged.operation.id, line)
        }
    }

    /// How much of a line was ordered. 0 unless it was set.
    public func setOrdered(
        _ quantity: Int64, of line: OrderLineCode, in db: Database
    ) throws {
        try OrderLineRow.setOrdered(quantity, line, db)
    }

    /// What was picked for a line, and by which operations.
    public func picks(of line: OrderLineCode, in db: Database) throws -> PickLine {
        try OrderLineRow.picks(line, role, db)
    }

    /// The lines of which more was picked than ordered, and by how much.
    public func overPicks(
        after: OrderLineCode? = nil, limit: Int, in db: Database
    ) throws -> [(line: OrderLineCode, excess: Int64)] {
        let sql = """
            SELECT line, picked - ordered FROM order_line
            WHERE picked > ordered AND line > ? ORDER BY line LIMIT ?
            """
        return try Row.fetchAll(
            db.cachedStatement(sql: sql), arguments: [after?.rawValue ?? "", limit]
        ).map { (OrderLineCode($0[0] as String), $0[1]) }
    }
}
