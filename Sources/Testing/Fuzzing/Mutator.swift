import ScanTesting

/// Changed inputs, as they follow from a seed: for where nobody sees what an input reaches.
public struct Mutator {
    private var random: SplitMix64
    private let inputs: [[UInt8]]

    /// Bytes that parsers are afraid of: ends, signs, separators, the largest and the smallest.
    private static let awkward: [UInt8] = [
        0, 1, 0x02, 0x03, 0x09, 0x0A, 0x0D, 0x1D, 0x22, 0x28, 0x29, 0x2C, 0x5D, 0x7F, 0x80, 0xC0,
        0xFE, 0xFF,
    ]

    public init(seed: UInt64, _ corpus: Corpus) {
        random = SplitMix64(seed: seed)
        inputs = corpus.inputs.isEmpty ? [[]] : corpus.inputs
    }

    public mutating func next() -> [UInt8] {
        var bytes = random.pick(inputs)
        for _ in 0...random.below(4) { change(&bytes) }
        return Array(bytes.prefix(FuzzTarget.lengthLimit))
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return bytes = random.bytes(random.below(32)) }
        let index = random.below(bytes.count)
        switch random.below(7) {
        case 0: bytes[index] ^= 1 << UInt8(random.below(8))
        case 1: bytes[index] = random.pick(Self.awkward)
        case 2: bytes.remove(at: index)
        case 3: bytes.insert(random.pick(Self.awkward), at: index)
        case 4: bytes.removeSubrange(index...)
        case 5: bytes.insert(contentsOf: bytes[index...].prefix(random.below(16)), at: index)
        default:
            // The head of one, the tail of another.
            let other = random.pick(inputs)
            bytes = bytes[..<index] + other.suffix(random.below(other.count + 1))
        }
    }
}
