import CurlHTTP
import HubStorage
import LedgerStore
import Replication
import ScanTesting
import StationStorage
import SyncProtocol
import Synchronization
import Syncing
import Testing

@Suite struct SyncLoopTests {
    @Test func whatWasScannedBeforeEnrolmentBelongsToTheStation() async throws {
        try await withHub { hub, store in
            try await withStation { station in
                try await station.scan(3)
                #expect(station.loop.status.current == .notEnrolled)
                let enrolment = try await station.enrol(at: hub, code: try await store.code())
                station.loop.urge.signal()
                #expect(try await soon { try await store.stock()[.scanned] == 3 })
                let logged = try await store.tenant("main").operations(after: 0, limit: 10)
                #expect(Set(logged.map(\.operation.station)) == [enrolment.station])
                #expect(try await soon { try await station.waiting() == 0 })
                #expect(station.loop.status.current == .online)
            }
        }
    }

    @Test func aScanLeavesAtOnce() async throws {
        try await withHub { hub, store in
            try await withStation(at: hub, store) { station in
                #expect(try await soon { station.loop.status.current == .online })
                for count in 1...5 {
                    try await station.scan(1)
                    #expect(try await soon { try store.tenant("main").position == count })
                }
            }
        }
    }

    @Test func anotherStationsOperationsArrive() async throws {
        try await withHub { hub, store in
            try await withStation(at: hub, store) { one in
                try await withStation(at: hub, store) { other in
                    try await one.scan(5, place: "P1")
                    try await other.make([
                        .move(StockKey(item: "A", place: "P1"), to: "P2", quantity: 2),
                        .count(StockKey(item: "B", place: "P1"), quantity: 7),
                    ])
                    let isSame = try await soon {
                        let stock = try await store.stock()
                        return try await (one.stock(), other.stock()) == (stock, stock)
                            && stock[StockKey(item: "A", place: "P1")] == 3
                    }
                    #expect(isSame)
                }
            }
        }
    }

    @Test func aRefusedOperationIsParkedAndTheQueueGoesOn() async throws {
        try await withHub { hub, store in
            try await withStation(at: hub, store) { station in
                try await station.make([
                    .adjust(StockKey(item: "A", place: "P"), delta: 1),
                    .adjust(StockKey(item: "", place: "P"), delta: 1),
                    .adjust(StockKey(item: "B", place: "P"), delta: 1),
                ])
                #expect(try await soon { try await station.waiting() == 0 })
                #expect(try await soon { try await station.deadLetters().count == 1 })
                #expect(try await station.deadLetters().map(\.refusal.code) == ["empty-item"])
                #expect(try await station.deadLetters().map(\.id.sequence) == [2])
                #expect(try await soon { try await station.stock() == store.stock() })
            }
        }
    }

    @Test(arguments: [-3, 3])
    func aWrongClockIsNoObstacle(days: Int64) async throws {
        try await withHub { hub, store in
            let skew = days * 86400 * 1_000_000
            try await withStation(at: hub, store, skewMicroseconds: skew) { station in
                try await station.scan(2)
                #expect(try await soon { try await station.waiting() == 0 })
                #expect(station.loop.status.current == .online)
            }
        }
    }

    @Test(arguments: ["wrong", "used"])
    func aCodeThatIsNoGoodChangesNothing(kind: String) async throws {
        try await withHub { hub, store in
            try await withStation { station in
                var code = "NO-SUCH-CODE"
                if kind == "used" {
                    code = try await store.code()
                    let fresh = code
                    try await withStation { try await $0.enrol(at: hub, code: fresh) }
                }
                let bad = code
                let error = await #expect(throws: SyncError.self) {
                    try await station.enrol(at: hub, code: bad)
                }
                #expect(error?.code == "enrolment-code")
                #expect(try await station.store.read { try $0.enrolment() } == nil)
            }
        }
    }

    @Test func aRevokedStationKeepsItsQueue() async throws {
        try await withHub { hub, store in
            try await withStation(at: hub, store) { station in
                #expect(try await soon { station.loop.status.current == .online })
                let name = try #require(try await station.store.read { try $0.enrolment() }).station
                try await store.registry.revoke(name, tenant: "main", now: 1)
                try await station.scan(4)
                let isRefused = try await soon {
                    if case .offline("station-revoked", _) = station.loop.status.current {
                        true
                    } else {
                        false
                    }
                }
                #expect(isRefused)
                #expect(try await station.waiting() == 4)
            }
        }
    }
}
