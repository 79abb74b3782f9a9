import CatalogueStore
import GRDB
import LedgerStore

/// The station's own tables, beside those of the ledger. Migrations are only ever appended.
enum StationSchema {
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        Ledger.registerMigrations(in: &migrator)
        migrator.registerMigration("station-1") { db in
            try db.execute(sql: StationStateRow.schema)
            try db.execute(sql: WorkflowRow.schema)
            try db.execute(sql: WorkflowLineRow.schema)
            try db.execute(sql: OwnIncarnation.schema)
            try db.execute(sql: IntakeRecord.schema)
            try db.execute(sql: BatchRecord.schema)
            try db.execute(sql: DeadLetter.schema)
        }
        migrator.registerMigration("station-elements") { db in
            try db.execute(sql: IntakeRecord.elementsSchema)
        }
        migrator.registerMigration("station-outbox") { db in
            try db.execute(sql: OutboxAudit.schema)
            try db.execute(sql: OutboxHold.schema)
            try db.execute(sql: DeadLetter.verdictSchema)
            try db.execute(sql: OwnIncarnation.waitingSchema)
            try db.execute(sql: HubKey.schema)
        }
        migrator.registerMigration("station-pin") { try $0.execute(sql: StationStateRow.pinSchema) }
        migrator.registerMigration("station-fork") {
            try $0.execute(sql: OwnIncarnation.forkSchema)
        }
        migrator.registerMigration("station-snapshot") { db in
            try db.execute(sql: SnapshotProgress.schema)
            try db.execute(sql: StationStateRow.auditSchema)
        }
        Catalogue.registerMigrations(in: &migrator)
        migrator.registerMigration("station-catalogue") { db in
            try db.execute(sql: IntakeRecord.itemSchema)
        }
        migrator.registerMigration("station-assignments") {
            try $0.execute(sql: AssignmentRecord.schema)
        }
        migrator.registerMigration("station-operators") { db in
            try db.execute(sql: RosterRow.schema)
            try db.execute(sql: LoginAttempt.schema)
            try db.execute(sql: AccessToken.schema)
        }
        migrator.registerMigration("station-batches") { db in
            try db.execute(sql: ExpectedListRow.schema)
            try db.execute(sql: ExpectedListRow.othersSchema)
        }
        return migrator
    }()

    /// Throws when a later version of this program made tables that this one does not know.
    static func requireKnown(_ db: Database, path: String) throws {
        guard try !migrator.hasBeenSuperseded(db) else {
            throw StoreError.tooNew("\(path) was written by a later version; install that one")
        }
    }
}
