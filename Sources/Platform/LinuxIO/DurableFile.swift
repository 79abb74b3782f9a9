import Glibc

/// Files that must be whole or not there at all, after a power cut as well.
public enum DurableFile {
    /// Puts `bytes` at `path`, in place of what was there, and returns when they are on the disk.
    ///
    /// Only this user may read it. Throws `LinuxError`.
    public static func write(_ bytes: [UInt8], to path: String) throws(LinuxError) {
        let draft = path + ".new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .last("open", on: draft) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { throw .last("write", on: draft) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw .last("fsync", on: draft) }
        guard rename(draft, path) == 0 else { throw .last("rename", on: path) }
        try syncFolder(of: path)
    }

    /// Takes the file away, for good. One that isn't there is fine.
    public static func remove(_ path: String) throws(LinuxError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw .last("unlink", on: path) }
        try syncFolder(of: path)
    }

    /// The name of a file is its folder's: without this a power cut may take it away again.
    private static func syncFolder(of path: String) throws(LinuxError) {
        let end = path.lastIndex(of: "/") ?? path.startIndex
        let folder =
            end == path.startIndex ? (path.hasPrefix("/") ? "/" : ".") : String(path[..<end])
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last("open", on: folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .last("fsync", on: folder) }
    }
}
