import GRDB
import Replication

extension Ledger {
    /// `Lineage.saw`, with no more of the lineage read than the question needs.
    func saw(_ earlier: OperationMark, from later: OperationMark, _ db: Database) throws -> Bool {
        let (old, young) = (earlier.id.incarnation, later.id.incarnation)
        let needsLinks =
            earlier.position > later.base && earlier.station == later.station && old != young
        let lineage = needsLinks ? try lineage(from: young, to: old, db) : Lineage()
        return lineage.saw(earlier, from: later)
    }

    /// The links from `young` up to `old`, or none when `old` can't be above it.
    private func lineage(
        from young: Incarnation, to old: Incarnation, _ db: Database
    ) throws -> Lineage {
        var lineage = Lineage()
        let top = try IncarnationRow.one(old, db)?.depth
        var life = young
        while life != old, lineage.link(of: life) == nil,
            let row = try IncarnationRow.one(life, db), let link = row.link
        {
            if let top, let depth = row.depth, depth <= top { break }
            lineage.insert(link, for: life)
            life = link.parent
        }
        return lineage
    }
}
