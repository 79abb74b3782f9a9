import Testing

@testable import Hub

@Suite struct EventReaderTests {
    static let text = """
        : hello\n
        id: 7\nevent: operation\ndata: {"a":1}\n
        : quiet\n
        id: 8\r\ndata:{"a": "b: c"}\r\n\r\n
        """

    /// However a connection cuts the bytes, the same events come out.
    @Test(arguments: 1...Self.text.utf8.count)
    func findsEventsInPieces(length: Int) throws {
        var reader = EventReader()
        var events: [EventReader.Event] = []
        let bytes = Array(Self.text.utf8)
        for start in stride(from: 0, to: bytes.count, by: length) {
            events += try reader.push(Array(bytes[start..<min(start + length, bytes.count)]))
        }
        #expect(events.map(\.id) == ["7", "8"])
        #expect(events.map(\.name) == ["operation", ""])
        #expect(events.map(\.data) == ["{\"a\":1}", "{\"a\": \"b: c\"}"])
    }

    @Test func limitsALine() throws {
        var reader = EventReader()
        let limit = EventReader.lineLimitBytes
        #expect(try reader.push([UInt8](repeating: 0x61, count: limit)).isEmpty)
        #expect(throws: EventReader.Failure.lineTooLong(limitBytes: limit)) {
            try reader.push([0x61])
        }
    }
}
