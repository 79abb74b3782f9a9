public import GRDB
import Glibc

/// Whether a write failed for want of room, or because the disk failed.
///
/// Without room a write of the log or of its shared memory fails as an input/output error, which
/// a failing disk gives as well: what the file system says is left decides.
public enum DiskRoom {
    /// With less than this left, the write would not have fitted.
    static let leastBytes: UInt64 = 1024 * 1024

    /// Whether `error`, of the database at `path`, says that there is no room.
    public static func isLacking(after error: DatabaseError, at path: String) -> Bool {
        if error.resultCode == .SQLITE_FULL { return true }
        guard ambiguous.contains(error.extendedResultCode) else { return false }
        guard let bytes = availableBytes(at: path) else { return false }
        return bytes < leastBytes
    }

    private static let ambiguous: [ResultCode] = [
        .SQLITE_IOERR_WRITE, .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_SHMMAP,
    ]

    /// nil: the file system does not say.
    static func availableBytes(at path: String) -> UInt64? {
        var room = statvfs()
        guard statvfs(path, &room) == 0 else { return nil }
        // Few files left is no room either: the log may be a new one.
        if room.f_files > 0, room.f_favail == 0 { return 0 }
        return UInt64(room.f_bavail) * UInt64(room.f_frsize)
    }
}
