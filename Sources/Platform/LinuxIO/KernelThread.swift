import CLinux
import Glibc
import Synchronization

/// A thread of its own for work that blocks. It receives no signals: those are for the main thread.
public final class KernelThread: Sendable {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    private let handle: Mutex<pthread_t?>

    public init(name: String, _ body: @escaping @Sendable () -> Void) throws(LinuxError) {
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

        let retained = Unmanaged.passRetained(
            Body {
                clinux_name_thread(name)
                body()
            })
        var thread = pthread_t()
        let number = pthread_create(
            &thread, nil,
            { pointer in
                if let pointer { Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run() }
                return nil
            }, retained.toOpaque())
        guard number == 0 else {
            retained.release()
            throw .failed("start thread", on: name, number: number)
        }
        handle = Mutex(thread)
    }

    /// Blocks until the thread has ended.
    public func join() {
        let thread = handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
        if let thread { pthread_join(thread, nil) }
    }

    deinit {
        if let thread = handle.withLock({ $0 }) { pthread_detach(thread) }
    }
}
