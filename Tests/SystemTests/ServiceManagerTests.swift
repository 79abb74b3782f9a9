import Foundation
import LinuxIO
import Testing

/// What a service manager is told, and what it may ask for.
@Suite struct ServiceManagerTests {
    private static let limit = Duration.milliseconds(600)

    @Test func aStationSaysThatItIsReadyAliveAndStopping() throws {
        let rig = try Rig()
        let manager = try NotifySocket(in: rig.folder)
        try rig.startStation(environment: manager.environment(limit: Self.limit))
        #expect(try manager.next("READY=1", within: .seconds(5)) == "READY=1")
        #expect(try manager.next("WATCHDOG=1", within: .seconds(5)) == "WATCHDOG=1")
        #expect(try manager.next("WATCHDOG=1", within: .seconds(5)) == "WATCHDOG=1")
        #expect(manager.messages.contains("STATUS=Takes scans."))
        #expect(try rig.station?.stop() == .exited(status: 0))
        #expect(try manager.next("STOPPING=1", within: .seconds(1)) == "STOPPING=1")
    }

    /// The process lives, its threads turn, and yet no scan would be stored.
    @Test func aStationWhoseStoreHangsGivesNoSignOfLife() throws {
        let rig = try Rig()
        let manager = try NotifySocket(in: rig.folder)
        try rig.startStation(environment: manager.environment(limit: Self.limit))
        try expectSilence(
            of: manager, while: "\(rig.state)/station.db", isHeldBy: "the store")
        #expect(rig.stationLog.contains("code=stalled"))
    }

    @Test func aHubWhoseStoreHangsGivesNoSignOfLife() throws {
        let rig = try Rig()
        let manager = try NotifySocket(in: rig.folder)
        try rig.startHub(environment: manager.environment(limit: Self.limit))
        #expect(try manager.next("READY=1", within: .seconds(5)) != nil)
        try expectSilence(of: manager, while: "\(rig.hubData)/hub.sqlite", isHeldBy: "the store")
        #expect(try rig.hub?.stop() == .exited(status: 0))
        #expect(try manager.next("STOPPING=1", within: .seconds(1)) != nil)
    }

    private func expectSilence(
        of manager: NotifySocket, while file: String, isHeldBy part: String
    ) throws {
        #expect(try manager.next("WATCHDOG=1", within: .seconds(5)) != nil)
        let holder = try HeldDatabase(file)
        // One may have been under way.
        _ = try manager.next("WATCHDOG=1", within: .milliseconds(10))
        let told = try manager.next("STATUS=", within: .seconds(5)) ?? "nothing"
        #expect(told.contains("\(part) gives no sign of life"), "\(told)")
        #expect(try manager.next("WATCHDOG=1", within: Self.limit * 2) == nil)
        holder.release()
        #expect(try manager.next("WATCHDOG=1", within: .seconds(8)) != nil)
    }

    @Test func withoutBeingAskedNobodySaysThatItLives() throws {
        let rig = try Rig()
        let manager = try NotifySocket(in: rig.folder)
        try rig.startStation(environment: manager.environment())
        #expect(try manager.next("READY=1", within: .seconds(5)) != nil)
        #expect(try manager.next("WATCHDOG=1", within: .milliseconds(300)) == nil)
    }
}

/// A database that another process has begun to write to, and does not end.
final class HeldDatabase {
    private let child: ChildProcess

    init(_ path: String) throws {
        let script = """
            import sqlite3, sys
            held = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=5)
            held.execute("BEGIN IMMEDIATE")
            print("held", flush=True)
            sys.stdin.read()
            """
        child = try ChildProcess(["python3", "-c", script, path])
        _ = try Poll.wait(readable: [child.output], timeout: .seconds(10))
        guard case .bytes = try child.output.read(limit: 16) else {
            throw Unexpected("\(path) can't be held")
        }
    }

    func release() {
        child.kill()
    }
}
