import Glibc

/// Whether a microphone is fit for hands-free work, judged by what somebody said into it.
public struct MicrophoneCheck: Sendable, Equatable {
    public enum Advice: String, Sendable {
        case good
        case tooQuiet = "too-quiet"
        case tooLoud = "too-loud"
        case tooNoisy = "too-noisy"
    }

    /// Of speech, and of the pauses: decibels below full scale.
    public var speechDecibels: Double
    public var noiseDecibels: Double
    /// Of the loudest sample.
    public var peakDecibels: Double
    public var clippedSamples: Int

    /// In decibels. Below 15 no setting of the recogniser helps.
    public static let leastRatio = 15.0
    private static let leastSpeech = -50.0
    private static let clippedLimit = 10
    private static let frameSamples = 160

    /// `samples` hold speech and pauses, 16,000 a second.
    public init(_ samples: [Int16]) {
        let levels = stride(from: 0, to: samples.count, by: Self.frameSamples).map { start in
            Self.decibels(samples[start..<min(start + Self.frameSamples, samples.count)])
        }.sorted()
        let peak = samples.map { abs(Int($0)) }.max() ?? 0
        // A tenth of the time somebody is silent, a tenth of the time loud.
        noiseDecibels = levels.isEmpty ? -100 : levels[levels.count / 10]
        speechDecibels = levels.isEmpty ? -100 : levels[levels.count * 9 / 10]
        peakDecibels = 20 * log10(Double(max(peak, 1)) / 32_768)
        clippedSamples = samples.count { $0 >= 32_767 || $0 <= -32_768 }
    }

    /// In decibels, speech above noise.
    public var ratio: Double { speechDecibels - noiseDecibels }

    public var advice: Advice {
        if clippedSamples > Self.clippedLimit { return .tooLoud }
        if speechDecibels < Self.leastSpeech { return .tooQuiet }
        return ratio < Self.leastRatio ? .tooNoisy : .good
    }

    private static func decibels(_ samples: ArraySlice<Int16>) -> Double {
        let sum = samples.reduce(0.0) { $0 + Double($1) * Double($1) }
        let power = sum / Double(max(samples.count, 1))
        return 10 * log10(max(power, 0.1) / (32_768 * 32_768))
    }
}
