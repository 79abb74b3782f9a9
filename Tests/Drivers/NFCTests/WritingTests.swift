import EmulatedNFC
import NDEF
import ScanTesting
import Testing

@testable import NFC

@Suite struct WritingTests {
    private static let message = NDEFMessage(records: [
        .uri("https://id.example.org/01/09506000134352")
    ])

    @Test(arguments: [
        "ultralight", "ntag213", "ntag215:text=OLD", "type4", "type4:text=OLD", "felica",
    ])
    func whatIsWrittenIsReadBack(kind: String) throws {
        let bench = try WritingBench(kind)
        try bench.tag().write(Self.message, locks: false)
        #expect(try bench.tag().contents().message == Self.message)
        try bench.tag().write(NDEFMessage(records: [.text("short")]), locks: false)
        #expect(try bench.tag().contents().message?.saying == "short")
    }

    @Test(arguments: ["ultralight", "ntag213", "ntag215", "ntag216", "felica"])
    func aLockedTagStaysAsItIs(kind: String) throws {
        let bench = try WritingBench(kind)
        try bench.tag().write(Self.message, locks: true)
        #expect(throws: WritingFailure.locked) {
            try bench.tag().write(NDEFMessage(records: [.text("later")]), locks: false)
        }
        #expect(try bench.tag().contents().message == Self.message)
    }

    @Test func aMessageAtTheLimitFitsAndOneByteMoreDoesNot() throws {
        let bench = try WritingBench("ultralight")
        // 48 bytes, of which tag, length, header, type and language take nine.
        let most = NDEFMessage(records: [.text(String(repeating: "x", count: 39))])
        try bench.tag().write(most, locks: false)
        #expect(try bench.tag().contents().message == most)
        let more = NDEFMessage(records: [.text(String(repeating: "x", count: 40))])
        #expect(throws: WritingFailure.tooSmall(47, 46)) {
            try bench.tag().write(more, locks: false)
        }
        #expect(try bench.tag().contents().message == most)
    }

    /// However early it is torn away, what is said of the tag is true, and no part is a message.
    @Test(arguments: ["ntag213:text=OLD", "type4:text=OLD", "felica:text=OLD"])
    func aTornWriteSaysWhatIsOnTheTag(kind: String) throws {
        var codes: Set<WritingFailure.Remainder?> = []
        for exchanges in [0, 2, 4, 5, 6, 8, 11, 20] {
            let bench = try WritingBench(kind)
            let tag = try bench.tag()
            bench.reader.tearAway("tag", after: exchanges)
            var remainder: WritingFailure.Remainder?
            do throws(WritingFailure) { try tag.write(Self.message, locks: false) } catch {
                remainder = error.remainder
            }
            codes.insert(remainder)
            try Self.check(remainder, bench)
        }
        #expect(codes.contains(.unchanged))
        #expect(codes.contains(.empty) || codes.contains(.unknown))
        #expect(codes.contains(nil) || codes.contains(.written))
    }

    private static func check(
        _ remainder: WritingFailure.Remainder?, _ bench: WritingBench
    ) throws {
        bench.reader.putBack("tag")
        let contents = try bench.tag().contents()
        let saying = contents.message?.saying
        switch remainder {
        case .unchanged: #expect(saying == "OLD")
        case .written, nil: #expect(contents.message == message)
        case .empty: #expect(saying == nil)
        case .unknown: #expect(saying == nil || saying == "OLD" || contents.message == message)
        }
    }

    @Test(arguments: LinkFault.ofTheLink)
    func aFaultOfTheWireIsOvercome(fault: LinkFault) throws {
        let bench = try WritingBench("ntag213:text=OLD")
        let tag = try bench.tag()
        bench.reader.spoil(fault, command: EmulatedCommand.exchange)
        try tag.write(Self.message, locks: false)
        #expect(try bench.tag().contents().message == Self.message)
    }
}

/// An emulated reader with one tag, and a desk that reads and writes it.
final class WritingBench {
    let reader: EmulatedReader
    private let folder: TemporaryFolder
    private let desk: TagDesk

    init(_ specification: String) throws {
        folder = try TemporaryFolder()
        reader = try EmulatedReader(path: folder.path("reader"))
        reader.place(try TagSpecification(specification).tag, as: "tag")
        desk = try TagDesk(node: reader.path)
    }

    func tag() throws -> PresentTag {
        try #require(try desk.awaitTag(for: .seconds(5)))
    }
}
