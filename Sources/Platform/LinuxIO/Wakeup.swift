import CLinux
import Glibc

/// Wakes a thread that waits in `poll`, from any thread and any number of times.
public final class Wakeup: Sendable {
    public let descriptor: FileDescriptor

    public init() throws(LinuxError) {
        let number = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard number >= 0 else { throw .last("create", on: "eventfd") }
        descriptor = FileDescriptor(owning: number, path: "eventfd")
    }

    public func signal() {
        // Full means that 2^64 - 2 wake-ups wait already: the sleeper wakes either way.
        _ = eventfd_write(descriptor.rawValue, 1)
    }

    /// Forgets the wake-ups so far.
    public func drain() {
        var count: eventfd_t = 0
        // Empty is what is wanted.
        _ = eventfd_read(descriptor.rawValue, &count)
    }
}
