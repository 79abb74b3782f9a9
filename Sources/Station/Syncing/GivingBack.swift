import Replication
import StationStorage
import SwiftProtobuf
import SyncProtocol

/// Brings a hub that was put back what people made at it, as far as this station read it. The hub
/// knows its own by their seals and passes over what it has.
struct GivingBack: Sendable {
    private static let page = 500

    let store: StationStore
    let client: HubClient

    func run() async throws {
        var mark: OperationID?
        while let runs = try await page(after: mark) {
            do {
                _ = try await client.push(
                    HubBody(WireOpsRequest.with { $0.givenBack = runs.wire }))
            } catch SyncError.refused {
                // A hub that wants none of it must not keep the station from its own work.
                return
            }
            mark = runs.last
        }
    }

    private func page(
        after mark: OperationID?
    ) async throws -> (wire: [WireRun], last: OperationID?)? {
        let runs = try await store.read { try $0.madeAtHub(after: mark, limit: Self.page) }
        guard !runs.isEmpty else { return nil }
        return (
            try runs.map { run throws in try run.wire }, runs.last?.operations.last?.operation.id
        )
    }
}
