import GRDB
import ScanTesting
import Testing

@testable import HubStorage

/// The power goes at every write and every sync, and what SQLite had not synced is dropped, torn
/// or scattered. What was promised before is there, once, and what follows from it.
@Suite(.serialized) struct CrashTests {
    @Test func stationKeepsItsWordWheneverThePowerGoes() async throws {
        let outcome = try await station(isDurable: true)
        print("station: \(outcome.moments) moments, \(outcome.disks) disks")
        #expect(outcome.faults.prefix(5) == [])
        #expect(outcome.moments > 1000)
    }

    /// Else the test above proves nothing.
    @Test func stationThatDoesNotSyncIsCaught() async throws {
        let outcome = try await station(isDurable: false, [.drop])
        #expect(outcome.faults.contains { $0.contains("lost") })
    }

    @Test func hubKeepsItsWordWheneverThePowerGoes() async throws {
        let outcome = try await hub(isDurable: true)
        print("hub: \(outcome.moments) moments, \(outcome.disks) disks")
        #expect(outcome.faults.prefix(5) == [])
        #expect(outcome.moments > 1000)
    }

    @Test func hubThatDoesNotSyncIsCaught() async throws {
        let outcome = try await hub(isDurable: false, [.drop])
        #expect(outcome.faults.contains { $0.contains("lost") })
    }

    private func station(
        isDurable: Bool, _ cuts: [PowerCut] = PowerCut.allCases
    ) async throws -> PowerCuts.Outcome {
        var script = StationScript()
        let power = try await PowerCuts { try script.run(in: $0, isDurable: isDurable) }
        let remains = StationRemains(promises: script.promises)
        let outcome = await power.check(from: script.startOfPromises, cuts) {
            try remains.faults(at: $0, in: $1)
        }
        try power.remove()
        return outcome
    }

    private func hub(
        isDurable: Bool, _ cuts: [PowerCut] = PowerCut.allCases
    ) async throws -> PowerCuts.Outcome {
        var script = HubScript()
        let power = try await PowerCuts { try await script.run(in: $0, isDurable: isDurable) }
        let remains = HubRemains(answered: script.answered)
        let outcome = await power.check(from: script.startOfPromises, cuts) {
            try await remains.faults(at: $0, in: $1)
        }
        try power.remove()
        return outcome
    }
}

extension TenantStore {
    /// Small, so that the log is folded in many times. Not durable: to see that it is noticed.
    func setForCrashes(isDurable: Bool) throws {
        try database.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 60")
            if !isDurable { try db.execute(sql: "PRAGMA synchronous = NORMAL") }
        }
    }
}
