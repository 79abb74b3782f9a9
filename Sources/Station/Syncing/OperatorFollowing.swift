import OperatorGrants
import StationStorage
import SyncProtocol

/// Brings who may work here, when somebody changed that or the grants are to be renewed.
struct OperatorFollowing: Sendable {
    let store: StationStore
    let client: HubClient
    let enrolment: Enrolment

    /// Whether another list was stored. Throws `GrantError` for one that is not to be taken.
    func run() async throws -> Bool {
        // One that can't be read is to be replaced.
        let held = try await store.read { reader in try? reader.roster() }
        guard
            let signed = try await client.operators(
                since: held?.version ?? 0, issued: held?.issued ?? 0)
        else { return false }
        return try await store.write { transaction in
            guard transaction.isEnrolled(as: enrolment) else { return false }
            try transaction.keep(signed)
            return true
        }
    }
}
