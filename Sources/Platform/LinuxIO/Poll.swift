import Glibc

/// Waits until one of several files has something to say.
public enum Poll {
    public struct Readiness: Sendable, Equatable {
        /// In the order asked for. A file that hung up counts as readable: reading tells.
        public var readable: [Bool]
        public var writable: [Bool]

        public var isTimeout: Bool { !readable.contains(true) && !writable.contains(true) }
    }

    /// Blocks until a file is ready or `timeout` is over; without one, for as long as it takes.
    public static func wait(
        readable: [FileDescriptor] = [], writable: [FileDescriptor] = [],
        timeout: Duration? = nil
    ) throws(LinuxError) -> Readiness {
        var requests = readable.map { pollfd(fd: $0.rawValue, events: Int16(POLLIN), revents: 0) }
        requests += writable.map { pollfd(fd: $0.rawValue, events: Int16(POLLOUT), revents: 0) }
        let deadline = timeout.map { SystemTime.monotonic + $0 }

        var count: Int32
        repeat {
            let milliseconds = deadline.map { roundedUp($0 - SystemTime.monotonic) } ?? -1
            count = poll(&requests, nfds_t(requests.count), milliseconds)
        } while count < 0 && errno == EINTR
        guard count >= 0 else {
            throw .last("poll", on: (readable + writable).map(\.path).joined(separator: ", "))
        }
        let ready = requests.map { $0.revents != 0 }
        return Readiness(
            readable: Array(ready.prefix(readable.count)),
            writable: Array(ready.dropFirst(readable.count)))
    }

    private static func roundedUp(_ duration: Duration) -> Int32 {
        guard duration > .zero else { return 0 }
        let (seconds, attoseconds) = duration.components
        let milliseconds = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(
            clamping: seconds.multipliedReportingOverflow(by: 1000).partialValue
                + milliseconds)
    }
}
