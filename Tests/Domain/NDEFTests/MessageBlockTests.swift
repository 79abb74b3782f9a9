import ScanTesting
import Testing

@testable import NDEF

@Suite struct MessageBlockTests {
    typealias Finding = MessageBlock.Finding

    static let memories: [(rule: String, bytes: [UInt8], finding: Finding)] = [
        ("nothing read", [], .needs(1)),
        ("a message", [0x03, 2, 0xAA, 0xBB, 0xFE], .message(2..<4)),
        ("no terminator", [0x03, 2, 0xAA, 0xBB], .message(2..<4)),
        ("an empty one", [0x03, 0, 0xFE], .message(2..<2)),
        ("padding in front", [0, 0, 0x03, 1, 0xAA], .message(4..<5)),
        ("lock and memory control", [1, 3, 9, 9, 9, 2, 1, 9, 0x03, 1, 0xAA], .message(10..<11)),
        ("a proprietary block", [0xFD, 1, 9, 0x03, 1, 0xAA], .message(5..<6)),
        ("a long length", [0x03, 0xFF, 0, 1, 0xAA], .message(4..<5)),
        ("the end at once", [0xFE, 0x03, 1, 0xAA], .none),
        ("half a length", [0x03, 0xFF, 0], .needs(4)),
        ("half a message", [0x03, 4, 0xAA], .needs(6)),
        ("only padding", [UInt8](repeating: 0, count: 48), .none),
    ]

    @Test(arguments: memories)
    func isFound(rule: String, bytes: [UInt8], finding: Finding) throws {
        #expect(try MessageBlock.find(in: bytes, capacity: 48) == finding, "\(rule)")
    }

    @Test func aBlockEndsWithTheMemory() throws {
        let bytes: [UInt8] = [0x03, 46] + [UInt8](repeating: 7, count: 46)
        #expect(try MessageBlock.find(in: bytes, capacity: 48) == .message(2..<48))
        #expect(throws: MessageBlock.Fault.tooLong(at: 0)) {
            try MessageBlock.find(in: [0x03, 47], capacity: 48)
        }
        #expect(throws: MessageBlock.Fault.tooLong(at: 0)) {
            try MessageBlock.find(in: [0x03], capacity: 1)
        }
    }

    @Test(arguments: [0, 1, 254, 255, 500])
    func whatIsWrappedIsFound(count: Int) throws {
        let message = [UInt8](repeating: 0xAB, count: count)
        let block = try #require(MessageBlock.containing(message, capacity: 504))
        guard case .message(let range) = try MessageBlock.find(in: block, capacity: 504) else {
            Issue.record("no message")
            return
        }
        #expect(Array(block[range]) == message)
    }

    @Test func aMessageThatDoesNotFitIsNotWrapped() {
        let message = [UInt8](repeating: 0xAB, count: 46)
        #expect(MessageBlock.containing(message, capacity: 48)?.count == 48)
        #expect(MessageBlock.containing(message + [0], capacity: 48) == nil)
    }

    /// Whatever lies there: an answer within the memory, or a fault.
    @Test(arguments: UInt64(0)..<100)
    func anyMemoryGetsAnAnswer(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let capacity = random.below(900)
            let bytes = (0..<random.below(capacity + 1)).map { _ in
                random.pick([0x00, 0x01, 0x03, 0xFD, 0xFE, 0xFF, UInt8(random.below(256))])
            }
            // A fault is an answer too.
            switch try? MessageBlock.find(in: bytes, capacity: capacity) {
            case .message(let range): #expect(range.upperBound <= bytes.count)
            case .needs(let count): #expect(count > bytes.count && count <= capacity)
            case .some(.none), nil: break
            }
        }
    }
}
