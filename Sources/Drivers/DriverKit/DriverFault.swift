import LinuxIO

/// Why a driver gave up a device: a stable code, one sentence, and one more that helps.
public struct DriverFault: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: Hashable, Sendable {
        case missing, busy, noPermission
        /// It was there, and went.
        case unplugged
        /// The operator pressed the panic chord.
        case panicChord
        /// A keyboard that a person types on.
        case typedByHand
        /// It types what only attacks type.
        case likeAttack
        case badOption, notSuitable
        /// A driver process without a sign of life.
        case driverHung
        case driverExited
        /// A driver process that does not keep to the line protocol.
        case driverProtocol
        case inputOutput
        case bug
        /// What a driver of somebody else's calls it.
        case other(String)
    }

    public var code: Code
    public var message: String
    public var fix: String

    public init(_ code: Code, _ message: String, fix: String) {
        self.code = code
        self.message = message
        self.fix = fix
    }

    public var description: String { "\(code.rawValue): \(message)" }
}

extension DriverFault.Code: RawRepresentable {
    private static let known: [DriverFault.Code] = [
        .missing, .busy, .noPermission, .unplugged, .panicChord, .typedByHand, .likeAttack,
        .badOption, .notSuitable, .driverHung, .driverExited, .driverProtocol, .inputOutput, .bug,
    ]

    public init(rawValue: String) {
        self = Self.known.first { $0.rawValue == rawValue } ?? .other(rawValue)
    }

    /// Not by a table of codes: hashing a code asks for this.
    public var rawValue: String {
        switch self {
        case .missing: "missing"
        case .busy: "busy"
        case .noPermission: "no-permission"
        case .unplugged: "unplugged"
        case .panicChord: "panic-chord"
        case .typedByHand: "typed-by-hand"
        case .likeAttack: "like-attack"
        case .badOption: "bad-option"
        case .notSuitable: "not-suitable"
        case .driverHung: "driver-hung"
        case .driverExited: "driver-exited"
        case .driverProtocol: "driver-protocol"
        case .inputOutput: "input-output"
        case .bug: "bug"
        case .other(let name): name
        }
    }
}

extension DriverFault {
    /// Any error that a driver threw, in these words.
    public init(_ error: any Error) {
        switch error {
        case let fault as DriverFault: self = fault
        case let error as LinuxError: self.init(linux: error)
        case let error as OptionError:
            self.init(.badOption, "\(error)", fix: "Correct '\(error.key)' in the configuration.")
        default: self.init(.bug, "\(error)", fix: "Please report this with the log around it.")
        }
    }

    public static func unplugged(_ device: DeviceDescriptor) -> DriverFault {
        DriverFault(
            .unplugged, "\(device.node) went away while it was read",
            fix: "Plug the device in again; it is taken up by itself.")
    }

    private init(linux error: LinuxError) {
        let message = "\(error)"
        switch error {
        case .failed(_, _, let number): self.init(number: number, message: message)
        case .blocked:
            self.init(.inputOutput, message, fix: "Unplug the device and plug it in again.")
        case .unknownSpeed:
            self.init(.badOption, message, fix: "Set 'speed' to one that the scanner offers.")
        case .notAnInputNode, .notAHIDNode, .notATerminal:
            self.init(.notSuitable, message, fix: "Choose another node or another driver.")
        }
    }

    private init(number: Int32, message: String) {
        switch LinuxError.Cause(number: number) {
        case .missing:
            self.init(.missing, message, fix: "Plug the device in, or correct its path.")
        case .busy:
            self.init(.busy, message, fix: "Stop the program that holds it (see 'fuser -v').")
        case .noPermission:
            self.init(
                .noPermission, message,
                fix: "Install ScanStation's udev rules, or add the service user to the group.")
        case .gone:
            self.init(.unplugged, message, fix: "Plug the device in again.")
        case .other:
            self.init(.inputOutput, message, fix: "Check the cable and the kernel log (dmesg).")
        }
    }
}
