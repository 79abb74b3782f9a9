import GRDB
import LedgerStore

extension StationStore {
    /// Where a station that keeps everything in `directory` has its database.
    public static func path(in directory: String) -> String { directory + "/station.db" }

    /// Works all that follows from the log out anew; `changesNothing`: only compares. Answers with
    /// what was otherwise.
    public func rebuild(changesNothing: Bool) throws -> [String] {
        try StoreError.translate(at: path) {
            try database.write { db in
                try changesNothing ? ledger.check(in: db) : ledger.rebuild(in: db)
            }
        }
    }
}
