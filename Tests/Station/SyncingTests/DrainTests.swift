import Foundation
import HubStorage
import Replication
import ScanTesting
import StationStorage
import Synchronization
import Syncing
import Testing

@Suite struct DrainTests {
    /// Enough requests that reading, sending and storing overlap many times. For a figure, set
    /// DRAIN_OPERATIONS and build for release.
    @Test func aLongQueueArrivesWholeAndInOrder() async throws {
        let count =
            ProcessInfo.processInfo.environment["DRAIN_OPERATIONS"].flatMap(Int.init) ?? 4000
        try await withHub { hub, store in
            try await withStation { station in
                for _ in 0..<(count / 1000) { try await station.scan(1000) }
                try await station.enrol(at: hub, code: try await store.code())
                let started = ContinuousClock.now
                station.loop.urge.signal()
                #expect(try await soon(within: .seconds(60)) { try await station.waiting() == 0 })
                let spent = ContinuousClock.now - started
                #expect(
                    try await store.operations().map(\.sequence) == (1...UInt64(count)).map { $0 })
                if count > 4000 { print("drained \(count) operations in \(spent)") }
            }
        }
    }
}
