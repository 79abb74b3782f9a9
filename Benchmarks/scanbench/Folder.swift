import Foundation

/// A folder of our own, on the disk that is measured. Goes when it is let go.
final class Folder {
    let path: String

    /// Makes a folder inside `parent`.
    init(in parent: String) throws {
        path = parent + "/scanbench-" + String(UInt64.random(in: 0...UInt64.max), radix: 36)
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // A folder left behind is seen by whoever looks, and harms nothing.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// A copy of a database or folder under a name that was not used before, on the disk in full.
    func copy(of template: String) throws -> String {
        let copy = "\(path)/\(UInt64.random(in: 0...UInt64.max))"
        for end in ["", "-wal"] where FileManager.default.fileExists(atPath: template + end) {
            try FileManager.default.copyItem(atPath: template + end, toPath: copy + end)
        }
        sync()
        return copy
    }

    func remove(_ path: String) throws {
        for name in [path, path + "-wal", path + "-shm", path + ".lock"]
        where FileManager.default.fileExists(atPath: name) {
            try FileManager.default.removeItem(atPath: name)
        }
    }
}

extension Folder {
    /// As `remove`, for a `defer`.
    func discard(_ path: String) {
        // What stays goes with the folder.
        try? remove(path)
    }
}
