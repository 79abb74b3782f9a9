import GRDB
import Replication
import Testing

@testable import HubStorage

/// A cursor moves once for each confirmation, whoever else would move it.
@Suite struct SinkCursorTests {
    private static let added = SinkAudit(time: 1, who: "ann", action: .added)

    private static func sink(_ scene: IntakeScene, operations: Int = 5) async throws -> Sink {
        _ = try await scene.take([ScriptedLife(1, operations: operations).run(1...operations)])
        try await scene.tenant().addSink(
            "erp", kind: "webhook", settings: "{}", secretFile: nil, after: 0, by: added)
        return try await scene.tenant().sinks()[0]
    }

    @Test func onlyOneOfTwoMovesIt() async throws {
        let scene = try IntakeScene()
        let tenant = try scene.tenant()
        let sink = try await Self.sink(scene)
        #expect(try await tenant.advanceSink(sink, to: 3, now: 2))
        #expect(try await !tenant.advanceSink(sink, to: 2, now: 3))
        #expect(
            try await !tenant.park(
                .init(incarnation: .init(rawValue: 1), sequence: 1), at: 1, of: sink,
                Sink.Fault(code: "x", message: "", time: 4)))
        #expect(try await tenant.sinks()[0].position == 3)
        #expect(try await tenant.sinkDetails("erp", limit: 9).parked.isEmpty)
    }

    /// Another sink of the same name is another one.
    @Test func whatWasRemovedIsNotMoved() async throws {
        let scene = try IntakeScene()
        let tenant = try scene.tenant()
        let old = try await Self.sink(scene)
        _ = try await tenant.removeSink("erp", by: "ann", now: 2)
        try await tenant.addSink(
            "erp", kind: "webhook", settings: "{}", secretFile: nil, after: 0, by: Self.added)
        #expect(try await !tenant.advanceSink(old, to: 3, now: 3))
        #expect(try await tenant.sink(old.id) == nil)
        let audit = try await tenant.sinkDetails("erp", limit: 9).audit
        #expect(audit.map(\.action) == [.added, .removed, .added])
    }

    @Test func theCursorOutlivesTheProcess() async throws {
        let scene = try IntakeScene()
        let sink = try await Self.sink(scene)
        _ = try await scene.tenant().advanceSink(sink, to: 4, now: 7)
        try scene.restart()
        let standing = try await scene.tenant().sinkStandings()[0]
        #expect(standing.sink.position == 4 && standing.sink.lastSuccess == 7)
        #expect(standing.waitingCount == 1 && standing.oldest != nil)
    }

    @Test func aPersonsPauseOutlastsTheHubsWord() async throws {
        let scene = try IntakeScene()
        let tenant = try scene.tenant()
        let sink = try await Self.sink(scene)
        try await tenant.pauseSink("erp", by: "ann", now: 2)
        let fault = Sink.Fault(code: "sink-refuses-all", message: "", time: 3)
        try await tenant.stopSink(sink, becoming: .failed, fault, .failed)
        #expect(try await tenant.sinks()[0].state == .paused)
    }

    @Test(arguments: ["", "Erp", "a b", "a/b", "../x", "é", String(repeating: "a", count: 41)])
    func aNameIsAFilesName(name: String) async throws {
        let scene = try IntakeScene()
        let tenant = try scene.tenant()
        await #expect(throws: SinkError.name(name)) {
            try await tenant.addSink(
                name, kind: "webhook", settings: "{}", secretFile: nil, after: 0, by: Self.added)
        }
    }

    @Test func thereIsALimitAndNoNameTwice() async throws {
        let scene = try IntakeScene()
        let tenant = try scene.tenant()
        @Sendable func add(_ name: String, after start: UInt64? = 0) async throws {
            try await tenant.addSink(
                name, kind: "webhook", settings: "{}", secretFile: nil, after: start,
                by: Self.added)
        }
        for number in 1..<TenantStore.sinksLimit { try await add("s\(number)") }
        await #expect(throws: SinkError.exists("s1")) { try await add("s1") }
        await #expect(throws: SinkError.beyondFeed(1, head: 0)) { try await add("x", after: 1) }
        try await add(String(repeating: "a", count: 40), after: nil)
        await #expect(throws: SinkError.tooMany(limit: TenantStore.sinksLimit)) {
            try await add("one-more")
        }
    }

    /// A file that was made before there were sinks.
    @Test func anOldFileIsBroughtUpToDate() async throws {
        let scene = try IntakeScene()
        _ = try await scene.take([ScriptedLife(1, operations: 3).run(1...3)])
        try scene.edit { db in
            for table in ["hub_sink", "hub_sink_parked", "hub_sink_audit"] {
                try db.execute(sql: "DROP TABLE \(table)")
            }
            try db.execute(
                sql: "DELETE FROM grdb_migrations WHERE identifier = 'hub-sinks'")
        }
        #expect(try await scene.tenant().sinks().isEmpty)
        #expect(try await scene.feed().count == 3)
    }

    @Test func tenantsAreFoundByTheirFiles() throws {
        let scene = try IntakeScene()
        for name in ["main", "a-1", "b"] { _ = try scene.tenant(name) }
        let store = try HubStore(directory: scene.directory)
        #expect(try store.tenantNames() == ["a-1", "b", "main"])
        try store.close()
    }
}
