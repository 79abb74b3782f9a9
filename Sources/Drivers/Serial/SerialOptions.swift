public import DriverKit
public import LinuxIO

/// What can be set for one serial scanner.
public struct SerialOptions: Sendable, Equatable {
    public enum Acknowledge: String, Sendable, CaseIterable {
        case none
        /// Each line is answered with ACK once it is stored, with NAK when it is refused.
        case ackNak = "ack-nak"
    }

    /// A line whose end has not come after so long is thrown away, so that the next is not glued
    /// to it.
    static let unfinishedLimit = Duration.seconds(5)

    /// What comes this soon after a silence that tore a line is the rest of that line.
    static let remainderLimit = Duration.seconds(1)

    public var ending: Framing
    public var quietGap: Duration
    public var line: SerialPort.Line
    public var lengthLimitBytes: Int
    public var acknowledge: Acknowledge

    public init(
        ending: Framing = .auto, quietGap: Duration = .milliseconds(100),
        line: SerialPort.Line = SerialPort.Line(), lengthLimitBytes: Int = 8192,
        acknowledge: Acknowledge = .none
    ) {
        self.ending = ending
        self.quietGap = quietGap
        self.line = line
        self.lengthLimitBytes = lengthLimitBytes
        self.acknowledge = acknowledge
    }
}

extension SerialDriver {
    /// What the catalogue knows of this driver.
    public static let kind = DriverKind(
        name: "serial", summary: "Scanners at a serial port, real or over USB.",
        options: optionKeys, subsystem: .tty,
        listeningOptions: ["ending": .text("auto"), "acknowledge": .text("none")]
    ) { table in
        SerialDriver(options: try SerialOptions(table))
    }

    private static let optionKeys = [
        OptionKey(
            "ending", .choice(Framing.allCases.map(\.rawValue), default: "auto"),
            "What ends a code; auto takes CR, LF, CRLF, Tab or silence."),
        OptionKey(
            "quiet-gap-milliseconds", .integer(10...5000, default: 100),
            "How long silence lasts that ends a code, where silence does."),
        OptionKey("speed", .integer(300...921_600, default: 9600), "In baud."),
        OptionKey("data-bits", .integer(7...8, default: 8), "Bits in a character."),
        OptionKey(
            "parity", .choice(SerialPort.Parity.allCases.map(\.rawValue), default: "none"),
            "The check bit of a character."),
        OptionKey(
            "length-limit-bytes", .integer(1...65_536, default: 8192),
            "A longer line is refused. The fullest QR Code holds 7089 digits."),
        OptionKey(
            "acknowledge",
            .choice(SerialOptions.Acknowledge.allCases.map(\.rawValue), default: "none"),
            "Whether the scanner waits for ACK or NAK after each line."),
    ]
}

extension SerialOptions {
    /// The table has checked every value but the speed, which has gaps.
    init(_ table: OptionTable) throws(OptionError) {
        let speed = table.integer("speed")
        guard SerialPort.knownSpeeds.contains(speed) else {
            throw .wrong(
                "speed", driver: "serial", value: .integer(speed),
                expected: "one of "
                    + SerialPort.knownSpeeds.map(String.init).joined(separator: ", "))
        }
        self.init(
            ending: Framing(rawValue: table.text("ending")) ?? .auto,
            quietGap: .milliseconds(table.integer("quiet-gap-milliseconds")),
            line: SerialPort.Line(
                speed: speed, dataBits: table.integer("data-bits"),
                parity: SerialPort.Parity(rawValue: table.text("parity")) ?? .none),
            lengthLimitBytes: table.integer("length-limit-bytes"),
            acknowledge: Acknowledge(rawValue: table.text("acknowledge")) ?? .none)
    }
}
