import CLinux
import Glibc

/// A serial port, opened for this program alone, raw, with RTS and DTR raised for as long as it lives.
///
/// Some scanners beep an error and throw their data away when nobody holds these lines up.
public final class SerialPort: Sendable {
    public enum Parity: String, Sendable, CaseIterable {
        case none, even, odd
    }

    public struct Line: Sendable, Equatable {
        public var speed: Int
        /// 7 or 8.
        public var dataBits: Int
        public var parity: Parity

        public init(speed: Int = 9600, dataBits: Int = 8, parity: Parity = .none) {
            self.speed = speed
            self.dataBits = dataBits
            self.parity = parity
        }
    }

    public let descriptor: FileDescriptor

    public init(opening path: String, line: Line = Line()) throws(LinuxError) {
        // Without O_NONBLOCK, open waits for a modem to pick up.
        descriptor = try FileDescriptor(opening: path, O_RDWR | O_NOCTTY | O_NONBLOCK)
        guard isatty(descriptor.rawValue) == 1 else { throw .notATerminal(path) }
        try claim()
        try configure(line)
        // A pseudo terminal has no such lines, and no driver that could be in less of a hurry.
        _ = clinux_serial_assert_lines(descriptor.rawValue)
        _ = clinux_serial_low_latency(descriptor.rawValue)
    }

    deinit {
        // Fails only when the device is gone, and then nothing is left to unlock.
        _ = clinux_terminal_exclusive(descriptor.rawValue, 0)
    }

    /// TIOCEXCL keeps others out, but not root; the lock keeps out those who ask, root or not.
    private func claim() throws(LinuxError) {
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            throw .failed("lock", on: descriptor.path, number: EBUSY)
        }
        guard clinux_terminal_exclusive(descriptor.rawValue, 1) == 0 else {
            throw .last("claim", on: descriptor.path)
        }
    }

    private func configure(_ line: Line) throws(LinuxError) {
        var attributes = termios()
        guard tcgetattr(descriptor.rawValue, &attributes) == 0 else {
            throw .last("read attributes of", on: descriptor.path)
        }
        cfmakeraw(&attributes)
        guard let speed = Self.speeds[line.speed] else {
            throw .unknownSpeed(line.speed, on: descriptor.path)
        }
        cfsetspeed(&attributes, speed_t(speed))
        attributes.c_cflag &= ~tcflag_t(CSIZE | PARENB | PARODD | CSTOPB)
        attributes.c_cflag &= ~tcflag_t(CRTSCTS)
        attributes.c_cflag |= tcflag_t(CREAD | CLOCAL | (line.dataBits == 7 ? CS7 : CS8))
        switch line.parity {
        case .none: break
        case .even: attributes.c_cflag |= tcflag_t(PARENB)
        case .odd: attributes.c_cflag |= tcflag_t(PARENB | PARODD)
        }
        guard tcsetattr(descriptor.rawValue, TCSANOW, &attributes) == 0 else {
            throw .last("configure", on: descriptor.path)
        }
    }

    /// The speeds that scanners offer.
    public static let knownSpeeds: [Int] = speeds.keys.sorted()

    private static let speeds: [Int: Int32] = [
        300: B300, 600: B600, 1200: B1200, 2400: B2400, 4800: B4800, 9600: B9600,
        19200: B19200, 38400: B38400, 57600: B57600, 115_200: B115200, 230_400: B230400,
        460_800: B460800, 921_600: B921600,
    ]
}
