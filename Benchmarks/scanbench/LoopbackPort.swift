import Floor
import Glibc

/// Ports on this machine, for programs that must be told one.
enum LoopbackPort {
    /// One that nobody has at this moment.
    static func free() throws -> Int {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = address(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard isBound else { throw FloorError(code: errno, "find a port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Returns when somebody listens there.
    static func wait(for port: Int) throws {
        let deadline = Stopwatch.now + 10_000_000_000
        while Stopwatch.now < deadline {
            // Refused until it listens.
            if let socket = try? connected(to: port) {
                close(socket)
                return
            }
            usleep(20_000)
        }
        throw ProgramError.silent("port \(port)", waitingFor: "a listener")
    }

    /// A socket on which somebody listens there. The caller closes it.
    static func connected(to port: Int) throws -> Int32 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = address(port)
        let isOpen = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isOpen else {
            let code = errno
            close(socket)
            throw FloorError(code: code, "connect to port \(port)")
        }
        return socket
    }

    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
