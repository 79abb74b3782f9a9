import FoundationEssentials
import Logging
import Scans
import StationStorage

/// The workflow's state as the store keeps it.
enum StoredWorkflow {
    static func text(_ state: WorkflowState) throws -> String {
        String(decoding: try JSONEncoder().encode(state), as: UTF8.self)
    }

    /// What was saved last; a state that can't be read is given up, for its operations stand in
    /// the ledger and only an open batch has to be begun again.
    static func restore(from store: StationStore, log: Logger) throws -> WorkflowState {
        let text = try store.read { try $0.workflow() }
        guard !text.isEmpty else { return WorkflowState() }
        do {
            return try JSONDecoder().decode(WorkflowState.self, from: Array(text.utf8).data)
        } catch {
            log.warning(
                """
                store: the saved state of the workflow can't be read. Work starts anew: mode \
                receive, no open batch. Everything scanned is stored.
                """,
                metadata: ["error": "\(error)"])
            return WorkflowState()
        }
    }
}

extension [UInt8] {
    fileprivate var data: Data { Data(self) }
}
