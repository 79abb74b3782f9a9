import Glibc
import Synchronization

/// The right to be the only one: one process has it, until it lets go or ends.
///
/// The kernel takes the lock back when its holder dies, however it dies.
public final class FileLock: Sendable {
    public enum Failure: Error, Equatable, Sendable {
        /// By this process, as far as the file tells.
        case held(by: String?)
        case open(LinuxError)
    }

    private let descriptor: Mutex<FileDescriptor?>

    /// Makes the file when there is none.
    public init(_ path: String) throws(Failure) {
        let file = try Self.open(path)
        guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            throw .held(by: Self.holder(file))
        }
        Self.sign(file)
        descriptor = Mutex(file)
    }

    public func release() {
        descriptor.withLock { $0 = nil }
    }

    private static func open(_ path: String) throws(Failure) -> FileDescriptor {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw .open(.last("open", on: path)) }
        return FileDescriptor(owning: descriptor, path: path)
    }

    /// Who holds it stands in the file, for people: the lock itself is the kernel's.
    private static func sign(_ file: FileDescriptor) {
        let text = Array("\(getpid())\n".utf8)
        // A disk too full for five digits does not make the lock any weaker.
        _ = ftruncate(file.rawValue, 0)
        _ = pwrite(file.rawValue, text, text.count, 0)
    }

    private static func holder(_ file: FileDescriptor) -> String? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(file.rawValue, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(0, count)).prefix { (0x30...0x39).contains($0) }
        return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
    }
}
