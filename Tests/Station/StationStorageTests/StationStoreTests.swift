import Foundation
import GRDB
import Replication
import Scans
import Testing

@testable import StationStorage

@Suite struct StationStoreTests {
    let scene: StoreScene

    init() throws {
        scene = try StoreScene()
    }

    @Test func everyCommitWaitsForTheDisk() throws {
        let store = try scene.open()
        let level = try store.database.writeWithoutTransaction { db in
            try Int.fetchOne(db, sql: "PRAGMA synchronous")
        }
        #expect(level == 2)
    }

    @Test func whatWasWrittenIsThereAfterOpeningAgain() throws {
        let store = try scene.open()
        try store.append(3, Life(random: 1))
        try store.write { try $0.saveWorkflow(WorkflowState(quantity: 7)) }
        try store.close()

        let again = try scene.open()
        #expect(try again.balance(of: "A") == 3)
        #expect(try again.read { try $0.workflow() } == WorkflowState(quantity: 7))
    }

    @Test func aWriteThatThrowsLeavesNothing() throws {
        struct Stop: Error {}
        let store = try scene.open()
        try store.append(1, Life(random: 1))
        #expect(throws: Stop.self) {
            try store.write { transaction in
                let kind = OperationKind.adjust(StockKey(item: "A", place: "DOCK"), delta: 5)
                try transaction.append(
                    [kind], life: Life(random: 2), by: Author(), wallMicroseconds: 1)
                try transaction.saveWorkflow(WorkflowState(quantity: 7))
                throw Stop()
            }
        }
        #expect(try store.balance(of: "A") == 1)
        #expect(try store.read { try $0.lives().count } == 1)
        #expect(try store.read { try $0.workflow() } == nil)
    }

    @Test func aNewerSchemaIsRefused() throws {
        try scene.open().close()
        try scene.raw().write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('station-999')")
        }
        #expect(code { _ = try scene.open() } == "store-too-new")
        // And again: the refusal has let go of the lock.
        #expect(code { _ = try scene.open() } == "store-too-new")
    }

    @Test func aFileThatIsNoDatabaseIsRefused() throws {
        try Data(repeating: 0x58, count: 8192).write(to: URL(filePath: scene.path))
        #expect(code { _ = try scene.open() } == "store-damaged")
    }

    @Test func aFolderThatIsNotThereIsRefused() {
        let path = scene.folder.appending(path: "missing/station.sqlite").path
        #expect(code { _ = try StationStore(path: path) } == "store-no-access")
    }
}

@Suite struct StoreLockTests {
    let scene: StoreScene

    init() throws {
        scene = try StoreScene()
    }

    @Test func theSecondToOpenIsRefusedAndToldWhoTheFirstIs() throws {
        let first = try scene.open()
        #expect {
            try scene.open()
        } throws: { error in
            (error as? StoreError)?.code == "store-in-use" && "\(error)".contains("\(getpid())")
        }
        try first.append(1, Life(random: 1))
        try first.close()
        #expect(try scene.open().balance(of: "A") == 1)
    }

    @Test func whoeverLetsGoOfAStoreFreesIt() throws {
        var store: StationStore? = try scene.open()
        #expect(code { _ = try scene.open() } == "store-in-use")
        try store?.append(1, Life(random: 1))
        store = nil
        #expect(code { _ = try scene.open() } == nil)
    }

    /// Another process holds the lock and is killed: the kernel frees the store.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/flock"), "no flock"))
    func aKilledHolderFreesTheStore() throws {
        let holder = Process()
        holder.executableURL = URL(filePath: "/usr/bin/flock")
        // Without a fork the process that is killed is the one that holds the lock.
        holder.arguments = ["-F", scene.path + ".lock", "sh", "-c", "echo held; exec sleep 60"]
        let output = Pipe()
        holder.standardOutput = output
        try holder.run()
        #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
        #expect(code { _ = try scene.open() } == "store-in-use")

        kill(holder.processIdentifier, SIGKILL)
        holder.waitUntilExit()
        #expect(code { _ = try scene.open() } == nil)
    }
}
