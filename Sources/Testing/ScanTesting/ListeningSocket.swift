import Glibc
public import LinuxIO

/// A TCP port of this machine, any that is free.
public final class ListeningSocket: Sendable {
    public let port: Int
    public let descriptor: FileDescriptor

    public init() throws(LinuxError) {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard number >= 0 else { throw .failed("open", on: "socket", number: errno) }
        descriptor = FileDescriptor(owning: number, path: "socket")
        var address = SocketAddress.loopback(port: 0)
        guard SocketAddress.with(&address, { bind(number, $0, $1) }) == 0, listen(number, 128) == 0
        else { throw .failed("bind", on: "127.0.0.1", number: errno) }
        port = try SocketAddress.port(of: number)
    }

    /// Waits for a caller, and takes it non-blocking. nil: nobody called in time.
    public func accept(patience: Duration) throws(LinuxError) -> FileDescriptor? {
        guard try Poll.wait(readable: [descriptor], timeout: patience).readable[0] else {
            return nil
        }
        let number = Glibc.accept(descriptor.rawValue, nil, nil)
        guard number >= 0 else { throw .failed("accept", on: "port \(port)", number: errno) }
        let caller = FileDescriptor(owning: number, path: "caller of port \(port)")
        try caller.setNonBlocking()
        return caller
    }
}

enum SocketAddress {
    static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    static func with<Answer>(
        _ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Answer
    ) -> Answer {
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    static func port(of number: Int32) throws(LinuxError) -> Int {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(number, $0, &length)
            }
        }
        guard result == 0 else { throw .failed("read the port of", on: "socket", number: errno) }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    static func connect(port: Int) throws(LinuxError) -> FileDescriptor {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard number >= 0 else { throw .failed("open", on: "socket", number: errno) }
        let descriptor = FileDescriptor(owning: number, path: "port \(port)")
        var address = loopback(port: port)
        guard with(&address, { Glibc.connect(number, $0, $1) }) == 0 else {
            throw .failed("connect to", on: "port \(port)", number: errno)
        }
        return descriptor
    }
}
