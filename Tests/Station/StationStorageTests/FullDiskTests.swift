import Foundation
import GRDB
import Replication
import Testing

@testable import StationStorage

/// Mounting a small file system needs root.
private let canMount = geteuid() == 0

@Suite struct FullDiskTests {
    /// By SQLite's own limit, so that it happens at the same place every time.
    @Test func aWriteWithoutRoomIsRefusedAndLaterWorks() throws {
        let scene = try StoreScene()
        let store = try scene.open()
        let life = Life(random: 1)
        try store.append(1, life)
        let pages = try store.limitPages(to: 0)
        var stored: Int64 = 1
        while code({ try store.append(20, life) }) == nil { stored += 20 }

        #expect(code { try store.append(20, life) } == "disk-full")
        #expect(try store.balance(of: "A") == stored)
        _ = try store.limitPages(to: pages + 1000)
        try store.append(20, life)
        #expect(try store.balance(of: "A") == stored + 20)
        #expect(try store.read { try $0.lives().first?.lastSequence } == UInt64(stored) + 20)
    }

    /// On a file system that is really full.
    @Test(.enabled(if: canMount, "mounting a small file system needs root"))
    func aFullFileSystemLosesNothing() throws {
        let scene = try StoreScene()
        try #require(
            mount("tmpfs", scene.folder.path, "tmpfs", 0, "size=3m") == 0, "no tmpfs here")
        defer { umount2(scene.folder.path, Int32(MNT_DETACH)) }
        let store = try scene.open()
        let life = Life(random: 1)
        var stored: Int64 = 0
        var refusal: String?
        while refusal == nil {
            refusal = code { try store.append(50, life) }
            if refusal == nil { stored += 50 }
        }
        #expect(refusal == "disk-full")
        #expect(try store.balance(of: "A") == stored)

        try #require(
            mount("tmpfs", scene.folder.path, "tmpfs", UInt(MS_REMOUNT), "size=30m") == 0)
        try store.append(50, life)
        try store.close()
        #expect(try scene.open().balance(of: "A") == stored + 50)
    }
}

extension StationStore {
    /// Returns how many pages there are; 0 allows these and no more.
    func limitPages(to limit: Int) throws -> Int {
        try database.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(max(limit, pages))")
            return pages
        }
    }
}
