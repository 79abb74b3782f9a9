import ScanTesting
import Testing

@testable import NDEF

@Suite struct LimitTests {
    @Test func aPayloadAtTheLimitIsTakenAndOneMoreIsNot() throws {
        let limit = NDEFMessage.payloadLimit
        #expect(try NDEFMessage(decoding: unknown(limit)).records[0].payload.count == limit)
        #expect(fault(unknown(limit + 1))?.code == .tooLong)
    }

    @Test func chunksTogetherHaveTheSameLimit() {
        let half = [UInt8](repeating: 7, count: NDEFMessage.payloadLimit / 2)
        let length = [UInt8](bigEndian: half.count)
        let chunks = [0xA5, 0] + length + half + [0x26, 0] + length + half
        #expect(fault(chunks + [0x56, 0, 0])?.code == nil)
        #expect(fault(chunks + [0x56, 0, 1, 7])?.code == .tooLong)
    }

    @Test func postersInPostersEnd() {
        var poster: [UInt8] = [0xD1, 1, 2, 0x55, 4, 0x61]
        for _ in 0..<SmartPoster.depthLimit { poster = inPoster(poster) }
        #expect(fault(inPoster(poster))?.code == .nesting)
        #expect(fault(poster)?.code == .smartPoster)
    }

    /// Whatever bytes come: an answer, and no end of the program.
    @Test(arguments: UInt64(0)..<50)
    func anyBytesGetAnAnswer(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let good: [UInt8] = [
            0x91, 1, 12, 0x55, 5, 0x65, 0x78, 0x61, 0x6D, 0x70, 0x6C, 0x65, 0x2E, 0x6F, 0x72, 0x67,
            0x51, 1, 8, 0x54, 2, 0x65, 0x6E, 0x48, 0x65, 0x6C, 0x6C, 0x6F,
        ]
        for _ in 0..<200 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] =
                    UInt8.random(in: 0...255, using: &random)
            }
            let cut = Array(bytes.prefix(Int.random(in: 1...bytes.count, using: &random)))
            let records = (try? NDEFMessage(decoding: cut))?.records  // Rejected is an answer too.
            #expect(records?.isEmpty != true)
        }
    }

    private func unknown(_ length: Int) -> [UInt8] {
        [0xC5, 0] + [UInt8](bigEndian: length) + [UInt8](repeating: 7, count: length)
    }

    private func inPoster(_ message: [UInt8]) -> [UInt8] {
        [0xD1, 2, UInt8(message.count)] + Array("Sp".utf8) + message
    }

    private func fault(_ bytes: [UInt8]) -> NDEFFault? {
        do throws(NDEFFault) {
            _ = try NDEFMessage(decoding: bytes)
            return nil
        } catch {
            return error
        }
    }
}

extension [UInt8] {
    fileprivate init(bigEndian number: Int) {
        self = (0..<4).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
