public import Glibc

/// An open file: whoever holds the last reference closes it by letting go.
public final class FileDescriptor: Sendable {
    public enum Reading: Sendable, Equatable {
        case bytes([UInt8])
        /// Nothing there at the moment.
        case wouldBlock
        /// Nothing will come any more.
        case end
    }

    public let rawValue: Int32
    /// What it was opened as, for errors.
    public let path: String

    public init(owning rawValue: Int32, path: String) {
        self.rawValue = rawValue
        self.path = path
    }

    /// Opens close-on-exec, so that no child inherits it. `mode` is for a file that is made.
    public convenience init(
        opening path: String, _ flags: Int32, mode: mode_t = 0o600
    ) throws(LinuxError) {
        let descriptor = retrying { open(path, flags | O_CLOEXEC, mode) }
        guard descriptor >= 0 else { throw .last("open", on: path) }
        self.init(owning: descriptor, path: path)
    }

    deinit {
        _ = close(rawValue)
    }

    public func setNonBlocking() throws(LinuxError) {
        let flags = fcntl(rawValue, F_GETFL)
        guard flags >= 0, fcntl(rawValue, F_SETFL, flags | O_NONBLOCK) >= 0 else {
            throw .last("make non-blocking", on: path)
        }
    }

    /// Reads once, at most `limit` bytes.
    public func read(limit: Int) throws(LinuxError) -> Reading {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialized in
            count = retrying { Glibc.read(rawValue, buffer.baseAddress, limit) }
            initialized = max(count, 0)
        }
        if count > 0 { return .bytes(bytes) }
        if count == 0 { return .end }
        if errno == EAGAIN { return .wouldBlock }
        throw .last("read", on: path)
    }

    /// Writes what fits now and answers how many bytes that were.
    public func write(_ bytes: some Collection<UInt8>) throws(LinuxError) -> Int {
        let contiguous = ContiguousArray(bytes)
        let count = contiguous.withUnsafeBytes { buffer in
            retrying { Glibc.write(rawValue, buffer.baseAddress, buffer.count) }
        }
        if count >= 0 { return count }
        if errno == EAGAIN { return 0 }
        throw .last("write", on: path)
    }

    /// Writes everything, waiting where it must; throws when nothing moves for `patience`.
    public func writeAll(_ bytes: [UInt8], patience: Duration = .seconds(5)) throws(LinuxError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = try write(rest)
            rest = rest.dropFirst(count)
            if rest.isEmpty { return }
            let ready = try Poll.wait(writable: [self], timeout: patience)
            if !ready.writable[0] { throw .blocked("write", on: path, after: patience) }
        }
    }
}
