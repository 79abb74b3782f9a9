public import GRDB

/// Takes in a sheet, row by row. Lives inside one transaction.
public struct CatalogueImport {
    /// What is wrong with one row, which changed nothing.
    public struct RowFault: Sendable, Equatable {
        /// As people count it, the names of the columns being in row 1.
        public var row: Int
        public var column: String
        public var code: String
        public var reason: String
    }

    public struct Outcome: Sendable, Equatable {
        /// What `undo` takes; nil: nothing was changed.
        public var id: Int64?
        public var rows = 0
        public var changed = 0
        public var unchanged = 0
        /// At most `faultsLimit`.
        public var faults: [RowFault] = []
        public var faulty = 0
    }

    public static let faultsLimit = 100_000

    private let kind: SheetKind
    private let catalogue = Catalogue()
    private let log: ImportRow
    private let db: Database
    private var mapping: SheetMapping?
    private var outcome = Outcome()

    /// `file`: what the import is remembered by.
    public init(
        _ kind: SheetKind, file: String, wallMicroseconds: Int64, in db: Database
    ) throws {
        self.kind = kind
        self.db = db
        log = try ImportRow.insert(file: file, kind: kind, at: wallMicroseconds, db)
    }

    /// The first row names the columns.
    public mutating func take(row: Int, _ cells: [String]) throws {
        guard let mapping else {
            mapping = try SheetMapping(cells, kind: kind)
            return
        }
        outcome.rows += 1
        do {
            try take(mapping.record(cells, db))
        } catch let error as CatalogueError {
            outcome.faulty += 1
            guard outcome.faults.count < Self.faultsLimit else { return }
            outcome.faults.append(
                RowFault(
                    row: row, column: error.column ?? "", code: error.code, reason: "\(error)"))
        }
    }

    private mutating func take(_ record: CatalogueRecord) throws {
        let before = try catalogue.current(record.subject, db)
        guard let position = try catalogue.change(record, in: db) else {
            outcome.unchanged += 1
            return
        }
        outcome.changed += 1
        try log.note(before, changedAt: position, db)
    }

    public func finish() throws -> Outcome {
        guard mapping != nil else { throw CatalogueError.emptySheet }
        var outcome = outcome
        if outcome.changed > 0 {
            outcome.id = log.id
        } else {
            try log.delete(db)
        }
        return outcome
    }
}

extension Catalogue {
    public struct Undone: Sendable, Equatable {
        public var restored = 0
        /// What somebody changed since, and so stays as it is.
        public var kept = 0
    }

    /// At the hub: puts back what an import changed.
    public func undo(
        _ importID: Int64, wallMicroseconds: Int64, in db: Database
    ) throws -> Undone {
        guard let log = try ImportRow.one(importID, db) else {
            throw CatalogueError.unknownImport(importID)
        }
        guard !log.isUndone else { throw CatalogueError.alreadyUndone(importID) }
        var undone = Undone()
        try log.eachBackwards(db) { before, position in
            guard try self.position(of: before.subject, db) == position else {
                undone.kept += 1
                return
            }
            do {
                try change(before, in: db)
                undone.restored += 1
            } catch is CatalogueError {
                // Its code went to another item, or its item is gone.
                undone.kept += 1
            }
        }
        try log.markUndone(at: wallMicroseconds, db)
        return undone
    }

    public func imports(limit: Int, in db: Database) throws -> [ImportEntry] {
        try ImportRow.entries(limit: limit, db)
    }

    private func position(of subject: CatalogueSubject, _ db: Database) throws -> Int64? {
        switch subject {
        case .item(let key):
            try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT position FROM catalogue_item WHERE key = ?"),
                arguments: [key])
        case .place(let code):
            try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT position FROM catalogue_place WHERE code = ?"),
                arguments: [code])
        case .lot(let item, let lot):
            try Int64.fetchOne(
                db.cachedStatement(
                    sql: "SELECT position FROM catalogue_lot WHERE item = ? AND lot = ?"),
                arguments: [item, lot])
        }
    }
}
