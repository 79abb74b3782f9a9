import CLinux
import Glibc

/// A pair of terminals, back to back: what is written into one comes out of the other.
public final class PseudoTerminal: Sendable {
    /// The end that plays the device. Closing it unplugs the other.
    public let controller: FileDescriptor
    /// Where a program opens the other end, as it would a serial port.
    public let path: String

    public init() throws(LinuxError) {
        var name = [CChar](repeating: 0, count: 128)
        let number = clinux_pseudo_terminal(&name, name.count)
        guard number >= 0 else { throw .last("open", on: "/dev/ptmx") }
        controller = FileDescriptor(owning: number, path: "/dev/ptmx")
        let text = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        path = String(decoding: text, as: UTF8.self)
        try makeRaw()
    }

    /// Without this, the line discipline would echo and wait for line ends before anyone opens it.
    private func makeRaw() throws(LinuxError) {
        var attributes = termios()
        guard tcgetattr(controller.rawValue, &attributes) == 0 else {
            throw .last("read attributes of", on: path)
        }
        cfmakeraw(&attributes)
        guard tcsetattr(controller.rawValue, TCSANOW, &attributes) == 0 else {
            throw .last("make raw", on: path)
        }
    }
}
