import GRDB
public import LedgerStore

/// Why the store could not do what it was asked. `code` is stable: docs/errors.md.
public enum StoreError: Error, Equatable, CustomStringConvertible {
    /// No space left where the database lives, or a quota is used up.
    case diskFull(String)
    /// The disk or file system failed.
    case input(String)
    /// Another process writes to this database.
    case busy(String)
    /// Another daemon has this store open.
    case inUse(String)
    /// The files can't be opened, or only for reading.
    case noAccess(String)
    /// A newer version of this program has written to it.
    case tooNew(String)
    /// What the file holds makes no sense.
    case damaged(String)
    /// What was to be written contradicts what is there.
    case ledger(LedgerError)
    case other(String)

    public var code: String {
        switch self {
        case .diskFull: "disk-full"
        case .input: "store-io"
        case .busy: "store-busy"
        case .inUse: "store-in-use"
        case .noAccess: "store-no-access"
        case .tooNew: "store-too-new"
        case .damaged: "store-damaged"
        case .ledger(let error): error.code
        case .other: "store-failed"
        }
    }

    public var description: String {
        switch self {
        case .diskFull(let what): "the disk is full: \(what)"
        case .input(let what): "the disk failed: \(what)"
        case .busy(let what): "another program holds the store: \(what)"
        case .inUse(let what): "the store is in use: \(what)"
        case .noAccess(let what): "the store can't be opened: \(what)"
        case .tooNew(let what): "the store is newer than this program: \(what)"
        case .damaged(let what): "the store is damaged: \(what)"
        case .ledger(let error): "\(error)"
        case .other(let what): "the store failed: \(what)"
        }
    }

    /// Whether the store is at fault, and not what it was asked to write: any other write would
    /// have failed as well.
    public var concernsEveryWrite: Bool {
        switch self {
        case .diskFull, .input, .busy, .inUse, .noAccess, .tooNew, .damaged: true
        case .ledger, .other: false
        }
    }
}

extension StoreError {
    /// Something was said of an operation that this database doesn't have.
    public var isOfUnknownOperation: Bool {
        if case .ledger(.unknownOperation) = self { true } else { false }
    }

    static func translate<T>(at path: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch {
            throw translated(error, at: path)
        }
    }

    static func translated(_ error: any Error, at path: String) -> any Error {
        switch error {
        case let error as DatabaseError: StoreError(error, at: path)
        case LedgerError.diskFull(let what): StoreError.diskFull(what)
        case LedgerError.damaged(let what): StoreError.damaged(what)
        case let error as LedgerError: StoreError.ledger(error)
        default: error
        }
    }

    private init(_ error: DatabaseError, at path: String) {
        let what = "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "no message")"
        switch error.resultCode {
        case _ where DiskRoom.isLacking(after: error, at: path): self = .diskFull(what)
        case .SQLITE_IOERR: self = .input(what)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(what)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            self = .noAccess(what)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(what)
        default: self = .other(what)
        }
    }
}
