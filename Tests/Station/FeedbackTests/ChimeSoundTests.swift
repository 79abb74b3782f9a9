import Foundation
import ScanTesting
import Scans
import Sound
import Testing

@testable import Feedback

/// What would be heard, written to a file by ALSA itself, and listened to.
@Suite(.serialized) struct ChimeSoundTests {
    private let folder: TemporaryFolder

    /// The file plugin stands where the sound card would; nothing is behind it.
    init() throws {
        folder = try TemporaryFolder()
        let config = """
            pcm.chime { type file; slave.pcm { type null }; file "\(folder.path("heard.raw"))"; \
            format raw }
            """
        setenv("ALSA_CONFIG_PATH", try folder.write(config, to: "asound.conf"), 1)
    }

    static let pitches: [(signal: Feedback.Signal, hertz: [Double])] = [
        (.ok, [1760]), (.done, [1175, 1568]), (.batch, [1047, 1319, 1568]), (.unknown, [740]),
        (.error, [330, 220]),
    ]

    @Test(arguments: pitches)
    func soundsAsItShould(signal: Feedback.Signal, hertz: [Double]) throws {
        let samples = try heard(signal)
        let length = Double(samples.count) / Double(ChimePlayer.rate)
        #expect((0.08...0.6).contains(length))
        let all = [220.0, 330, 740, 1047, 1175, 1319, 1568, 1760]
        let strengths = Dictionary(
            uniqueKeysWithValues: all.map { ($0, Self.strength(of: $0, in: samples)) })
        let weakest = try #require(hertz.compactMap { strengths[$0] }.min())
        for other in all where !hertz.contains(other) {
            #expect(strengths[other] ?? 0 < weakest / 2, "\(signal): \(other) Hz")
        }
    }

    @Test func noTwoSignalsSoundAlike() {
        let chimes = Feedback.Signal.allCases.map { Chime.of($0) }
        for (index, chime) in chimes.enumerated() {
            #expect(!chimes[..<index].contains(chime))
            #expect(chime.length <= .milliseconds(500))
        }
    }

    @Test(arguments: Feedback.Signal.allCases)
    func doesNotClickAndDoesNotClip(signal: Feedback.Signal) {
        let samples = Chime.of(signal).samples(rate: 48_000, volume: 1)
        #expect(abs(Int(samples.first ?? 0)) < 200 && abs(Int(samples.last ?? 0)) < 200)
        #expect(!samples.contains(Int16.max) || !samples.contains(Int16.min))
        let steps = zip(samples, samples.dropFirst()).map { abs(Int($0) - Int($1)) }
        #expect(steps.max() ?? 0 < 16_000)
    }

    @Test func volumeIsKept() {
        let loud = Chime.of(.ok).samples(rate: 48_000, volume: 1).map { Int($0) }.max() ?? 0
        let soft = Chime.of(.ok).samples(rate: 48_000, volume: 0.25).map { Int($0) }.max() ?? 0
        #expect(abs(soft * 4 - loud) < 8)
        #expect(Chime.of(.ok).samples(rate: 48_000, volume: 0).allSatisfy { $0 == 0 })
    }

    @Test func aDeviceThatIsNotThereSaysSo() {
        #expect(throws: ChimePlayer.Failure.self) { try ChimePlayer(device: "nothing") }
    }

    private func heard(_ signal: Feedback.Signal) throws -> [Int16] {
        let player = try ChimePlayer(device: "chime")
        try player.play(Chime.of(signal).samples(rate: ChimePlayer.rate, volume: 0.8))
        let bytes = try Data(contentsOf: folder.url.appendingPathComponent("heard.raw"))
        return stride(from: 0, to: bytes.count - 1, by: 2).map { index in
            Int16(bitPattern: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8)
        }
    }

    /// How much of one pitch is in it (Goertzel 1958).
    private static func strength(of hertz: Double, in samples: [Int16]) -> Double {
        let turn = 2 * Double.pi * hertz / Double(ChimePlayer.rate)
        var (cosine, sine) = (0.0, 0.0)
        for (index, sample) in samples.enumerated() {
            cosine += Double(sample) * cos(turn * Double(index))
            sine += Double(sample) * sin(turn * Double(index))
        }
        return (cosine * cosine + sine * sine).squareRoot()
    }
}
