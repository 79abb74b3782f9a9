import DriverKit
import Glibc
import LinuxIO

/// Where a reader is, and what libnfc calls that.
struct ReaderPlace {
    enum Bus: Equatable {
        case serial(speed: Int)
        /// One that libnfc finds by itself.
        case usb
        case pcsc
    }

    static let pcscSocket = "/run/pcscd/pcscd.comm"
    static let usbFolder = "/dev/bus/usb"

    let node: String
    let bus: Bus
    /// Ours beside libnfc's own: keeps others out, and sees the cable being pulled.
    private let watch: FileDescriptor?

    /// Claims the node, so that no second program talks into it.
    init(_ node: String, speed: Int) throws {
        self.node = node
        switch node {
        case _ where node.hasSuffix("/pcscd.comm"): (bus, watch) = (.pcsc, nil)
        case _ where node == Self.usbFolder || node.hasPrefix(Self.usbFolder + "/"):
            (bus, watch) = (.usb, nil)
        default: (bus, watch) = (.serial(speed: speed), try Self.claim(node))
        }
    }

    /// A lock, and not TIOCEXCL: that would keep libnfc's own opening out as well.
    private static func claim(_ node: String) throws -> FileDescriptor {
        let descriptor = try FileDescriptor(opening: node, O_RDWR | O_NOCTTY | O_NONBLOCK)
        guard isatty(descriptor.rawValue) == 1 else { throw LinuxError.notATerminal(node) }
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            throw LinuxError.failed("lock", on: node, number: EBUSY)
        }
        return descriptor
    }

    var isSerial: Bool { watch != nil }

    /// In the order in which they are tried. A serial one twice: one lost answer is no silence.
    var connections: [String] {
        switch bus {
        case .serial(let speed): [String](repeating: "pn532_uart:\(node):\(speed)", count: 2)
        case .usb: ["pn53x_usb", "acr122_usb"]
        case .pcsc: []
        }
    }

    /// libnfc calls a pulled cable an I/O error like any other; the terminal knows better.
    var isGone: Bool {
        guard let watch else { return false }
        var state = pollfd(fd: watch.rawValue, events: 0, revents: 0)
        guard poll(&state, 1, 0) > 0 else { return false }
        return Int32(state.revents) & (POLLHUP | POLLERR | POLLNVAL) != 0
    }
}
