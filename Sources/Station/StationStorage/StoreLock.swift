import Glibc
import LinuxIO

/// The right to write to a store: one daemon has it, until it closes the store or ends.
final class StoreLock: Sendable {
    private let lock: FileLock

    init(besideStore path: String) throws(StoreError) {
        do throws(FileLock.Failure) {
            lock = try FileLock(path + ".lock")
        } catch {
            switch error {
            case .held(let holder):
                throw .inUse("\(path), by process \(holder ?? "unknown")")
            case .open(let error):
                throw error.number == ENOSPC ? .diskFull("\(error)") : .noAccess("\(error)")
            }
        }
    }

    func release() {
        lock.release()
    }
}
