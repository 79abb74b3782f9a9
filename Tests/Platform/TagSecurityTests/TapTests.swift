import ScanTesting
import Testing

@testable import TagSecurity

@Suite struct TapTests {
    static let broken: [(rule: String, uri: String, failure: SUNMessage.Failure)] = [
        ("no parameters", "https://a.example/x", .malformed),
        ("half of them", "https://a.example/x?e=EF963FF7828658A599F3041510671E88", .malformed),
        (
            "one of them twice",
            PublishedVectorTests.uri + "&c=94EED9EE65337086", .malformed
        ),
        ("no digits", PublishedVectorTests.uri.replacing("94EE", with: "94ZZ"), .malformed),
        ("another code", PublishedVectorTests.uri.replacing("94EE", with: "94EF"), .wrongKey),
        ("another tag", PublishedVectorTests.uri.replacing("EF96", with: "EF97"), .wrongKey),
    ]

    @Test(arguments: broken)
    func aMessageThatIsNotTheTagsIsRefused(
        rule: String, uri: String, failure: SUNMessage.Failure
    ) throws {
        let zeros = try key("00000000000000000000000000000000")
        #expect(throws: failure, "\(rule)") {
            try SUNMessage(uri: uri, readKey: zeros, codeKey: zeros)
        }
    }

    @Test func aTapCountsOnce() throws {
        let zeros = try key("00000000000000000000000000000000")
        let message = try SUNMessage(
            uri: PublishedVectorTests.uri, readKey: zeros, codeKey: zeros)
        var counters = TapCounters()
        try counters.accept(message)
        #expect(throws: SUNMessage.Failure.replayed(counter: 61)) { try counters.accept(message) }
    }

    /// Any two keys: the right one opens, the wrong one does not, on either side.
    @Test(arguments: UInt64(0)..<50)
    func onlyTheSameKeyOpens(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let right = try #require(AESKey(random.bytes(16)))
        let wrong = try #require(AESKey(random.bytes(16)))

        #expect(try Self.session(reader: right, tag: right, &random) != nil)
        #expect(try Self.session(reader: wrong, tag: right, &random) == nil)
    }

    /// A tag that answers with noise, having no key at all, is found out.
    @Test(arguments: UInt64(0)..<50)
    func noiseProvesNothing(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let key = try #require(AESKey(random.bytes(16)))
        var reader = EV2Authentication(key: key, random: random.bytes(16))
        _ = try reader.answer(to: random.bytes(16))
        #expect(throws: EV2Authentication.Failure.wrongKey) {
            try reader.session(from: random.bytes(32))
        }
        #expect(throws: EV2Authentication.Failure.malformed) {
            try reader.session(from: random.bytes(31))
        }
    }

    private static func session(
        reader: AESKey, tag: AESKey, _ random: inout SplitMix64
    ) throws -> EV2Authentication.Session? {
        var tagSide = EV2Tag(key: tag)
        var readerSide = EV2Authentication(key: reader, random: random.bytes(16))
        let answer = try readerSide.answer(to: tagSide.challenge(random: random.bytes(16)))
        guard let proof = tagSide.proof(for: answer, transaction: random.bytes(4)) else {
            return nil
        }
        return try readerSide.session(from: proof)
    }
}
