import Foundation
import GRDB
import LedgerStore
import Replication
import SyncProtocol

@testable import StationStorage

/// A folder with one station's database in it, gone when the test is.
final class StoreScene {
    let folder: URL
    var path: String { folder.appending(path: "station.sqlite").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        // What is left behind is the system's temporary folder's to clear.
        try? FileManager.default.removeItem(at: folder)
    }

    func open() throws -> StationStore {
        try StationStore(path: path)
    }

    /// The file as any other program sees it.
    func raw() throws -> DatabaseQueue {
        try DatabaseQueue(path: path)
    }

    /// Puts the database as it is now into another folder, as a copied card would.
    func copied(from store: StationStore) throws -> StoreScene {
        let copy = try StoreScene()
        let target = copy.path
        try store.database.writeWithoutTransaction { db in
            try db.execute(sql: "VACUUM INTO ?", arguments: [target])
        }
        return copy
    }
}

extension StationStore {
    @discardableResult
    func append(
        _ count: Int, _ life: Life, item: ItemCode = "A", at wallMicroseconds: Int64 = 1_000_000
    ) throws -> [OperationID] {
        let kind = OperationKind.adjust(StockKey(item: item, place: "DOCK"), delta: 1)
        return try write { transaction in
            try transaction.append(
                Array(repeating: kind, count: count), life: life, by: Author(device: "scanner"),
                wallMicroseconds: wallMicroseconds)
        }
    }

    func balance(of item: ItemCode) throws -> Int64? {
        try read { reader in
            try reader.ledger { ledger, db in
                try ledger.balance(of: StockKey(item: item, place: "DOCK"), in: db)?.value
            }
        }
    }
}

/// The code of the error that `body` throws, or nil.
func code(_ body: () throws -> Void) -> String? {
    do {
        try body()
        return nil
    } catch {
        return (error as? StoreError)?.code ?? "\(error)"
    }
}
