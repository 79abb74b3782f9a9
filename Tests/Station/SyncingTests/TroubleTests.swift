import CurlHTTP
import Foundation
import HubStorage
import Replication
import ScanTesting
import StationStorage
import SyncProtocol
import Synchronization
import Syncing
import Testing

@Suite struct TroubleTests {
    /// Every second answer to a push is lost, in every way that it can be.
    @Test(arguments: [CuttingProxy.Fate.loseRequest, .loseAnswer, .cutAnswer(afterBytes: 40)])
    func everyOperationHasOneEffect(fate: CuttingProxy.Fate) async throws {
        let pushes = Mutex(0)
        let decide = { @Sendable (line: String) -> CuttingProxy.Fate in
            guard line.contains("/v1/ops") else { return .pass }
            return pushes.withLock { count in
                count += 1
                return count % 2 == 1 ? fate : .pass
            }
        }
        try await withHub(decide: decide) { hub, store in
            try await withStation(at: hub, store) { station in
                for _ in 0..<5 {
                    try await station.scan(150)
                    #expect(try await soon { try await station.waiting() == 0 })
                }
                let operations = try await store.operations()
                #expect(operations.count == 750)
                #expect(Set(operations).count == 750)
                #expect(try await store.stock()[.scanned] == 750)
                #expect(pushes.withLock { $0 } > 5)
            }
        }
    }

    @Test func aHubThatIsKilledInTheMiddleGetsTheRest() async throws {
        try await withAbsentHub { hub in
            try await withStation { station in
                try await station.scan(3000)
                try await hub.up { store async throws in
                    try await station.enrol(at: hub, code: try await store.code())
                    station.loop.urge.signal()
                    #expect(try await soon { try store.tenant("main").position > 0 })
                }
                for _ in 0..<3 {
                    try await hub.up { store async throws in
                        station.loop.urge.signal()
                        let before = try store.tenant("main").position
                        #expect(
                            try await soon {
                                try store.tenant("main").position > min(before, 2999)
                            })
                    }
                }
                try await hub.up { store async throws in
                    station.loop.urge.signal()
                    #expect(try await soon { try await station.waiting() == 0 })
                    #expect(try await store.operations().count == 3000)
                    #expect(try await store.stock()[.scanned] == 3000)
                }
            }
        }
    }

    @Test func aHubThatComesBackIsFoundOnUrge() async throws {
        try await withAbsentHub { hub in
            try await withStation { station in
                try await hub.up { store async throws in
                    _ = try await station.enrol(at: hub, code: try await store.code())
                }
                station.loop.urge.signal()
                let isOffline = try await soon {
                    if case .offline("hub-unreachable", _) = station.loop.status.current {
                        true
                    } else {
                        false
                    }
                }
                #expect(isOffline)
                try await station.scan(2)
                try await hub.up { store async throws in
                    station.loop.urge.signal()
                    #expect(try await soon { try await station.waiting() == 0 })
                    #expect(station.loop.status.current == .online)
                }
            }
        }
    }

    @Test func aFeedThatFailsDoesNotStopThePush() async throws {
        let decide = { @Sendable (line: String) -> CuttingProxy.Fate in
            line.contains("/v1/feed") ? .loseAnswer : .pass
        }
        try await withHub(decide: decide) { hub, store in
            try await withStation(at: hub, store) { station in
                for count in 1...3 {
                    try await station.scan(1)
                    #expect(try await soon { try store.tenant("main").position == count })
                }
            }
        }
    }

    /// The hub forgets what it had acknowledged, and gets all of it again.
    @Test func aHubRestoredFromABackupIsMadeWhole() async throws {
        try await withAbsentHub { hub in
            let backup = hub.directory + "-backup"
            try await withStation { station in
                try await hub.up { store async throws in
                    try await station.enrol(at: hub, code: try await store.code())
                    station.loop.urge.signal()
                    try await station.scan(10)
                    #expect(try await soon { try await station.waiting() == 0 })
                }
                try FileManager.default.copyItem(atPath: hub.directory, toPath: backup)
                try await hub.up { store async throws in
                    station.loop.urge.signal()
                    try await station.scan(20)
                    #expect(try await soon { try await station.waiting() == 0 })
                }
                try FileManager.default.removeItem(atPath: hub.directory)
                try FileManager.default.moveItem(atPath: backup, toPath: hub.directory)
                try await hub.up { store async throws in
                    #expect(try store.tenant("main").position == 10)
                    station.loop.urge.signal()
                    #expect(try await soon { try store.tenant("main").position == 30 })
                    #expect(try await store.stock()[.scanned] == 30)
                    #expect(try await soon { try await station.stock() == store.stock() })
                }
            }
        }
    }

    /// Two copies of one database, both alive: the second is told, keeps all and isn't hasty.
    @Test func aForkStopsThePushAndKeepsTheQueue() async throws {
        let pushes = Mutex(0)
        let decide = { @Sendable (line: String) -> CuttingProxy.Fate in
            if line.contains("/v1/ops") { pushes.withLock { $0 += 1 } }
            return .pass
        }
        try await withHub(decide: decide) { hub, store in
            try await withStation(at: hub, store) { station in
                try await station.scan(3)
                #expect(try await soon { try await station.waiting() == 0 })
                let copy = try TestStation(copying: station)
                try await copy.scan(2)
                try await station.scan(2, item: "other")
                #expect(try await soon { try await station.waiting() == 0 })
                pushes.withLock { $0 = 0 }
                let running = Task { await copy.loop.run() }
                let isTold = try await soon {
                    if case .offline("fork", _) = copy.loop.status.current { true } else { false }
                }
                #expect(isTold)
                #expect(try await copy.waiting() == 2)
                #expect(try await store.operations().count == 5)
                running.cancel()
                await running.value
                copy.http.close()
                try copy.store.close()
            }
        }
    }
}
