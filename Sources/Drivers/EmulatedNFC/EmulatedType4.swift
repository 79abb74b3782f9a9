/// A card that speaks ISO 7816 over ISO 14443-4, with the NDEF application of the NFC Forum
/// (Type 4 Tag 2.0).
public struct EmulatedType4: EmulatedTag {
    public let uid: [UInt8]
    public let technology: TagTechnology
    private(set) var files: [UInt16: [UInt8]]
    private var isApplicationSelected = false
    private var selected: UInt16?
    private var application: any EmulatedApplication
    private var lastBlock: [UInt8] = [0xA2]

    public static let defaultATS: [UInt8] = [0x06, 0x75, 0x77, 0x81, 0x02, 0x80]
    private static let name: [UInt8] = [0xD2, 0x76, 0x00, 0x00, 0x85, 0x01, 0x01]

    /// `sizeBytes` is the room of the NDEF file, its length field included.
    public init(
        uid: [UInt8], ndef: [UInt8] = [], sizeBytes: Int = 2048, readLimitBytes: UInt8 = 0x3B,
        ats: [UInt8] = EmulatedType4.defaultATS,
        application: any EmulatedApplication = PlainApplication()
    ) {
        self.uid = uid
        technology = .a(atqa: [0x03, 0x44], sak: 0x20, ats: ats)
        let size = [UInt8(sizeBytes >> 8), UInt8(sizeBytes & 0xFF)]
        let container: [UInt8] =
            [0x00, 0x0F, 0x20, 0x00, readLimitBytes, 0x00, 0x34, 0x04, 0x06, 0xE1, 0x04] + size
            + [0x00, 0x00]
        files = [0xE103: container, 0xE104: Self.file(ndef, sizeBytes)]
        self.application = application
    }

    static func file(_ message: [UInt8], _ sizeBytes: Int) -> [UInt8] {
        let length = [UInt8(message.count >> 8 & 0xFF), UInt8(message.count & 0xFF)]
        let content = length + message
        return content + [UInt8](repeating: 0, count: max(sizeBytes - content.count, 0))
    }

    /// Overwrites a file: E103 is the capability container, E104 the message.
    public mutating func put(_ bytes: [UInt8], in file: UInt16) {
        files[file] = bytes
    }

    public mutating func reset() {
        (isApplicationSelected, selected, lastBlock) = (false, nil, [0xA2])
        application.reset()
    }

    /// The chip makes the blocks of layer 4 itself.
    public mutating func exchange(_ data: [UInt8]) -> ExchangeAnswer { .data(execute(data)) }

    public mutating func answer(_ frame: [UInt8]) -> TagAnswer {
        guard let control = frame.first else { return .silence }
        switch control {
        case 0xE0: return .bytes(ats)
        case _ where control & 0xE2 == 0x02:
            lastBlock = [control & 0x03 | 0x02] + execute(Array(frame.dropFirst()))
            return .bytes(lastBlock)
        case _ where control & 0xF6 == 0xB2: return .bytes([0xA2 | control & 1])
        case _ where control & 0xF6 == 0xA2: return .bytes(lastBlock)
        case _ where control & 0xF7 == 0xC2: return .halt
        default: return .silence
        }
    }

    private var ats: [UInt8] {
        if case .a(_, _, let ats) = technology { ats } else { [] }
    }

    private mutating func execute(_ command: [UInt8]) -> [UInt8] {
        guard command.count >= 4 else { return [0x67, 0x00] }
        if let answer = application.execute(command, files: &files, selected: selected) {
            return answer
        }
        switch (command[0], command[1], command[2]) {
        case (0x00, 0xA4, 0x04): return selectApplication(command)
        case (0x00, 0xA4, 0x00): return selectFile(command)
        case (0x00, 0xB0, _): return read(command)
        case (0x00, 0xD6, _): return update(command)
        default: return [0x6D, 0x00]
        }
    }
}

extension EmulatedType4 {
    private mutating func selectApplication(_ command: [UInt8]) -> [UInt8] {
        selected = nil
        isApplicationSelected = Self.value(of: command).map { Array($0) } == Self.name
        return isApplicationSelected ? [0x90, 0x00] : [0x6A, 0x82]
    }

    private mutating func selectFile(_ command: [UInt8]) -> [UInt8] {
        guard isApplicationSelected, let name = Self.value(of: command), name.count == 2 else {
            return [0x6A, 0x82]
        }
        let file = name.reduce(0) { $0 << 8 | UInt16($1) }
        guard files[file] != nil else { return [0x6A, 0x82] }
        selected = file
        return [0x90, 0x00]
    }

    private func read(_ command: [UInt8]) -> [UInt8] {
        guard let selected, let file = files[selected] else { return [0x69, 0x86] }
        let start = Int(command[2]) << 8 | Int(command[3])
        let wanted = command.count > 4 ? Int(command[4]) : 0
        guard start < file.count else { return [0x6B, 0x00] }
        return file[start...].prefix(wanted == 0 ? 256 : wanted) + [0x90, 0x00]
    }

    private mutating func update(_ command: [UInt8]) -> [UInt8] {
        guard let selected, selected != 0xE103, let file = files[selected],
            let data = Self.value(of: command)
        else { return [0x69, 0x82] }
        let container = files[0xE103] ?? []
        guard container.count < 15 || container[14] == 0x00 else { return [0x69, 0x82] }
        let start = Int(command[2]) << 8 | Int(command[3])
        guard start + data.count <= file.count else { return [0x6A, 0x84] }
        files[selected]?.replaceSubrange(start..<start + data.count, with: data)
        return [0x90, 0x00]
    }

    /// The data field of a short command; nil: it is cut off.
    static func value(of command: [UInt8]) -> ArraySlice<UInt8>? {
        guard command.count > 4, command.count >= 5 + Int(command[4]) else { return nil }
        return command[5..<5 + Int(command[4])]
    }
}

/// What a card can do beside files.
public protocol EmulatedApplication: Sendable {
    mutating func reset()
    /// nil: this command is for the file system.
    mutating func execute(
        _ command: [UInt8], files: inout [UInt16: [UInt8]], selected: UInt16?
    ) -> [UInt8]?
}

/// Nothing.
public struct PlainApplication: EmulatedApplication {
    public init() {}
    public mutating func reset() {}
    public mutating func execute(
        _ command: [UInt8], files: inout [UInt16: [UInt8]], selected: UInt16?
    ) -> [UInt8]? { nil }
}
