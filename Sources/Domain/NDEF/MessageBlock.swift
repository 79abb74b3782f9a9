/// Where a tag's memory has its message: blocks of tag, length and value, one after the other
/// (NFC Forum, Type 2 Tag 1.0, section 2.3; MIFARE Classic has them too).
public enum MessageBlock {
    /// What the bytes read so far tell.
    public enum Finding: Sendable, Equatable {
        /// This and no more is the message.
        case message(Range<Int>)
        /// So many bytes of the memory must be read before more can be said.
        case needs(Int)
        /// There is no message block.
        case none
    }

    public enum Fault: Error, Sendable, Equatable {
        /// A block reaches beyond the memory.
        case tooLong(at: Int)
    }

    /// `memory` holds the first bytes of an area of `capacity` bytes.
    public static func find(in memory: [UInt8], capacity: Int) throws(Fault) -> Finding {
        var position = 0
        while position < capacity {
            guard position < memory.count else { return .needs(position + 1) }
            switch memory[position] {
            case 0x00: position += 1
            case 0xFE: return .none
            case let kind:
                guard let block = try block(at: position, in: memory, capacity: capacity) else {
                    return .needs(min(position + 4, capacity))
                }
                guard kind == 0x03 else {
                    position = block.upperBound
                    continue
                }
                return block.upperBound <= memory.count ? .message(block) : .needs(block.upperBound)
            }
        }
        return .none
    }

    /// The value's place; nil: its length is not read yet.
    private static func block(
        at position: Int, in memory: [UInt8], capacity: Int
    ) throws(Fault) -> Range<Int>? {
        guard position + 1 < capacity else { throw .tooLong(at: position) }
        guard position + 1 < memory.count else { return nil }
        var (start, length) = (position + 2, Int(memory[position + 1]))
        if length == 0xFF {
            guard position + 3 < capacity else { throw .tooLong(at: position) }
            guard position + 3 < memory.count else { return nil }
            (start, length) = (
                position + 4, Int(memory[position + 2]) << 8 | Int(memory[position + 3])
            )
        }
        guard start + length <= capacity else { throw .tooLong(at: position) }
        return start..<start + length
    }

    /// A message with what goes around it; nil: it does not fit into `capacity` bytes.
    public static func containing(_ message: [UInt8], capacity: Int) -> [UInt8]? {
        let count = message.count
        guard count <= 0xFFFE else { return nil }
        let length =
            count < 0xFF ? [UInt8(count)] : [0xFF, UInt8(count >> 8), UInt8(count & 0xFF)]
        let block = [0x03] + length + message
        guard block.count <= capacity else { return nil }
        return block.count < capacity ? block + [0xFE] : block
    }
}
