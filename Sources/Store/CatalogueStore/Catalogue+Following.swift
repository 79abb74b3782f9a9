public import GRDB

/// Changes of the catalogue, in the order of their positions.
public struct CatalogueChanges: Sendable, Equatable {
    public var records: [CatalogueRecord]
    /// Up to where they go. Ask for what comes after it next.
    public var end: Int64
    /// Where the catalogue ends.
    public var head: Int64

    public init(records: [CatalogueRecord], end: Int64, head: Int64) {
        self.records = records
        self.end = end
        self.head = head
    }
}

/// How fresh a station's copy is.
public struct CatalogueStanding: Sendable, Equatable {
    public var position: Int64
    /// Whose catalogue it is; empty: nobody's yet.
    public var source: String
    /// When it was last seen to be whole, microseconds since 1970; nil: never.
    public var comparedMicroseconds: Int64?
}

extension Catalogue {
    public func standing(in db: Database) throws -> CatalogueStanding {
        let state = try CatalogueState.fetch(db)
        return CatalogueStanding(
            position: state.position, source: state.source,
            comparedMicroseconds: state.comparedMicroseconds == 0
                ? nil : state.comparedMicroseconds)
    }

    /// What changed after `position`, each thing as it is now, at most `limit` of them.
    public func changes(
        after position: Int64, limit: Int, in db: Database
    ) throws -> CatalogueChanges {
        let head = try CatalogueState.fetch(db).position
        // One more than wanted tells that there is more.
        var found = try ItemRow.page(after: position, limit: limit + 1, db)
        found += try PlaceRow.page(after: position, limit: limit + 1, db)
        found += try LotRow.page(after: position, limit: limit + 1, db)
        found.sort { $0.position < $1.position }
        let page = found.prefix(min(limit, Self.countWithinLimit(found.map(\.record))))
        let end = found.count > page.count ? page.last?.position ?? head : head
        return CatalogueChanges(records: page.map(\.record), end: end, head: head)
    }

    /// No page is longer, unless it is one record.
    private static let pageLimitBytes = 1 << 20

    private static func countWithinLimit(_ records: [CatalogueRecord]) -> Int {
        var bytes = 0
        let count = records.prefix { record in
            bytes += record.lengthBytes
            return bytes <= pageLimitBytes
        }.count
        return max(1, count)
    }

    /// At a station: takes in what the hub told after `position`. false: that is not where this
    /// copy stands.
    public func apply(
        _ changes: CatalogueChanges, after position: Int64, of source: String,
        wallMicroseconds: Int64, in db: Database
    ) throws -> Bool {
        var state = try CatalogueState.fetch(db)
        guard state.position == position, state.source == source else { return false }
        let stamp = Stamp(position: changes.end, epoch: state.epoch)
        for record in changes.records { try put(record, at: stamp, db) }
        state.position = changes.end
        if changes.end == changes.head { state.comparedMicroseconds = wallMicroseconds }
        try state.save(db)
        return true
    }

    /// At a station: from now on this is the catalogue of `source`, asked for from its beginning.
    ///
    /// What is here stays in use until all of the other has come; then `forgetOld` removes what
    /// was not in it.
    public func begin(_ source: String, in db: Database) throws {
        var state = try CatalogueState.fetch(db)
        state = CatalogueState(
            position: 0, epoch: state.epoch + 1, source: source, comparedMicroseconds: 0,
            cleaned: state.cleaned)
        try state.save(db)
    }

    /// Removes up to `limit` rows that another catalogue had. false: there are none left.
    public func forgetOld(limit: Int, in db: Database) throws -> Bool {
        var state = try CatalogueState.fetch(db)
        guard state.cleaned < state.epoch else { return false }
        for table in ["catalogue_place", "catalogue_lot"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE epoch < ?", arguments: [state.epoch])
        }
        guard try !ItemRow.forget(before: state.epoch, limit: limit, db) else { return true }
        state.cleaned = state.epoch
        try state.save(db)
        return false
    }
}
