import Logging
import Scans
import StationStorage

/// The workflow's state as the store keeps it.
enum StoredWorkflow {
    /// What was saved last; a state that can't be read is given up, for its operations stand in
    /// the ledger and only an open batch has to be begun again.
    static func restore(from store: StationStore, log: Logger) throws -> WorkflowState {
        do {
            return try store.read { try $0.workflow() } ?? WorkflowState()
        } catch let error as UnreadableWorkflow {
            log.warning(
                """
                store: the saved state of the workflow can't be read. Work starts anew: mode \
                receive, no open batch. Everything scanned is stored.
                """,
                metadata: ["error": "\(error)"])
            // What can't be removed now is given up again at the next start.
            try? store.write { try $0.forgetWorkflow() }
            return WorkflowState()
        }
    }

    /// The assignment that was worked on; one that makes no sense is left alone, for what was done
    /// of it stands in the ledger.
    static func restoreAssignment(from store: StationStore, log: Logger) throws -> Working? {
        let (record, manner) = try store.read { reader in
            let record = try reader.activeAssignment()
            return (record, try record.flatMap { try reader.speechManner(of: $0.operator) })
        }
        guard let record else { return nil }
        let working = Working(record, manner: manner)
        if working == nil { log.warning("store: assignment \(record.number) makes no sense") }
        return working
    }
}
