/// A generator whose every choice follows from its seed.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

extension SplitMix64 {
    /// From 0, below `limit`. The slight bias is nothing to a test.
    public mutating func below(_ limit: Int) -> Int {
        Int(next() % UInt64(limit))
    }

    public mutating func chance(_ percent: Int) -> Bool {
        below(100) < percent
    }

    public mutating func pick<T>(_ choices: [T]) -> T {
        choices[below(choices.count)]
    }

    public mutating func picks<T>(_ count: Int, from choices: [T]) -> [T] {
        (0..<count).map { _ in pick(choices) }
    }

    public mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    public mutating func shuffle<T>(_ elements: inout [T]) {
        for index in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(index, below(index + 1))
        }
    }
}

extension Array {
    /// The same elements in an order that follows from `seed`.
    public func shuffled(seed: UInt64) -> [Element] {
        var random = SplitMix64(seed: seed)
        var result = self
        random.shuffle(&result)
        return result
    }
}
