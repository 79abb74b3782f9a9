/// A FeliCa tag with the file system of the NFC Forum (Type 3 Tag 1.0). Frames begin with their
/// length.
public struct EmulatedFeliCa: EmulatedTag {
    public let uid: [UInt8]
    public let technology = TagTechnology.felica(
        pmm: [0x00, 0xF0, 0x00, 0x00, 0x00, 0x01, 0x43, 0x00], system: [0x12, 0xFC])
    private var blocks: [[UInt8]]

    private static let blockCount = 13

    /// `uid` is the IDm, eight bytes; 01FE in front would stand for a telephone.
    public init(uid: [UInt8], ndef: [UInt8] = []) {
        self.uid = uid
        let room = max(Self.blockCount, (ndef.count + 15) / 16)
        let length = [UInt8(ndef.count >> 16 & 0xFF), UInt8(ndef.count >> 8 & 0xFF)]
        let attributes: [UInt8] =
            [0x10, 0x04, 0x01, UInt8(room >> 8), UInt8(room & 0xFF), 0, 0, 0, 0, 0x00, 0x01]
            + length + [UInt8(ndef.count & 0xFF)]
        let sum = attributes.reduce(0) { $0 + Int($1) }
        blocks = [attributes + [UInt8(sum >> 8), UInt8(sum & 0xFF)]]
        for index in 0..<room {
            let part = Array(ndef.dropFirst(index * 16).prefix(16))
            blocks.append(part + [UInt8](repeating: 0, count: 16 - part.count))
        }
    }

    /// Overwrites one block: 0 holds the attributes.
    public mutating func put(_ bytes: [UInt8], at block: Int) {
        blocks[block] = bytes
    }

    public mutating func reset() {}

    public mutating func answer(_ frame: [UInt8]) -> TagAnswer {
        guard frame.count >= 10, Int(frame[0]) == frame.count, frame[2..<10].elementsEqual(uid)
        else {
            return .silence
        }
        switch frame[1] {
        case 0x04: return .bytes([11, 0x05] + uid + [0x00])
        case 0x06: return blockList(frame, from: 10).map { read($0) } ?? .silence
        case 0x08: return .bytes([12, 0x09] + uid + write(frame))
        default: return .silence
        }
    }

    /// The block numbers after the services, of two or three bytes each.
    private func blockList(_ frame: [UInt8], from start: Int) -> [Int]? {
        var rest = frame[start...]
        guard let services = rest.popFirst(), rest.count > Int(services) * 2 else { return nil }
        rest = rest.dropFirst(Int(services) * 2)
        guard let count = rest.popFirst() else { return nil }
        var numbers: [Int] = []
        for _ in 0..<count {
            guard let flags = rest.popFirst(), let low = rest.popFirst() else { return nil }
            if flags & 0x80 != 0 { numbers.append(Int(low)); continue }
            guard let high = rest.popFirst() else { return nil }
            numbers.append(Int(low) | Int(high) << 8)
        }
        return numbers
    }

    private func read(_ numbers: [Int]) -> TagAnswer {
        guard numbers.allSatisfy({ $0 < blocks.count }) else {
            return .bytes([12, 0x07] + uid + [0x01, 0xA8])
        }
        let data = numbers.flatMap { blocks[$0] }
        let body = [0x07] + uid + [0x00, 0x00, UInt8(numbers.count)] + data
        return .bytes([UInt8(body.count + 1)] + body)
    }

    /// The two status flags.
    private mutating func write(_ frame: [UInt8]) -> [UInt8] {
        guard let numbers = blockList(frame, from: 10), numbers.allSatisfy({ $0 < blocks.count }),
            frame.count > numbers.count * 16
        else { return [0x01, 0xA8] }
        for (index, number) in numbers.enumerated() {
            let start = frame.count - (numbers.count - index) * 16
            blocks[number] = Array(frame[start..<start + 16])
        }
        return [0x00, 0x00]
    }
}
