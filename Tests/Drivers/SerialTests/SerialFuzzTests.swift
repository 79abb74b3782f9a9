import DriverKit
import ScanTesting
import Testing

@testable import Serial

/// Whatever comes over a line, in whatever pieces and with whatever pauses.
@Suite struct SerialFuzzTests {
    @Test(arguments: UInt64(0)..<200)
    func survivesAnyBytesAndKeepsItsLimit(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let ending = random.pick(Framing.allCases)
        let options = SerialOptions(ending: ending, lengthLimitBytes: 1 + random.below(40))
        var decoder = SerialDecoder(options: options)
        var time = Duration.zero
        for _ in 0..<60 {
            time += .milliseconds(random.below(200))
            var steps = decoder.push(Self.noise(&random), at: time)
            if random.chance(30), let step = decoder.quiet() { steps.append(step) }
            for case .line(let line, let trace) in steps {
                #expect(!line.isEmpty && line.count <= options.lengthLimitBytes)
                #expect(trace.span >= .zero && trace.span <= time)
            }
        }
        _ = decoder.finish()
        #expect(decoder.patience == nil)
    }

    /// Mostly what matters to a framer, and anything at all.
    private static func noise(_ random: inout SplitMix64) -> [UInt8] {
        let marks: [UInt8] = [0x02, 0x03, 0x06, 0x09, 0x0A, 0x0D, 0x15, 0x00, 0x31]
        return (0..<random.below(50)).map { _ in
            random.chance(70) ? random.pick(marks) : UInt8(random.below(256))
        }
    }
}
