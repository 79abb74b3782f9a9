import Glibc

/// One note, or a rest when its frequency is 0.
public struct Tone: Sendable, Equatable {
    /// In hertz.
    public var frequency: Double
    public var duration: Duration

    public init(frequency: Double, duration: Duration) {
        self.frequency = frequency
        self.duration = duration
    }
}

extension Tone {
    /// Long enough that no click is heard at either end.
    private static let rampSeconds = 0.005

    /// The notes one after the other, as samples. `volume` is 0...1.
    public static func samples(_ tones: [Tone], rate: Int, volume: Double) -> [Int16] {
        tones.flatMap { $0.samples(rate: rate, volume: min(max(volume, 0), 1)) }
    }

    private func samples(rate: Int, volume: Double) -> [Int16] {
        let seconds =
            Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        let count = Int(seconds * Double(rate))
        let ramp = min(Self.rampSeconds * Double(rate), Double(count) / 2)
        return (0..<count).map { index in
            let edge = Double(min(index, count - 1 - index))
            let shape = ramp > 0 ? min(edge / ramp, 1) : 1
            let wave = sin(2 * .pi * frequency * Double(index) / Double(rate))
            return Int16((wave * shape * volume * 32_767).rounded())
        }
    }
}
