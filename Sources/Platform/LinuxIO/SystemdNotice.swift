import Glibc

/// Tells systemd how the service fares, when it asked to be told (sd_notify(3)).
public struct SystemdNotice: Sendable, Equatable {
    public static let ready = SystemdNotice("READY=1")
    public static let stopping = SystemdNotice("STOPPING=1")
    /// A sign of life.
    public static let alive = SystemdNotice("WATCHDOG=1")

    let text: String

    private init(_ text: String) {
        self.text = text
    }

    /// The configuration is read anew; `ready` says that it was.
    public static var reloading: SystemdNotice {
        SystemdNotice("RELOADING=1\nMONOTONIC_USEC=\(SystemTime.monotonic.microseconds)")
    }

    /// One sentence for `systemctl status`.
    public static func status(_ sentence: String) -> SystemdNotice {
        // Whatever followed a line feed would be another message.
        let line = String(sentence.map { $0.isNewline ? " " : $0 })
        return SystemdNotice("STATUS=\(line)")
    }

    /// Without a service manager nobody listens, and nothing is sent.
    public func send() {
        guard let name = getenv("NOTIFY_SOCKET").map({ String(cString: $0) }),
            let (address, length) = SystemdNotice.address(name)
        else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { target in
                // A manager that does not listen is no reason to fail.
                _ = sendto(descriptor, text, text.utf8.count, 0, target, length)
            }
        }
    }

    /// `@` in front stands for a name without a file.
    private static func address(_ name: String) -> (sockaddr_un, socklen_t)? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        let space = MemoryLayout.size(ofValue: address.sun_path)
        guard let first = bytes.first, bytes.count < space else { return nil }
        if first == UInt8(ascii: "@") { bytes[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let header = MemoryLayout<sockaddr_un>.size - space
        return (address, socklen_t(header + bytes.count))
    }
}
