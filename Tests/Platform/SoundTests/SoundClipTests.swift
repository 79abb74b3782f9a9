import Foundation
import ScanTesting
import SoundFiles
import Testing

@Suite struct SoundClipTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func sine(_ frequency: Double, rate: Int, seconds: Double) -> SoundClip {
        SoundClip(
            samples: (0..<Int(Double(rate) * seconds)).map {
                Int16(8000 * sin(2 * .pi * frequency * Double($0) / Double(rate)))
            }, rate: rate)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let clip = sine(440, rate: 22_050, seconds: 0.3)
        try clip.write(to: folder.path("a.wav"))
        #expect(try SoundClip(reading: folder.path("a.wav")) == clip)
    }

    @Test func aMissingFileAndAFileOfNoSoundAreNamed() throws {
        #expect(throws: SoundFileError.self) { try SoundClip(reading: folder.path("none.wav")) }
        try Data("RIFF but no wave".utf8).write(to: URL(filePath: folder.path("b.wav")))
        #expect(throws: SoundFileError.self) { try SoundClip(reading: folder.path("b.wav")) }
    }

    @Test func aRecordingThatEndsAtTheLimitIsReadAndALongerOneIsNot() throws {
        let limit = Int(SoundClip.lengthLimit.components.seconds)
        let full = SoundClip(samples: [Int16](repeating: 1, count: limit * 100), rate: 100)
        try full.write(to: folder.path("full.wav"))
        #expect(try SoundClip(reading: folder.path("full.wav")).duration == SoundClip.lengthLimit)
        let over = SoundClip(samples: full.samples + [1], rate: 100)
        try over.write(to: folder.path("over.wav"))
        #expect(throws: SoundFileError.self) { try SoundClip(reading: folder.path("over.wav")) }
    }

    /// A tone stays the tone it was: as many periods, as loud.
    @Test(arguments: [8000, 22_050, 44_100, 48_000])
    func resamplingKeepsATone(rate: Int) throws {
        let clip = try sine(440, rate: rate, seconds: 1).resampled(to: 16_000)
        let middle = clip.samples.dropFirst(2000).dropLast(2000)
        let crossings = zip(middle, middle.dropFirst()).filter { $0 < 0 && $1 >= 0 }.count
        #expect(abs(Double(crossings) - 440 * Double(middle.count) / 16_000) < 2)
        #expect(abs(Int(middle.max() ?? 0) - 8000) < 200)
    }

    @Test func aStreamBecomesWhatTheWholeBecomes() throws {
        let clip = sine(300, rate: 48_000, seconds: 0.5)
        let resampler = try Resampler(from: 48_000, to: 16_000)
        var samples: [Int16] = []
        for start in stride(from: 0, to: clip.samples.count, by: 960) {
            let end = min(start + 960, clip.samples.count)
            samples += try resampler.convert(
                Array(clip.samples[start..<end]), isEnd: end == clip.samples.count)
        }
        let whole = try clip.resampled(to: 16_000).samples
        #expect(abs(samples.count - whole.count) < 64)
        #expect(zip(samples, whole).allSatisfy { abs(Int($0) - Int($1)) < 200 })
    }
}
