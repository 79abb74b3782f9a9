/// The commands of a PN532 and the field in front of it (NXP UM0701-02, section 7).
///
/// Pure: it is told the time and answers how long the chip would have taken. What no public
/// document says is a guess and marked as one.
struct EmulatedChip {
    enum Power {
        /// As switched on: deaf until woken, then for three commands only.
        case asleep
        case normal
        case down
    }

    enum Answer: Equatable {
        case after(Duration, [UInt8])
        /// An application-level error frame.
        case error
        /// Runs until a tag comes or the host gives up.
        case pending
    }

    private(set) var power = Power.asleep
    private var isWoken = false
    var isFieldOn = false
    var registers: [UInt16: UInt8] = [:]
    private var parameters: UInt8 = 0x14
    /// How often an activation is tried beyond the first time; FF: for ever.
    var activationRetries: UInt8 = 0xFF
    var field = EmulatedField()
    /// The names of the tags that are listed, by target number.
    var targets: [UInt8: String] = [:]
    var search: Search?

    /// A command that waits for a tag.
    enum Search: Equatable {
        case list(limit: Int, technology: UInt8, uid: [UInt8])
        case poll(types: [UInt8], slot: Duration, since: Duration)
    }

    /// Guesses: one public log speaks of 1 ms for a command.
    static let commandTime = Duration.microseconds(500)
    static let activationTime = Duration.milliseconds(10)
    static let emptyTryTime = Duration.milliseconds(5)
    /// RetryTimeout as it is after a reset (UM0701-02, section 7.3.1).
    static let silenceTime = Duration.microseconds(51_200)

    var sendsRATS: Bool { parameters & 0x10 != 0 }

    mutating func restart() {
        let kept = field
        self = EmulatedChip()
        field = kept
        field.powerOff()
    }

    mutating func wake() {
        guard power != .normal else { return }
        isWoken = true
        if power == .down { power = .normal }
    }

    /// Whether it hears this command at all.
    func hears(_ code: UInt8) -> Bool {
        switch power {
        case .normal: true
        case .asleep: isWoken && [0x00, 0x02, 0x14].contains(code)
        case .down: false
        }
    }

    mutating func run(_ command: [UInt8], at time: Duration) -> Answer {
        search = nil
        let data = Array(command.dropFirst())
        switch command.first {
        case 0x00: return .after(Self.commandTime, data.first == 0x00 ? data : [0x00])
        case 0x02: return .after(Self.commandTime, [0x32, 0x01, 0x06, 0x07])
        case 0x04: return .after(Self.commandTime, [0x00, isFieldOn ? 1 : 0, 0x00, 0x80])
        case 0x06: return .after(Self.commandTime, readRegisters(data))
        case 0x08: return writeRegisters(data)
        case 0x0C: return .after(Self.commandTime, [0x3F, 0x06, 0x01])
        case 0x12: return setParameters(data)
        case 0x14: return configureSAM()
        case 0x16: return powerDown()
        case 0x32: return configureField(data)
        case 0x40: return exchange(data)
        case 0x42: return communicate(data)
        case 0x44: return deselect(data, releases: false)
        case 0x4A: return list(data)
        case 0x52: return deselect(data, releases: true)
        case 0x54: return .after(Self.commandTime, [targets[data.first ?? 0] == nil ? 0x27 : 0x00])
        case 0x60: return poll(data, at: time)
        default: return .error
        }
    }
}

extension EmulatedChip {
    private func readRegisters(_ data: [UInt8]) -> [UInt8] {
        stride(from: 0, to: data.count - 1, by: 2).map { index in
            registers[UInt16(data[index]) << 8 | UInt16(data[index + 1])] ?? 0
        }
    }

    private mutating func writeRegisters(_ data: [UInt8]) -> Answer {
        for index in stride(from: 0, to: data.count - 2, by: 3) {
            registers[UInt16(data[index]) << 8 | UInt16(data[index + 1])] = data[index + 2]
        }
        return .after(Self.commandTime, [])
    }

    private mutating func setParameters(_ data: [UInt8]) -> Answer {
        parameters = data.first ?? 0
        return .after(Self.commandTime, [])
    }

    private mutating func configureSAM() -> Answer {
        power = .normal
        return .after(Self.commandTime, [])
    }

    private mutating func powerDown() -> Answer {
        setField(on: false)
        (targets, power, isWoken) = ([:], .down, false)
        return .after(Self.commandTime, [0x00])
    }

    private mutating func configureField(_ data: [UInt8]) -> Answer {
        switch (data.first, data.count) {
        case (0x01, 2...): setField(on: data[1] & 1 == 1)
        case (0x05, 4...): activationRetries = data[3]
        default: break
        }
        return .after(Self.commandTime, [])
    }

    mutating func setField(on isOn: Bool) {
        if isFieldOn && !isOn { field.powerOff() }
        isFieldOn = isOn
    }
}
