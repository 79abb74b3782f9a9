import Foundation
import HubStorage
import StationStorage
import Synchronization

/// Empty databases, made once: copying one is cheaper than making its tables.
enum Templates {
    private static let folder = Mutex<String?>(nil)

    /// Puts an empty station's store into `directory`, unless one is there.
    static func makeStation(in directory: String) throws {
        try copy("station", to: directory) {
            try FileManager.default.createDirectory(
                atPath: $0, withIntermediateDirectories: true)
            try StationStore(path: StationStore.path(in: $0)).close()
        }
    }

    /// Puts an empty hub's data into `directory`, unless some are there.
    static func makeHub(in directory: String) throws {
        try copy("hub", to: directory) {
            let hub = try HubStore(directory: $0)
            _ = try hub.tenant("main")
            try hub.close()
        }
    }

    private static func copy(
        _ name: String, to directory: String, _ make: (String) throws -> Void
    ) throws {
        guard !FileManager.default.fileExists(atPath: directory) else { return }
        try folder.withLock { folder in
            let root = try folder ?? Files.makeRoot()
            folder = root
            let template = root + "/" + name
            if !FileManager.default.fileExists(atPath: template) { try make(template) }
            try Files.copy(template, to: directory)
        }
    }

    /// Leaves nothing in memory.
    static func remove() throws {
        try folder.withLock { folder in
            if let root = folder { try FileManager.default.removeItem(atPath: root) }
            folder = nil
        }
    }
}
