import Foundation
import GRDB
import LedgerStore
import Replication
import Testing

@testable import StationStorage

@Suite struct StoreFileTests {
    /// Somebody else has the file open, so that the log would not go by itself.
    @Test func aClosedStoreIsWholeInItsFileAlone() throws {
        let scene = try StoreScene()
        let store = try scene.open()
        try store.append(3, Life(random: 1))
        let other = try scene.raw()
        #expect(try other.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM operation") } == 3)
        try store.close()

        let copy = try StoreScene()
        try FileManager.default.copyItem(atPath: scene.path, toPath: copy.path)
        #expect(try copy.open().balance(of: "A") == 3)
        try other.close()
    }

    /// A reader in the middle of something holds up nothing for good and loses nothing.
    @Test func aReaderDoesNotKeepTheStoreFromClosing() throws {
        let scene = try StoreScene()
        let store = try scene.open()
        try store.append(3, Life(random: 1))
        try scene.raw().read { db in
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM operation")
            try store.close()
        }
        #expect(try scene.open().balance(of: "A") == 3)
    }
}

/// The same error of SQLite means one thing on a full file system and another beside it.
@Suite struct WriteErrorTests {
    private static let ambiguous: [ResultCode] = [
        .SQLITE_IOERR_WRITE, .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_SHMMAP,
    ]

    private func code(_ result: ResultCode, at path: String) -> String? {
        let error = DatabaseError(resultCode: result, message: "write failed")
        return (StoreError.translated(error, at: path) as? StoreError)?.code
    }

    @Test(arguments: ambiguous)
    func withRoomLeftTheDiskHasFailed(result: ResultCode) throws {
        #expect(code(result, at: try StoreScene().folder.path) == "store-io")
    }

    @Test func whereNobodyKnowsTheRoomTheDiskHasFailed() {
        #expect(code(.SQLITE_IOERR_WRITE, at: "/nowhere/at/all") == "store-io")
    }

    @Test func whatSQLiteCallsFullIsFull() throws {
        #expect(code(.SQLITE_FULL, at: try StoreScene().folder.path) == "disk-full")
    }

    @Test(.enabled(if: geteuid() == 0, "mounting a small file system needs root"))
    func withoutRoomItIsFull() throws {
        let scene = try StoreScene()
        let path = scene.folder.path
        try #require(mount("tmpfs", path, "tmpfs", 0, "size=2m") == 0, "no tmpfs here")
        defer { umount2(path, Int32(MNT_DETACH)) }
        let filler = Data(count: 1024 * 1024)
        try filler.write(to: scene.folder.appending(path: "filler"))
        #expect(code(.SQLITE_IOERR_WRITE, at: path) == "store-io", "one MiB is left")
        try Data(count: 4096).write(to: scene.folder.appending(path: "more"))
        for result in Self.ambiguous { #expect(code(result, at: path) == "disk-full") }
        #expect(code(.SQLITE_IOERR_READ, at: path) == "store-io", "a read needs no room")
    }
}
