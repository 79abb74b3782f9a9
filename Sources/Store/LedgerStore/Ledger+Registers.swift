import GRDB
import Replication

extension Ledger {
    func write(
        _ entry: LedgerEntry, _ name: RegisterRow.Name, _ value: String, _ db: Database
    ) throws {
        let register = try RegisterRow.id(of: name, db)
        try RegisterRow.insertWrite(register, by: entry.id, value, db)
        try refreshRegister(register, db)
    }

    func unwrite(_ entry: LedgerEntry, _ name: RegisterRow.Name, _ db: Database) throws {
        guard let register = try RegisterRow.known(name, db) else { return }
        try RegisterRow.deleteWrite(register, by: entry.id, db)
        try refreshRegister(register, db)
    }

    private func refreshRegister(_ id: Int64, _ db: Database) throws {
        let register = try RegisterRow.load(id, role, db)
        let maximal = try register.maximal { try saw($0, from: $1, db) }
        try RegisterRow.save(
            id, value: register.winner?.value,
            candidates: Set(maximal.map(\.value)).count, db)
    }
}
