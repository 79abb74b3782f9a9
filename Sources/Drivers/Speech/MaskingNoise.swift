import Glibc

/// A whisper of white noise under an utterance.
///
/// The model was trained on sound that has some of everything in every band. A telephone's or a
/// headset's sound has nothing above 4 kHz, and clean recordings nothing in their pauses; the
/// logarithm of nothing is a feature that the model has never seen. See docs/voice.md for figures.
enum MaskingNoise {
    /// Of the speech's own level.
    private static let levelDecibels = -40.0

    /// Always the same noise for the same sound, so that a recording always reads the same.
    static func added(to samples: [Int16]) -> [Int16] {
        let amplitude = level(of: samples) * pow(10, levelDecibels / 20)
        var random = Gaussian(seed: 1)
        return samples.map { sample in
            let noisy = Double(sample) + amplitude * random.next()
            return Int16(max(-32_768, min(32_767, noisy.rounded())))
        }
    }

    /// The root mean square of the louder half.
    private static func level(of samples: [Int16]) -> Double {
        let squares = samples.map { Double($0) * Double($0) }.sorted()
        let louder = squares.dropFirst(squares.count / 2)
        return louder.isEmpty ? 0 : (louder.reduce(0, +) / Double(louder.count)).squareRoot()
    }
}

/// Normally distributed numbers by the polar method, from a seed.
private struct Gaussian {
    private var state: UInt64
    private var spare: Double?

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> Double {
        if let spare {
            self.spare = nil
            return spare
        }
        while true {
            let (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
            let square = x * x + y * y
            guard square > 0, square < 1 else { continue }
            let factor = (-2 * log(square) / square).squareRoot()
            spare = y * factor
            return x * factor
        }
    }

    /// SplitMix64.
    private mutating func uniform() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((bits ^ (bits >> 31)) >> 11) / 9_007_199_254_740_992
    }
}
