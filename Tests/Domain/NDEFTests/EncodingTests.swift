import Foundation
import ScanTesting
import Testing

@testable import NDEF

@Suite struct EncodingTests {
    static let uris: [(uri: String, payload: String)] = [
        ("https://www.example.org", "026578616D706C652E6F7267"),
        ("https://a.example/", "04612E6578616D706C652F"),
        ("urn:epc:id:sgtin:1", "1E736774696E3A31"),
        ("tel:1", "0531"),
        ("LOC-A1", "004C4F432D4131"),
    ]

    @Test(arguments: uris)
    func aURIIsShortenedByTheLongestBeginning(uri: String, payload: String) {
        let hex = NDEFRecord.uri(uri).payload.map { String(format: "%02X", $0) }.joined()
        #expect(hex == payload)
    }

    /// Whatever is written is read back as the same records.
    @Test(arguments: UInt64(0)..<100)
    func whatIsEncodedIsDecoded(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let letters = Array("abcäöü€ /:.-0123456789").map(String.init)
        let records = (0..<random.below(5) + 1).map { index in
            let text = random.picks(random.below(400) + 1, from: letters).joined()
            let beginning = random.pick(["https://", "urn:epc:", "ftp://", ""])
            return index.isMultiple(of: 2) ? NDEFRecord.uri(beginning + text) : .text(text)
        }
        let message = NDEFMessage(records: records)
        #expect(try NDEFMessage(decoding: message.encoded) == message, "seed \(seed)")
    }

    static let sayings: [(rule: String, records: [NDEFRecord], saying: String?)] = [
        ("nothing", [], nil),
        ("a text", [.text("A")], "A"),
        ("a URI before a text", [.text("A"), .uri("urn:a")], "urn:a"),
        ("the first of two", [.uri("urn:a"), .uri("urn:b")], "urn:a"),
        ("not an empty one", [.uri(""), .text(""), .text("B")], "B"),
    ]

    @Test(arguments: sayings)
    func aMessageSaysOneThing(rule: String, records: [NDEFRecord], saying: String?) {
        #expect(NDEFMessage(records: records).saying == saying, "\(rule)")
    }
}
