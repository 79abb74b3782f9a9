public import GRDB
import Replication

extension Ledger {
    /// What a person should decide, at most `limit` of each kind, in order of kind and name.
    public func conflicts(limit: Int, in db: Database) throws -> [Conflict] {
        let serials = try registerConflicts(
            "field = '\(RegisterRow.Name.serialField)'", limit, db)
        let attributes = try registerConflicts(
            "field <> '\(RegisterRow.Name.serialField)'", limit, db)
        return try serials + attributes + countConflicts(limit, db) + shortages(limit, db)
            + returns(limit, db)
    }

    /// Throws `ConflictError.unknownConflict`: it was settled, or is another one by now.
    public func conflict(_ id: String, in db: Database) throws -> Conflict {
        let all = try conflicts(limit: Ledger.conflictsLimit, in: db)
        guard let found = all.first(where: { $0.id == id }) else {
            throw ConflictError.unknownConflict(id)
        }
        return found
    }

    /// Of one kind, and enough for any person.
    public static let conflictsLimit = 1000
}

extension Ledger {
    private func registerConflicts(
        _ condition: String, _ limit: Int, _ db: Database
    ) throws -> [Conflict] {
        let sql = """
            SELECT id, name, field FROM register WHERE candidates > 1 AND \(condition)
            ORDER BY field, name LIMIT ?
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [limit]).compactMap {
            let register = try RegisterRow.load($0[0], role, db)
            let writes = try register.maximal { try saw($0, from: $1, db) }
            guard let winner = register.winner?.value else { return nil }
            let said = try candidates(writes.map { ($0.mark, $0.value) }, db)
            let (name, field): (String, String) = ($0[1], $0[2])
            return field == RegisterRow.Name.serialField
                ? Conflict(SerialCode(name), at: winner, said)
                : Conflict(
                    AttributeKey(item: ItemCode(name), field: String(field.dropFirst())),
                    is: winner, said)
        }
    }

    /// In order of their ids, so that every ledger has one order.
    func candidates(
        _ said: [(mark: OperationMark, value: String)], _ db: Database
    ) throws -> [Conflict.Candidate] {
        try said.sorted { $0.mark.id < $1.mark.id }.compactMap { mark, value in
            try operation(mark.id, in: db).map { Conflict.Candidate(value: value, logged: $0) }
        }
    }
}

extension Ledger {
    private static let countColumns = """
        SELECT id, item, place, lot FROM cell
        WHERE unseen_counts > 0 OR concurrent_postings > 0 ORDER BY item, place, lot LIMIT ?
        """

    private func countConflicts(_ limit: Int, _ db: Database) throws -> [Conflict] {
        try Row.fetchAll(db.cachedStatement(sql: Self.countColumns), arguments: [limit])
            .compactMap { try countConflict(of: $0[0], StockKey($0), db) }
    }

    private func countConflict(
        of cell: Int64, _ key: StockKey, _ db: Database
    ) throws -> Conflict? {
        let stock = try CellRow.one(cell, role, db).stock
        guard let standing = stock.count else { return nil }
        let counts = try unseenCounts(in: cell, from: standing.mark, db)
        let postings = try unseenPostings(in: cell, from: standing.mark, db)
            .filter { $0.sight == .concurrent }
        let all =
            [(standing.mark, "counted \(standing.quantity)")]
            + counts.map { ($0.mark, "counted \($0.quantity), superseded") }
            + postings.map { ($0.mark, $0.quantity < 0 ? "\($0.quantity)" : "+\($0.quantity)") }
        let value = stock.value
        var balances = Set([value, stock.recount?.ifCountedLast ?? value])
        for count in counts {
            let later = try unseenPostings(in: cell, from: count.mark, db)
            balances.insert(later.reduce(count.quantity) { $0 + $1.quantity })
        }
        return Conflict(
            countsOf: key, value: value, balances: balances,
            isBesidePostings: !postings.isEmpty, try candidates(all, db))
    }

    /// Less than nothing lies there, and nobody is to count there anyway.
    private func shortages(_ limit: Int, _ db: Database) throws -> [Conflict] {
        let sql = """
            SELECT id, item, place, lot, total + correction FROM cell
            WHERE \(CellRow.isShort) AND unseen_counts = 0 AND concurrent_postings = 0
            ORDER BY item, place, lot LIMIT ?
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [limit]).map { row in
            let last = try OperationRow.posted(
                to: row[0], limit: Self.shortageCandidatesLimit, role, db)
            return Conflict(
                shortageOf: StockKey(row), value: row[4],
                last.map { Conflict.Candidate(value: "\($0.1)", logged: $0.0.logged) })
        }
    }

    private static let shortageCandidatesLimit = 5
}

extension Ledger {
    /// A station that was not told of the order can't say what is too much.
    private func returns(_ limit: Int, _ db: Database) throws -> [Conflict] {
        let sql = """
            SELECT line, ordered FROM order_line WHERE picked > ordered
                \(role == .station ? "AND ordered > 0" : "") ORDER BY line LIMIT ?
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [limit]).compactMap {
            let line = OrderLineCode($0[0] as String)
            let shares = try picks(of: line, in: db).returns(over: $0[1])
            return Conflict(
                line,
                try shares.compactMap { share in
                    try operation(share.id, in: db).map { ($0, share.quantity) }
                })
        }
    }
}

extension StockKey {
    /// From an item, a place and a lot behind a first column.
    fileprivate init(_ row: Row) {
        self.init(
            item: ItemCode(row[1] as String), place: PlaceCode(row[2] as String),
            lot: LotCode(row[3] as String))
    }
}
