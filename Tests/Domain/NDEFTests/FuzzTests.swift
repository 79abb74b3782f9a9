import Foundation
import ScanTesting
import Testing

@testable import NDEF

/// Changed messages, for as long as `NDEF_FUZZ_SECONDS` says: an answer each, and one that stays the
/// same when it is written and read again.
@Suite struct FuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seconds = environment["NDEF_FUZZ_SECONDS"].flatMap { Double($0) } ?? 0.3
    private static let seed =
        environment["NDEF_FUZZ_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0...UInt64.max)

    private static let seeds: [[UInt8]] = [
        NDEFMessage(records: [.uri("https://a.example/x"), .text("A", language: "de-CH")]).encoded,
        [0xD1, 0x02, 0x0C, 0x53, 0x70, 0x91, 0x01, 0x02, 0x55, 0x04, 0x61]
            + [0x51, 0x01, 0x00, 0x54, 0x00],
        [0xB5, 0x01, 0x01, 0x54, 0x02, 0x36, 0x00, 0x02, 0x65, 0x6E, 0x56, 0x00, 0x01, 0x41],
        NDEFMessage(records: [.text(String(repeating: "ä", count: 300))]).encoded,
    ]

    @Test func everyMessageGetsAnAnswer() {
        var random = SplitMix64(seed: Self.seed)
        let deadline = Date(timeIntervalSinceNow: Self.seconds)
        var decoded = 0
        var tried = 0
        while Date() < deadline {
            for _ in 0..<100 {
                let bytes = Self.changed(random.pick(Self.seeds), &random)
                tried += 1
                // Rejected is an answer too.
                guard let message = try? NDEFMessage(decoding: bytes) else { continue }
                decoded += 1
                #expect(
                    (try? NDEFMessage(decoding: message.encoded))?.records == message.records,
                    "seed \(Self.seed): \(bytes)")
                _ = message.saying
            }
        }
        print("ndef: seed \(Self.seed), \(tried) messages, \(decoded) decoded")
        #expect(decoded > 0)
    }

    private static func changed(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<random.below(4) where !bytes.isEmpty {
            let index = random.below(bytes.count)
            switch random.below(5) {
            case 0: bytes[index] ^= 1 << UInt8(random.below(8))
            case 1: bytes[index] = random.pick([0, 1, 0x7F, 0x80, 0xFF])
            case 2: bytes.remove(at: index)
            case 3: bytes.insert(UInt8(random.below(256)), at: index)
            default: bytes.replaceSubrange(index..., with: random.bytes(random.below(40)))
            }
        }
        return bytes
    }
}
