import Glibc

/// What the kernel refused, in words that name the call and the thing it was tried on.
public enum LinuxError: Error, Equatable, CustomStringConvertible {
    /// The system call failed; `number` is its errno.
    case failed(_ operation: String, on: String, number: Int32)
    /// The line speed is none that termios knows.
    case unknownSpeed(Int, on: String)
    /// Nothing could be written for this long.
    case blocked(_ operation: String, on: String, after: Duration)
    /// Grabbing needs an event node, and this is something else.
    case notAnInputNode(String)
    /// Reports come from a hidraw node, and this is something else.
    case notAHIDNode(String)
    /// A serial driver needs a terminal, and this is something else.
    case notATerminal(String)

    /// The kernel's number, where it was the kernel that refused.
    public var number: Int32? {
        if case .failed(_, _, let number) = self { number } else { nil }
    }

    public var description: String {
        switch self {
        case .failed(let operation, let subject, let number):
            "\(operation) \(subject): \(String(cString: strerror(number)))"
        case .unknownSpeed(let speed, let subject):
            "set speed of \(subject): \(speed) baud is not a speed that Linux offers"
        case .blocked(let operation, let subject, let duration):
            "\(operation) \(subject): nothing moved for \(duration)"
        case .notAnInputNode(let path):
            "grab \(path): not an input event node"
        case .notAHIDNode(let path):
            "open \(path): not a hidraw node"
        case .notATerminal(let path):
            "open \(path): not a serial port"
        }
    }

    /// What errno says about the call that just failed.
    static func last(_ operation: String, on subject: String) -> LinuxError {
        .failed(operation, on: subject, number: errno)
    }
}

/// Calls again for as long as a signal interrupts. -1 is a failure that `errno` explains.
func retrying<Value: SignedInteger>(_ call: () -> Value) -> Value {
    while true {
        let value = call()
        if value != -1 || errno != EINTR { return value }
    }
}

extension LinuxError {
    /// What stands behind an errno, where a device is concerned.
    public enum Cause: Sendable {
        case missing, busy, noPermission, gone, other

        public init(number: Int32) {
            switch number {
            case ENOENT, ENXIO, ENODEV: self = .missing
            case EBUSY: self = .busy
            case EACCES, EPERM: self = .noPermission
            case EIO: self = .gone
            default: self = .other
            }
        }
    }
}
