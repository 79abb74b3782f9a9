import Glibc

/// Moves the means of the model's Gaussians towards one voice (MAP, Gauvain and Lee 1994).
///
/// What was heard often moves far, what was never heard moves with its sound, and no further than
/// what was heard of that sound says.
struct VoiceAdaptation {
    /// How many frames the model's own opinion of one Gaussian, and of a whole sound, is worth.
    private static let (gaussianWeight, soundWeight) = (2.0, 10.0)
    private static let leastVariance = 1e-4

    /// A frame, and the codebook of the sound that it is part of.
    private struct Observation {
        var codebook: Int
        /// All streams, one after the other.
        var values: [Double]
    }

    private let original: ModelFile
    private let weights: [Double]
    private let logs: [Double]
    private let codebookOf: [String: Int]
    private var observations: [Observation] = []

    init(model: String) throws(SpeechError) {
        original = try ModelFile(reading: model + "/means")
        let variances = try ModelFile(reading: model + "/variances")
        guard variances.values.count == original.values.count, original.streams == 3 else {
            throw .modelUnusable(model)
        }
        let names = try ModelSounds.names(reading: model + "/mdef")
        guard names.count == original.codebooks else { throw .modelUnusable(model) }
        codebookOf = Dictionary(
            zip(names, names.indices), uniquingKeysWith: { first, _ in first })
        weights = variances.values.map { 1 / max(Double($0), Self.leastVariance) }
        logs = weights.map { log($0) }
    }

    /// An utterance whose sounds, and where they are, is known.
    mutating func add(_ features: Features, sounds: [(name: String, frames: ClosedRange<Int>)]) {
        let streams = Self.streams(of: features)
        for (name, frames) in sounds {
            guard let codebook = codebookOf[name] else { continue }
            for frame in frames where streams.indices.contains(frame) {
                observations.append(Observation(codebook: codebook, values: streams[frame]))
            }
        }
    }

    /// The adapted means.
    func means() -> ModelFile {
        // The second round sorts what it heard by what the first has learnt.
        update(from: update(from: original))
    }

    private func update(from current: ModelFile) -> ModelFile {
        var counts = [Double](repeating: 0, count: original.values.count / original.width)
        var sums = [Double](repeating: 0, count: original.values.count)
        for observation in observations {
            for stream in 0..<original.streams {
                accumulate(observation, stream, current, &counts, &sums)
            }
        }
        var adapted = original
        for set in 0..<original.codebooks * original.streams {
            move(set, counts, sums, &adapted)
        }
        return adapted
    }

    private func accumulate(
        _ observation: Observation, _ stream: Int, _ current: ModelFile, _ counts: inout [Double],
        _ sums: inout [Double]
    ) {
        let width = original.width
        let first = (observation.codebook * original.streams + stream) * original.densities
        let values = observation.values[stream * width..<(stream + 1) * width]
        let likelihoods = (first..<first + original.densities).map { density in
            var sum = 0.0
            for (offset, value) in values.enumerated() {
                let index = density * width + offset
                let distance = value - Double(current.values[index])
                sum += logs[index] - distance * distance * weights[index]
            }
            return sum / 2
        }
        let best = likelihoods.max() ?? 0
        let shares = likelihoods.map { exp($0 - best) }
        let total = shares.reduce(0, +)
        for (offset, share) in shares.enumerated() where share > total * 1e-4 {
            let density = first + offset
            counts[density] += share / total
            for (place, value) in values.enumerated() {
                sums[density * width + place] += value * share / total
            }
        }
    }

    /// One codebook's one stream.
    private func move(
        _ set: Int, _ counts: [Double], _ sums: [Double], _ adapted: inout ModelFile
    ) {
        let width = original.width
        let densities = set * original.densities..<(set + 1) * original.densities
        let heard = densities.reduce(0) { $0 + counts[$1] }
        guard heard > 0 else { return }
        for place in 0..<width {
            let shift =
                densities.reduce(0.0) { sum, density in
                    let index = density * width + place
                    return sum + sums[index] - counts[density] * Double(original.values[index])
                } / (Self.soundWeight + heard)
            for density in densities {
                let index = density * width + place
                let prior = Double(original.values[index]) + shift
                adapted.values[index] = Float(
                    (Self.gaussianWeight * prior + sums[index])
                        / (Self.gaussianWeight + counts[density]))
            }
        }
    }

    /// Cepstra without their mean, their change, and the change of that (`1s_c_d_dd`).
    private static func streams(of features: Features) -> [[Double]] {
        let (count, width) = (features.frameCount, features.width)
        var means = [Double](repeating: 0, count: width)
        for (index, value) in features.values.enumerated() {
            means[index % width] += Double(value) / Double(max(count, 1))
        }
        func cepstrum(_ frame: Int, _ place: Int) -> Double {
            let frame = min(max(frame, 0), count - 1)
            return Double(features.values[frame * width + place]) - means[place]
        }
        return (0..<count).map { frame in
            (0..<width).map { cepstrum(frame, $0) }
                + (0..<width).map { cepstrum(frame + 2, $0) - cepstrum(frame - 2, $0) }
                + (0..<width).map { place in
                    cepstrum(frame + 3, place) - cepstrum(frame - 1, place)
                        - cepstrum(frame + 1, place) + cepstrum(frame - 3, place)
                }
        }
    }
}
