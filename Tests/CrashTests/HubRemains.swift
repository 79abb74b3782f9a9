import GRDB
import LedgerStore
import Replication

@testable import HubStorage

/// Looks at a hub's store after the power was cut.
struct HubRemains {
    let answered: [HubScript.Answered]
    private let ledgers = LedgerRemains()

    init(answered: [HubScript.Answered]) {
        self.answered = answered
    }

    func faults(at moment: PowerCuts.Moment, in folder: String) async throws -> [String] {
        let hub = try HubStore(directory: folder)
        let tenant = try hub.tenant("main")
        let (first, there) = try await tenant.read { [ledgers] ledger, db in
            let log = try ledgers.log(ledger, db)
            return (try ledgers.faults(of: log, ledger, db), Set(log.kinds.keys))
        }
        var faults = first
        for request in answered where request.kept <= moment.number {
            if !there.isSuperset(of: request.ids) { faults.append("lost what was answered for") }
        }
        for request in answered {
            let found = request.ids.count { there.contains($0) }
            if found > 0, found < request.ids.count { faults.append("took a request in part") }
        }
        faults += try await goOnFaults(tenant, moment)
        try hub.close()
        return faults
    }

    /// Whoever had no answer asks again, and all is there once.
    private func goOnFaults(
        _ tenant: TenantStore, _ moment: PowerCuts.Moment
    ) async throws -> [String] {
        var open: [StationCode: HubScript.Answered] = [:]
        for request in answered where request.began <= moment.number {
            open[request.station] = request
        }
        for request in open.values {
            _ = try await tenant.take(
                request.runs, from: HubScript.record(request.station), now: HubScript.now)
        }
        let expected = Set(answered.filter { $0.began <= moment.number }.flatMap(\.ids))
        let (ids, end) = try await tenant.read { _, db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT id, incarnation, sequence FROM operation ORDER BY id")
            let ids = rows.map {
                OperationID(
                    incarnation: Incarnation(rawValue: UInt64(bitPattern: $0[1])),
                    sequence: UInt64(bitPattern: $0[2]))
            }
            return (ids, rows.last.map { $0[0] as Int } ?? 0)
        }
        var faults: [String] = []
        if Set(ids) != expected || ids.count != expected.count {
            faults.append("after asking again \(ids.count) operations, not \(expected.count)")
        }
        if end != ids.count { faults.append("the feed has gaps") }
        return faults
    }
}
