import CLinux
import Glibc

/// Signals to this process as something to wait on. They no longer end it.
///
/// To be made on the main thread before there are others: threads started later inherit the mask.
public struct SignalDescriptor: Sendable {
    public static let stopSignals = [SIGTERM, SIGINT]

    public let descriptor: FileDescriptor

    public init(_ signals: [Int32]) throws(LinuxError) {
        var mask = sigset_t()
        sigemptyset(&mask)
        for signal in signals { sigaddset(&mask, signal) }
        pthread_sigmask(SIG_BLOCK, &mask, nil)
        let number = signalfd(-1, &mask, Int32(SFD_CLOEXEC) | Int32(SFD_NONBLOCK))
        guard number >= 0 else { throw .last("create", on: "signalfd") }
        descriptor = FileDescriptor(owning: number, path: "signalfd")
    }

    /// Forgets the signals so far.
    public func drain() {
        // Empty is what is wanted.
        _ = try? descriptor.read(limit: 4096)
    }
}
