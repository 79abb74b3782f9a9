import HubStorage
import LedgerStore
import Replication

/// The operations of a feed as server-sent events, without an end.
struct OperationEvents: AsyncSequence, Sendable {
    private static let pageLimit = 500
    /// So that a proxy doesn't take a quiet feed for a dead one.
    private static let quietSeconds = 15

    let tenant: TenantStore
    let after: FeedPosition

    func makeAsyncIterator() -> Iterator {
        Iterator(tenant: tenant, position: after)
    }

    struct Iterator: AsyncIteratorProtocol {
        let tenant: TenantStore
        var position: FeedPosition
        /// The first thing a reader gets, so that it knows that it is heard.
        private var hasGreeted = false

        init(tenant: TenantStore, position: FeedPosition) {
            self.tenant = tenant
            self.position = position
        }

        mutating func next() async throws -> String? {
            guard hasGreeted else {
                hasGreeted = true
                return ": operations after \(position)\n\n"
            }
            let page = try await tenant.operations(after: position, limit: pageLimit)
            if let last = page.last?.standing.position {
                position = last
                let balances = try await tenant.balances(after: page)
                return page.map { operation in
                    let report = OperationReport(operation, balances: balances)
                    return "id: \(operation.standing.position ?? 0)\nevent: operation\n"
                        + "data: \(JSONForm.text(report))\n\n"
                }.joined()
            }
            try await waitOrQuiet()
            return tenant.position > position ? "" : ": quiet\n\n"
        }

        private func waitOrQuiet() async throws {
            let (tenant, position) = (tenant, position)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await tenant.waitForFeed(after: position) }
                group.addTask { try await Task.sleep(for: .seconds(quietSeconds)) }
                try await group.next()
                group.cancelAll()
            }
            try Task.checkCancellation()
        }
    }
}
