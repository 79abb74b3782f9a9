import GRDB

/// Why the store could not do what it was asked. `code` is stable: docs/errors.md.
public enum StoreError: Error, Equatable, CustomStringConvertible {
    /// No space left where the database lives, or a quota is used up.
    case diskFull(String)
    /// The disk or file system failed.
    case input(String)
    /// Another process writes to this database.
    case busy(String)
    /// What the file holds makes no sense.
    case damaged(String)
    case other(String)

    public var code: String {
        switch self {
        case .diskFull: "disk-full"
        case .input: "store-io"
        case .busy: "store-busy"
        case .damaged: "store-damaged"
        case .other: "store-failed"
        }
    }

    public var description: String {
        switch self {
        case .diskFull(let what): "the disk is full: \(what)"
        case .input(let what): "the disk failed: \(what)"
        case .busy(let what): "another program holds the store: \(what)"
        case .damaged(let what): "the store is damaged: \(what)"
        case .other(let what): "the store failed: \(what)"
        }
    }

    static func translate<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch {
            throw translated(error)
        }
    }

    static func translated(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        let what = "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "no message")"
        switch error.resultCode {
        case .SQLITE_FULL: return StoreError.diskFull(what)
        case .SQLITE_IOERR:
            return isWrite(error.extendedResultCode)
                ? StoreError.diskFull(what) : StoreError.input(what)
        case .SQLITE_BUSY, .SQLITE_LOCKED: return StoreError.busy(what)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return StoreError.damaged(what)
        default: return StoreError.other(what)
        }
    }

    /// A file system with no space left may fail the write of the shared-memory file, which
    /// SQLite reports as an input/output error and not as a full disk.
    private static func isWrite(_ code: ResultCode) -> Bool {
        [.SQLITE_IOERR_WRITE, .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_SHMMAP].contains(code)
    }
}
