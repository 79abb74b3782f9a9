import Testing

@testable import Gzip

@Suite struct GzipTests {
    @Test(arguments: [0, 1, 100, 65_536, 65_537, 1_000_000])
    func givesBackWhatItWasGiven(lengthBytes: Int) throws {
        let text = (0..<lengthBytes).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 / 7) }

        let back = try Gzip.decompress(Gzip.compress(text), limitBytes: lengthBytes)

        #expect(back == text)
    }

    @Test func refusesOneByteMoreThanTheLimit() throws {
        let bytes = try Gzip.compress([UInt8](repeating: 7, count: 1001))

        #expect(throws: GzipError.tooLarge(limitBytes: 1000)) {
            try Gzip.decompress(bytes, limitBytes: 1000)
        }
        #expect(try Gzip.decompress(bytes, limitBytes: 1001).count == 1001)
    }

    @Test func stopsABombEarly() throws {
        let bomb = try Gzip.compress([UInt8](repeating: 0, count: 64 << 20))
        #expect(bomb.count < 100_000)

        #expect(throws: GzipError.tooLarge(limitBytes: 4096)) {
            try Gzip.decompress(bomb, limitBytes: 4096)
        }
    }

    @Test func readsMembersInARow() throws {
        let bytes = try Gzip.compress(Array("left".utf8)) + Gzip.compress(Array("right".utf8))

        #expect(try Gzip.decompress(bytes, limitBytes: 100) == Array("leftright".utf8))
    }

    /// A few bits carry nothing (a time, flags, padding). No other bit may fall unnoticed.
    @Test func neverMakesAnotherTextOfAFlippedBit() throws {
        let text = Array("a scan is never lost, a scan is never doubled".utf8)
        let whole = try Gzip.compress(text)
        for index in whole.indices {
            for bit in 0..<8 {
                var bytes = whole
                bytes[index] ^= 1 << UInt8(bit)
                let result = try? Gzip.decompress(bytes, limitBytes: 1000)
                #expect(result == nil || result == text, "byte \(index), bit \(bit)")
            }
        }
    }

    @Test func noticesEveryTruncation() throws {
        let whole = try Gzip.compress(Array("0123456789".utf8))
        for length in 0..<whole.count {
            #expect(throws: GzipError.truncated) {
                try Gzip.decompress(Array(whole.prefix(length)), limitBytes: 1000)
            }
        }
    }

    @Test func refusesWhatFollowsTheLastMember() throws {
        let bytes = try Gzip.compress([1, 2, 3]) + Array("rubbish".utf8)

        #expect(throws: GzipError.malformed) { try Gzip.decompress(bytes, limitBytes: 1000) }
    }
}
