/// The frames of a PN532's serial link (NXP UM0701-02, section 6.2.1).
enum PN532Frame {
    static let acknowledge: [UInt8] = [0x00, 0x00, 0xFF, 0x00, 0xFF, 0x00]
    static let refusal: [UInt8] = [0x00, 0x00, 0xFF, 0xFF, 0x00, 0x00]
    /// "Your frame was wrong."
    static let error: [UInt8] = [0x00, 0x00, 0xFF, 0x01, 0xFF, 0x7F, 0x81, 0x00]

    /// Any payload, of more than 255 bytes in an extended frame.
    static func containing(_ payload: [UInt8]) -> [UInt8] {
        let count = payload.count
        let checksum = 0 &- payload.reduce(0, &+)
        guard count > 255 else {
            return [0x00, 0x00, 0xFF, UInt8(count), 0 &- UInt8(count)] + payload + [checksum, 0]
        }
        let (high, low) = (UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF))
        return [0x00, 0x00, 0xFF, 0xFF, 0xFF, high, low, 0 &- (high &+ low)] + payload
            + [checksum, 0]
    }
}

/// Finds frames in what a host sends.
struct PN532FrameReader {
    enum Step: Equatable {
        /// Without the direction byte.
        case command([UInt8])
        /// The host ends the running command.
        case acknowledge
        /// The host wants the last answer again.
        case refusal
        /// A frame that is not one.
        case broken
        /// What came before a frame: wakes a sleeping chip if long enough or 55.
        case wakeup
    }

    private var held: [UInt8] = []
    /// The fullest frame has 265 bytes; a host that sends more without one sends noise.
    private static let heldLimitBytes = 1024

    /// The size of the last command's frame, for timing.
    private(set) var frameBytes = 0

    mutating func push(_ bytes: [UInt8]) -> [Step] {
        held += bytes
        if held.count > Self.heldLimitBytes { held.removeFirst(held.count - Self.heldLimitBytes) }
        var steps: [Step] = []
        while let found = next() { steps += found }
        return steps
    }

    mutating func clear() {
        held = []
    }

    /// nil: more bytes are wanted.
    private mutating func next() -> [Step]? {
        guard let start = beginning else {
            let lead = held.dropLast()
            guard !lead.isEmpty else { return nil }
            held = Array(held.suffix(1))
            return Self.wakes(lead) ? [.wakeup] : []
        }
        guard held.count >= start + 4 else { return nil }
        var steps: [Step] = Self.wakes(held[..<start]) ? [.wakeup] : []
        let (length, check) = (held[start + 2], held[start + 3])
        switch (length, check) {
        case (0x00, 0xFF): return take(start + 5, steps + [.acknowledge])
        case (0xFF, 0x00): return take(start + 5, steps + [.refusal])
        default: break
        }
        guard let (count, body) = size(at: start) else { return nil }
        guard count > 0 else { return take(start + 2, steps) }
        guard held.count >= body + count + 2 else { return nil }
        let payload = Array(held[body..<body + count])
        let isWhole =
            payload.reduce(held[body + count], &+) == 0 && payload[0] == 0xD4 && count > 1
        frameBytes = body + count + 2
        steps.append(isWhole ? .command(Array(payload.dropFirst())) : .broken)
        return take(body + count + 2, steps)
    }

    private var beginning: Int? {
        zip(held, held.dropFirst()).enumerated().first { $0.element == (0x00, 0xFF) }?.offset
    }

    /// How many bytes follow, and where; 0 bytes for a length that contradicts itself.
    private func size(at start: Int) -> (count: Int, body: Int)? {
        guard held[start + 2] == 0xFF, held[start + 3] == 0xFF else {
            let isRight = held[start + 2] &+ held[start + 3] == 0
            return (isRight ? Int(held[start + 2]) : 0, start + 4)
        }
        guard held.count >= start + 7 else { return nil }
        let (high, low) = (held[start + 4], held[start + 5])
        let isRight = high &+ low &+ held[start + 6] == 0
        return (isRight ? Int(high) << 8 | Int(low) : 0, start + 7)
    }

    private mutating func take(_ count: Int, _ steps: [Step]) -> [Step] {
        held.removeFirst(min(count, held.count))
        return steps
    }

    private static func wakes(_ lead: ArraySlice<UInt8>) -> Bool {
        lead.contains(0x55) || lead.count >= 8
    }
}
