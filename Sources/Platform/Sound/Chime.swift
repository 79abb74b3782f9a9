import Glibc

/// A short signal of struck notes, made here and not recorded: pleasant, and told apart in noise.
public struct Chime: Sendable, Equatable {
    /// One note of it.
    public struct Note: Sendable, Equatable {
        /// In hertz.
        public var pitch: Double
        /// After the chime's beginning.
        public var start: Duration
        public var length: Duration

        public init(pitch: Double, start: Duration, length: Duration) {
            self.pitch = pitch
            self.start = start
            self.length = length
        }
    }

    /// How the notes sound.
    public enum Colour: Sendable, Equatable {
        /// Struck and dying away: for good news.
        case bell
        /// Held, with the odd overtones of a reed: for bad news.
        case reed
    }

    public var notes: [Note]
    public var colour: Colour

    public init(_ notes: [Note], colour: Colour = .bell) {
        self.notes = notes
        self.colour = colour
    }

    public var length: Duration { notes.map { $0.start + $0.length }.max() ?? .zero }

    /// Samples of one channel. `volume` from 0 to 1.
    public func samples(rate: Int, volume: Double) -> [Int16] {
        var mix = [Double](repeating: 0, count: Int(length.seconds * Double(rate)))
        for note in notes { add(note, to: &mix, rate: Double(rate)) }
        let loudest = max(mix.map(abs).max() ?? 0, 1)
        let scale = min(max(volume, 0), 1) * Double(Int16.max) / loudest
        return mix.map { Int16($0 * scale) }
    }

    private func add(_ note: Note, to mix: inout [Double], rate: Double) {
        let first = Int(note.start.seconds * rate)
        let count = min(Int(note.length.seconds * rate), mix.count - first)
        let amplitude = 0.6
        for index in 0..<max(count, 0) {
            let time = Double(index) / rate
            let wave = overtones.reduce(0) { sum, overtone in
                sum + overtone.share * sin(2 * .pi * note.pitch * overtone.multiple * time)
            }
            mix[first + index] += amplitude * wave * envelope(time, of: note.length.seconds)
        }
    }

    private var overtones: [(multiple: Double, share: Double)] {
        switch colour {
        case .bell: [(1, 0.8), (2, 0.15), (3, 0.05)]
        case .reed: [(1, 0.7), (3, 0.2), (5, 0.1)]
        }
    }

    /// Begins and ends at nothing, so that it does not click.
    private func envelope(_ time: Double, of length: Double) -> Double {
        let edge = 0.005
        let fade = min(1, time / edge, (length - time) / edge)
        return colour == .bell ? fade * exp(-3 * time / length) : fade
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
