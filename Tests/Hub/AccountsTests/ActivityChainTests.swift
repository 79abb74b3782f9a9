import Foundation
import Testing

@testable import Accounts

@Suite struct ActivityChainTests {
    private let entry = Activity(
        number: 7, time: 1_800_000_000_000_000, tenant: "main", who: "ada", address: "192.0.2.1",
        kind: .stationRevoked, detail: "st-1")

    @Test func everyFieldAndWhatCameBeforeIsInTheHash() {
        let start = Activity.chainStart
        var hashes: Set<Data> = [entry.chain(after: start)]
        let changes: [(inout Activity) -> Void] = [
            { $0.number = 8 }, { $0.time += 1 }, { $0.tenant = "mai" }, { $0.who = "bob" },
            { $0.address = "" }, { $0.kind = .login }, { $0.detail = "st-2" },
            // Nothing passes from one field to the next.
            { ($0.tenant, $0.who) = ("maina", "da") },
            { ($0.who, $0.address) = ("", "ada192.0.2.1") },
        ]
        for change in changes {
            var other = entry
            change(&other)
            hashes.insert(other.chain(after: start))
        }
        hashes.insert(entry.chain(after: Data(repeating: 1, count: 32)))
        #expect(hashes.count == changes.count + 2)
    }
}
