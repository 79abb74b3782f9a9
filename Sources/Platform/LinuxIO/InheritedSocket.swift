import Glibc

/// A socket that the service manager opened for this process (sd_listen_fds(3)).
///
/// It listens also while the process is not there: who connects then waits.
public struct InheritedSocket: Sendable {
    private static let firstDescriptor: Int32 = 3
    static let countLimit = 16

    /// What the socket unit calls it: `FileDescriptorName=`.
    public let name: String
    public let descriptor: FileDescriptor
    /// Whether it is a stream socket of the unix family that listens.
    public let isUnixListener: Bool
    /// Where it can be reached. nil: it has no place among the files.
    public let path: String?

    /// All that were given. To be called once, before there are other threads: takes the notes of them
    /// out of the environment, so that no child takes them for its own.
    public static func take() -> [InheritedSocket] {
        let (process, count, names) = (
            variable("LISTEN_PID"), variable("LISTEN_FDS"), variable("LISTEN_FDNAMES")
        )
        for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) }
        return numbers(process: process, count: count, ownProcess: getpid()).enumerated()
            .map { index, number in
                let words = (names ?? "").split(separator: ":", omittingEmptySubsequences: false)
                return InheritedSocket(
                    number, name: index < words.count ? String(words[index]) : "unknown")
            }
    }

    static func numbers(process: String?, count: String?, ownProcess: Int32) -> Range<Int32> {
        let none = firstDescriptor..<firstDescriptor
        guard process.flatMap({ Int32($0) }) == ownProcess,
            let count = count.flatMap({ Int32($0) }), (1...Int32(countLimit)).contains(count)
        else { return none }
        return firstDescriptor..<(firstDescriptor + count)
    }

    private init(_ number: Int32, name: String) {
        // Fails for what is no descriptor at all, which then does not listen either.
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        self.name = name
        descriptor = FileDescriptor(owning: number, path: name)
        isUnixListener =
            Self.option(SO_DOMAIN, of: number) == AF_UNIX
            && Self.option(SO_TYPE, of: number) == Int32(SOCK_STREAM.rawValue)
            && Self.option(SO_ACCEPTCONN, of: number) == 1
        path = Self.path(of: number)
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    private static func option(_ option: Int32, of number: Int32) -> Int32? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(number, SOL_SOCKET, option, &value, &length) == 0 else { return nil }
        return value
    }

    private static func path(of number: Int32) -> String? {
        var address = sockaddr_un()
        var length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(number, $0, &length)
            }
        }
        guard result == 0, address.sun_family == sa_family_t(AF_UNIX) else { return nil }
        let bytes = withUnsafeBytes(of: address.sun_path) { Array($0.prefix { $0 != 0 }) }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
