import Foundation

/// What happens to cards and disks.
enum Files {
    /// A folder of this simulation, in memory where there is such a place.
    static func makeRoot() throws -> String {
        let memory = "/dev/shm"
        let parent =
            access(memory, W_OK) == 0 ? memory : FileManager.default.temporaryDirectory.path
        let root = parent + "/scanstation-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        return root
    }

    static func copy(_ directory: String, to copy: String) throws {
        try FileManager.default.copyItem(atPath: directory, toPath: copy)
    }

    static func replace(_ directory: String, with copy: String) throws {
        try FileManager.default.removeItem(atPath: directory)
        try FileManager.default.copyItem(atPath: copy, toPath: directory)
    }

    /// Copies databases that are open and at rest. What only the process shared stays behind,
    /// as it does when the process is killed.
    static func copyOpen(_ directory: String, to copy: String) throws {
        try FileManager.default.copyItem(atPath: directory, toPath: copy)
        for name in try FileManager.default.subpathsOfDirectory(atPath: copy)
        where name.hasSuffix("-shm") {
            try FileManager.default.removeItem(atPath: copy + "/" + name)
        }
    }
}
