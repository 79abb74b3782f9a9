import LocalAPI
import ScanTesting
import Testing

@Suite struct ServerSentEventTests {
    static let samples = [
        ServerSentEvent(id: "7", name: "intake", data: #"{"a":1}"#),
        ServerSentEvent(name: "refused", data: "x: y"),
    ]

    /// However the bytes are cut, the same events come out.
    @Test(arguments: UInt64(0)..<20)
    func cutsChangeNothing(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let bytes = Array((": hello\n\n" + Self.samples.map(\.text).joined()).utf8)
        var reader = ServerSentEventReader()
        var events: [ServerSentEvent] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...rest.count, using: &random)
            events += reader.push(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        #expect(events == Self.samples)
    }

    @Test(arguments: [0, 1])
    func aLineIsCutAtItsLimit(beyond: Int) {
        var reader = ServerSentEventReader()
        let room = ServerSentEventReader.lineLimitBytes - "data: ".utf8.count
        let text = String(repeating: "x", count: room + beyond)
        #expect(reader.push("data: \(text)\n\n".utf8).map(\.data.utf8.count) == [room])
    }

    static let parts = ["a b", "ä/ö?&=#%", "", "100%", "%2", "\u{1D}"]

    @Test(arguments: parts)
    func aPartOfAnAddressSurvives(text: String) {
        #expect(text.urlPart.plainURLPart == text)
    }
}
