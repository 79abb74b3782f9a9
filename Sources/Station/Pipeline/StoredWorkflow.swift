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
}
