import GRDB
import Replication

extension Ledger {
    /// Both sides of an operation: `near` gains what `far` loses.
    func post(
        _ entry: LedgerEntry, near: StockKey, far: StockKey, _ quantity: Int64, _ db: Database
    ) throws {
        guard near != far else {
            let cell = try CellRow.post(0, to: near, db)
            return try PostingRow.insertOne(entry.id, cell: cell.id, 0, db)
        }
        let nearCell = try CellRow.post(quantity, to: near, db)
        let farCell = try CellRow.post(0 - quantity, to: far, db)
        try PostingRow.insert(entry.id, near: nearCell.id, quantity, far: farCell.id, db)
        if nearCell.isCounted { try noteBesideCount(entry, quantity, nearCell.id, db) }
        if farCell.isCounted { try noteBesideCount(entry, 0 - quantity, farCell.id, db) }
    }

    func withdraw(
        _ entry: LedgerEntry, near: StockKey, far: StockKey, _ quantity: Int64, _ db: Database
    ) throws {
        guard near != far else { return try withdraw(entry, 0, from: near, db) }
        try withdraw(entry, quantity, from: near, db)
        try withdraw(entry, 0 - quantity, from: far, db)
    }

    func touch(_ near: StockKey, _ far: StockKey, _ db: Database) throws {
        _ = try CellRow.post(0, to: near, db)
        if near != far { _ = try CellRow.post(0, to: far, db) }
    }

    /// The total holds the posting already: what is left is how it stands to the count.
    private func noteBesideCount(
        _ entry: LedgerEntry, _ quantity: Int64, _ cell: Int64, _ db: Database
    ) throws {
        var row = try CellRow.one(cell, role, db)
        let sight = try sight(of: entry.mark, in: row, db)
        guard sight != .later else { return }
        row.stock.withdraw(quantity, .later)
        row.stock.post(quantity, sight)
        try row.saveSums(db)
    }

    private func withdraw(
        _ entry: LedgerEntry, _ quantity: Int64, from key: StockKey, _ db: Database
    ) throws {
        guard let cell = try CellRow.id(of: key, db) else { return }
        var row = try CellRow.one(cell, role, db)
        row.stock.withdraw(quantity, try sight(of: entry.mark, in: row, db))
        try row.saveSums(db)
        try PostingRow.delete(entry.id, cell: cell, db)
    }

    private func sight(of mark: OperationMark, in cell: CellRow, _ db: Database) throws -> Sight {
        guard let count = cell.stock.count else { return .later }
        return try Sight(of: mark, from: count.mark) { try saw($0, from: $1, db) }
    }

    func changesSight(
        of near: StockKey, _ far: StockKey, _ before: LedgerEntry, _ after: LedgerEntry,
        _ db: Database
    ) throws -> Bool {
        for key in near == far ? [near] : [near, far] {
            guard let cell = try CellRow.id(of: key, db) else { continue }
            let row = try CellRow.one(cell, role, db)
            if try sight(of: before.mark, in: row, db) != sight(of: after.mark, in: row, db) {
                return true
            }
        }
        return false
    }
}

extension Ledger {
    func insertCount(
        _ entry: LedgerEntry, of key: StockKey, _ quantity: Int64, _ db: Database
    ) throws {
        let cell = try CellRow.post(0, to: key, db).id
        let count = CountRow(operation: entry.id, mark: entry.mark, quantity: quantity)
        try count.insert(cell: cell, db)
        let row = try CellRow.one(cell, role, db)
        if let standing = row.stock.count?.mark, !standing.yields(to: entry.mark) {
            return try noteUnseenCounts(in: cell, from: standing, db)
        }
        try stand(count, in: row, db)
    }

    func removeCount(_ entry: LedgerEntry, of key: StockKey, _ db: Database) throws {
        guard let cell = try CellRow.id(of: key, db) else { return }
        let row = try CellRow.one(cell, role, db)
        try CountRow.delete(entry.id, cell: cell, db)
        if let standing = row.stock.count?.mark, standing.id != entry.mark.id {
            return try noteUnseenCounts(in: cell, from: standing, db)
        }
        try stand(try CountRow.highest(cell: cell, role, db), in: row, db)
    }

    private func stand(_ count: CountRow?, in cell: CellRow, _ db: Database) throws {
        var cell = cell
        if let count {
            cell.stock.stand(
                (count.mark, count.quantity),
                unseen: try unseenPostings(in: cell.id, from: count.mark, db).map { ($1, $2) })
        } else {
            cell.stock.stand(nil, unseen: [])
        }
        try cell.save(count: count?.operation, db)
        try noteUnseenCounts(in: cell.id, from: count?.mark, db)
    }

    func unseenPostings(
        in cell: Int64, from count: OperationMark, _ db: Database
    ) throws -> [(mark: OperationMark, quantity: Int64, sight: Sight)] {
        let rows = try PostingRow.after(count.base, cell: cell, role, db)
        var result: [(mark: OperationMark, quantity: Int64, sight: Sight)] = []
        for row in rows {
            let sight = try Sight(of: row.mark, from: count) { try saw($0, from: $1, db) }
            if sight != .seen { result.append((row.mark, row.quantity, sight)) }
        }
        return result
    }

    private func noteUnseenCounts(
        in cell: Int64, from standing: OperationMark?, _ db: Database
    ) throws {
        let unseen = try standing.map { try unseenCounts(in: cell, from: $0, db).count } ?? 0
        try CellRow.saveUnseenCounts(unseen, cell: cell, db)
    }

    /// The counts that the standing one did not know of, without those that one of them saw.
    func unseenCounts(
        in cell: Int64, from standing: OperationMark, _ db: Database
    ) throws -> [CountRow] {
        let unseen = try CountRow.after(standing.base, cell: cell, role, db).filter {
            try $0.mark.id != standing.id && !saw($0.mark, from: standing, db)
        }
        return try unseen.filter { count in
            try !unseen.contains {
                try $0.mark.id != count.mark.id && saw(count.mark, from: $0.mark, db)
            }
        }
    }
}
