import Glibc
import LinuxIO

/// Replaces a file whole: after a power cut there is the old text or the new one, never a part.
enum AtomicFile {
    /// What the text is written to first. One writer a file, so one name is enough; what a crash
    /// left there is overwritten.
    static func temporaryPath(for path: String) -> String { path + ".new" }

    static func write(_ text: String, to path: String) throws(ConfigError) {
        do throws(LinuxError) {
            let temporary = temporaryPath(for: path)
            try create(temporary, Array(text.utf8))
            guard rename(temporary, path) == 0 else { throw failure("rename", temporary) }
            try sync(FileDescriptor(opening: folder(of: path), O_RDONLY | O_DIRECTORY))
        } catch {
            throw ConfigError(.unwritable, file: path, "This file can't be written: \(error).")
        }
    }

    private static func create(_ path: String, _ bytes: [UInt8]) throws(LinuxError) {
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW
        let number = open(path, flags, 0o640)
        guard number >= 0 else { throw failure("create", path) }
        let file = FileDescriptor(owning: number, path: path)
        try file.writeAll(bytes)
        try sync(file)
    }

    private static func sync(_ file: FileDescriptor) throws(LinuxError) {
        guard fsync(file.rawValue) == 0 else { throw failure("sync", file.path) }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func failure(_ operation: String, _ path: String) -> LinuxError {
        .failed(operation, on: path, number: errno)
    }
}
