import LedgerStore

extension TenantStore {
    /// Works all that follows from the log out anew; `changesNothing`: only compares. Answers with
    /// what was otherwise.
    public func rebuild(changesNothing: Bool) async throws -> [String] {
        try await write { [ledger] db in
            try changesNothing ? ledger.check(in: db) : ledger.rebuild(in: db)
        }
    }
}
