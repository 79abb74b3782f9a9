import DriverKit
import ScanTesting
import Testing

@Suite struct LineFramerTests {
    typealias Step = LineFramer.Step

    static let rules: [(rule: String, framing: Framing, sent: String, steps: [Step])] = [
        (
            "auto takes CR", .auto, "12\r34\r",
            [line("12", .carriageReturn), line("34", .carriageReturn)]
        ),
        ("auto takes LF", .auto, "12\n", [line("12", .lineFeed)]),
        (
            "auto takes CRLF once", .auto, "12\r\n34\r\n",
            [line("12", .carriageReturn), line("34", .carriageReturn)]
        ),
        ("auto takes Tab", .auto, "12\t", [line("12", .tab)]),
        ("no line, no scan", .auto, "\r\n\t\r", []),
        (
            "CR alone: LF and Tab are data", .carriageReturn, "1\n2\t3\r",
            [line("1\n2\t3", .carriageReturn)]
        ),
        ("LF alone: CR is data", .lineFeed, "1\r2\n", [line("1\r2", .lineFeed)]),
        ("Tab alone: CR is data", .tab, "1\r2\t", [line("1\r2", .tab)]),
        ("CRLF: CR alone is data", .carriageReturnLineFeed, "1\r2\r\n", [line("1\r2", .both)]),
        ("CRLF: LF alone is data", .carriageReturnLineFeed, "1\n2\r\n", [line("1\n2", .both)]),
        ("CRLF: a second CR is data", .carriageReturnLineFeed, "1\r\r\n", [line("1\r", .both)]),
        (
            "STX begins and ETX ends", .stxEtx, "x\u{2}12\u{3}y\u{2}\r\u{3}",
            [line("12", .etx), line("\r", .etx)]
        ),
        (
            "a second STX begins anew", .stxEtx, "\u{2}12\u{2}34\u{3}",
            [.discarded(.unfinished), line("34", .etx)]
        ),
        ("silence alone: all is data", .quietGap, "1\r\n\t2", []),
        (
            "NUL, GS and escapes stay", .auto, "\0\u{1D}\u{1B}[2J\r",
            [line("\0\u{1D}\u{1B}[2J", .carriageReturn)]
        ),
        ("the limit is allowed", .auto, "12345678\r", [line("12345678", .carriageReturn)]),
        (
            "one more is not", .auto, "123456789abc\r1\r",
            [.discarded(.tooLong(limitBytes: 8)), line("1", .carriageReturn)]
        ),
        (
            "nor in STX", .stxEtx, "\u{2}123456789\u{3}\u{2}1\u{3}",
            [.discarded(.tooLong(limitBytes: 8)), line("1", .etx)]
        ),
        (
            "nor by a CR that is data", .carriageReturnLineFeed, "12345678\rx\r\n1\r\n",
            [.discarded(.tooLong(limitBytes: 8)), line("1", .both)]
        ),
    ]

    @Test(arguments: rules)
    func obeys(rule: String, framing: Framing, sent: String, steps: [Step]) {
        var framer = LineFramer(framing: framing, lengthLimit: 8)

        #expect(framer.push(sent.utf8) == steps, "\(rule)")
    }

    @Test(arguments: Framing.allCases)
    func silenceEndsALineOrTearsIt(framing: Framing) {
        var framer = LineFramer(framing: framing)
        #expect(framer.push("\u{2}12".utf8) == [])
        #expect(framer.isHoldingLine)

        switch framing {
        case .auto, .quietGap: #expect(framer.quiet() == Self.line("\u{2}12", .quietGap))
        default: #expect(framer.quiet() == .discarded(.unfinished))
        }
        #expect(!framer.isHoldingLine)
        #expect(framer.quiet() == nil)
    }

    @Test(arguments: Framing.allCases)
    func theEndTearsALine(framing: Framing) {
        var framer = LineFramer(framing: framing)
        _ = framer.push("\u{2}12".utf8)

        #expect(framer.finish() == .discarded(.unfinished))
        #expect(framer.finish() == nil)
    }

    @Test func brokenTextStaysAsItCame() {
        var framer = LineFramer(framing: .auto)
        let bytes: [UInt8] = [0xC3, 0x28, 0xFF, 0xFE, 0x00, 0x80]

        #expect(framer.push(bytes + [0x0D]) == [.line(bytes, .carriageReturn)])
    }

    @Test func aMegabyteIsThrownAwayOnceAndTheNextLineComes() {
        var framer = LineFramer(framing: .auto)
        let flood = [UInt8](repeating: 0x31, count: 1 << 20)

        let steps = framer.push(flood) + framer.push("\rnext\r".utf8)

        #expect(
            steps == [.discarded(.tooLong(limitBytes: 8192)), Self.line("next", .carriageReturn)])
    }

    /// However the bytes are cut into pieces, the same lines come out.
    @Test(arguments: UInt64(0)..<200)
    func anyCutsGiveTheSameLines(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let framing = random.pick(Framing.allCases)
        let alphabet: [UInt8] = [0x31, 0x32, 0x0D, 0x0A, 0x09, 0x02, 0x03, 0x00, 0xFF]
        let bytes = (0..<300).map { _ in random.pick(alphabet) }
        var whole = LineFramer(framing: framing, lengthLimit: 12)
        var cut = LineFramer(framing: framing, lengthLimit: 12)

        var steps: [Step] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...7, using: &random)
            steps += cut.push(rest.prefix(count))
            rest = rest.dropFirst(count)
        }

        #expect(steps == whole.push(bytes), "seed \(seed)")
        #expect(cut.finish() == whole.finish(), "seed \(seed)")
    }

    private static func line(_ text: String, _ ending: LineTrace.Ending) -> Step {
        .line(Array(text.utf8), ending)
    }
}
