import ScanTesting
import Testing

@testable import Speech

@Suite struct EndpointerTests {
    private func noise(_ amplitude: Int, seconds: Double, seed: UInt64 = 1) -> [Int16] {
        var random = SplitMix64(seed: seed)
        return (0..<Int(seconds * 16_000)).map { _ in
            Int16(Int.random(in: -amplitude...amplitude, using: &random))
        }
    }

    private func utterances(_ samples: [Int16], piece: Int = 320) -> [[Int16]] {
        var endpointer = Endpointer()
        return stride(from: 0, to: samples.count, by: piece).flatMap {
            endpointer.push(Array(samples[$0..<min($0 + piece, samples.count)]))
        }
    }

    @Test(arguments: [5, 50, 400])
    func loudSoundBetweenPausesIsOneUtteranceAndNoiseIsNone(background: Int) {
        let quiet = noise(background, seconds: 3)
        let speech = noise(background * 10 + 2000, seconds: 0.8, seed: 2)
        let found = utterances(quiet + speech + quiet)
        #expect(found.count == 1)
        let seconds = Double(found.first?.count ?? 0) / 16_000
        #expect((1.2...1.9).contains(seconds))
        #expect(utterances(quiet + quiet).isEmpty)
    }

    @Test func aClickIsNoUtterance() {
        let quiet = noise(20, seconds: 2)
        #expect(utterances(quiet + noise(9000, seconds: 0.03) + quiet).isEmpty)
    }

    /// However the stream is cut, the same utterances come out.
    @Test(arguments: [1, 7, 160, 999, 16_000])
    func piecesDoNotMatter(piece: Int) {
        let quiet = noise(20, seconds: 1)
        let samples = quiet + noise(5000, seconds: 0.5) + quiet + noise(5000, seconds: 0.7) + quiet
        #expect(utterances(samples, piece: piece) == utterances(samples))
        #expect(utterances(samples).count == 2)
    }

    @Test func speechWithoutEndIsCutAtTheLimit() {
        let limit = Int(Endpointer.utteranceLimit.components.seconds)
        let samples = noise(20, seconds: 1) + noise(9000, seconds: Double(limit) + 2)
        #expect(utterances(samples).first?.count == limit * 16_000)
    }
}
