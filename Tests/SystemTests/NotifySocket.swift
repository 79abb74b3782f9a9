import Glibc
import LinuxIO

/// Hears what a service tells its manager (sd_notify(3)).
final class NotifySocket {
    private let descriptor: FileDescriptor
    private let path: String
    private(set) var messages: [String] = []

    init(in folder: String) throws {
        path = "\(folder)/notify"
        descriptor = FileDescriptor(
            owning: try UnixSocket.bound(to: path, type: SOCK_DGRAM), path: path)
        try descriptor.setNonBlocking()
    }

    /// `limit`: within which signs of life are wanted.
    func environment(limit: Duration? = nil) -> [String: String] {
        var all = ["NOTIFY_SOCKET": path]
        all["WATCHDOG_USEC"] = limit.map { "\($0.microseconds)" }
        return all
    }

    /// Forgets what came, and waits for the next one that has this in it. nil: none came.
    func next(_ text: String, within patience: Duration) throws -> String? {
        let deadline = SystemTime.monotonic + patience
        while SystemTime.monotonic < deadline {
            let left = deadline - SystemTime.monotonic
            _ = try Poll.wait(readable: [descriptor], timeout: max(left, .zero))
            while case .bytes(let bytes) = try descriptor.read(limit: 4096) {
                let message = String(decoding: bytes, as: UTF8.self)
                messages.append(message)
                if message.contains(text) { return message }
            }
        }
        return nil
    }

    /// Throws away what has come so far.
    func drain() throws {
        while case .bytes = try descriptor.read(limit: 4096) {}
    }
}

/// Sockets among the files, made as a service manager makes them.
enum UnixSocket {
    static func bound(to path: String, type: __socket_type) throws -> Int32 {
        let number = socket(AF_UNIX, Int32(type.rawValue), 0)
        guard number >= 0, withAddress(path, { bind(number, $0, $1) }) == 0 else {
            throw Unexpected("no socket at \(path): \(String(cString: strerror(errno)))")
        }
        return number
    }

    static func connected(to path: String) throws -> FileDescriptor {
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard number >= 0, withAddress(path, { connect(number, $0, $1) }) == 0 else {
            throw Unexpected("nobody at \(path): \(String(cString: strerror(errno)))")
        }
        return FileDescriptor(owning: number, path: path)
    }

    private static func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
