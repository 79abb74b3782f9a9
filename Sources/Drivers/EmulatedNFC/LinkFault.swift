/// What can go wrong on the wire between host and chip.
public enum LinkFault: Sendable, Equatable {
    case acknowledgeDropped, acknowledgeRefused, acknowledgeGarbled, acknowledgeCut
    case noiseBeforeAcknowledge
    case answerDropped, answerCut, answerDribbled, noiseBeforeAnswer
    case badDataChecksum, badLengthChecksum, errorFrame, wrongCode
    case delayed(Duration)
    /// Another status byte in front of the answer's data: 80 and more make libnfc abort.
    case status(UInt8)
    /// Another answer altogether.
    case payload([UInt8])
    /// From this command on, nothing comes back.
    case mute

    /// Those that a cable or a cheap adapter may cause.
    public static let ofTheLink: [LinkFault] = [
        .acknowledgeDropped, .acknowledgeRefused, .acknowledgeGarbled, .acknowledgeCut,
        .noiseBeforeAcknowledge, .answerDropped, .answerCut, .answerDribbled, .noiseBeforeAnswer,
        .badDataChecksum, .badLengthChecksum, .errorFrame, .wrongCode,
        .delayed(.milliseconds(700)),
    ]

    func acknowledge() -> [UInt8] {
        switch self {
        case .acknowledgeDropped, .mute: []
        case .acknowledgeRefused: PN532Frame.refusal
        case .acknowledgeGarbled: [0x13, 0xA7, 0x00, 0x5C, 0xFF, 0x08]
        case .acknowledgeCut: Array(PN532Frame.acknowledge.prefix(3))
        case .noiseBeforeAcknowledge: [0x00, 0x7F] + PN532Frame.acknowledge
        default: PN532Frame.acknowledge
        }
    }

    /// nil: no answer comes.
    func answer(_ code: UInt8, _ payload: [UInt8]) -> [UInt8]? {
        let right = PN532Frame.containing([0xD5, code] + payload)
        switch self {
        case .answerDropped, .acknowledgeRefused, .mute: return nil
        case .answerCut: return Array(right.dropLast(3))
        case .noiseBeforeAnswer: return [0x5A, 0x00, 0x91, 0x3C] + right
        case .badDataChecksum: return Self.changed(right, at: right.count - 2)
        case .badLengthChecksum: return Self.changed(right, at: 4)
        case .errorFrame: return PN532Frame.error
        case .wrongCode: return PN532Frame.containing([0xD5, code &+ 2] + payload)
        case .status(let status):
            return PN532Frame.containing([0xD5, code, status] + payload.dropFirst())
        case .payload(let payload): return PN532Frame.containing([0xD5, code] + payload)
        default: return right
        }
    }

    private static func changed(_ frame: [UInt8], at index: Int) -> [UInt8] {
        var frame = frame
        frame[index] ^= 0x55
        return frame
    }
}
