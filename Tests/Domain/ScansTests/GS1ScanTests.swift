import GS1
import Replication
import ScanTesting
import Scans
import Testing

/// Numbers of the examples in GS1's General Specifications and Digital Link standard.
@Suite struct GS1ScanTests {
    static let meanings: [(rule: String, text: String, meaning: Meaning, quantity: Int64?)] = [
        ("a GTIN is an item", "]C10109521234543213", .item("09521234543213"), nil),
        ("in Data Matrix", "]d20109521234543213", .item("09521234543213"), nil),
        ("in QR", "]Q30109521234543213", .item("09521234543213"), nil),
        ("in DataBar", "]e00109521234543213", .item("09521234543213"), nil),
        ("in DotCode", "]J10109521234543213", .item("09521234543213"), nil),
        (
            "with a lot", "]C1010952123454321310ABC123",
            .item("09521234543213", lot: "ABC123"), nil
        ),
        (
            "and a serial number it is one piece", "]C1010952123454321321S/7",
            .serial("01/09521234543213/21/S%2F7"), nil
        ),
        (
            "whatever lot it is of", "]d2010952123454321310L1\u{1D}21S7",
            .serial("01/09521234543213/21/S7"), nil
        ),
        ("dates are facts", "]C101095212345432131530123117301231", .item("09521234543213"), nil),
        ("weights are facts", "]C101995212345432163103000195", .item("99521234543216"), nil),
        (
            "pieces of a varying package count", "]C101995212345432163012", .item("99521234543216"),
            12
        ),
        ("so does what a pallet holds", "]C102095212345432133748", .item("09521234543213"), 48),
        (
            "beside its SSCC too", "]C10010614141234567890802095212345432133748\u{1D}10L1",
            .item("09521234543213", lot: "L1"), 48
        ),
        ("an SSCC is a unit", "]C100106141412345678908", .serial("00/106141412345678908"), nil),
        (
            "a GRAI with a number", "]C18003095212345432131234", .serial("8003/095212345432131234"),
            nil
        ),
        ("a GIAI", "]C180049521234ABC", .serial("8004/9521234ABC"), nil),
        ("a GLN is a place", "]C14149521234543213", .place("414/9521234543213"), nil),
        (
            "with its extension", "]C14149521234543213254B-1",
            .place("414/9521234543213/254/B-1"), nil
        ),
        (
            "a Digital Link", "https://id.gs1.org/01/09506000134352/10/ABC?17=301231",
            .item("09506000134352", lot: "ABC"), nil
        ),
        (
            "in any symbology, in any case", "]Q1HTTPS://EXAMPLE.COM/01/09506000134352/21/12345",
            .serial("01/09506000134352/21/12345"), nil
        ),
    ]

    @Test(arguments: meanings)
    func understands(rule: String, text: String, meaning: Meaning, quantity: Int64?) {
        let interpretation = InterpreterTests.interpret(.keystrokes(text))
        guard case .scan(let scan) = interpretation else {
            return #expect(Bool(false), "\(interpretation)")
        }
        #expect(scan.meaning == meaning)
        #expect(scan.quantity == quantity)
    }

    static let faults: [(text: String, code: String, beginning: String)] = [
        ("]C10109521234543214", "incorrect-check-digit", "Character 16: "),
        ("]C1010952123454321317301332", "illegal-month", "Character 21: "),
        ("]C1010952123454321317301232", "illegal-day", "Character 23: "),
        ("]C101095212345432139912\u{1D}0599", "unknown-ai", "Character "),
        ("]C1LOC-A1", "unknown-ai", "Character 1: "),
        ("]C110ABC", "missing-ai", "(10) needs (01)"),
        ("]C117301231", "missing-ai", "(17) needs (01)"),
        ("]C101095212345432133748", "excluded-ai", "(01) and (37)"),
        ("https://id.gs1.org/01/09506000134353", "incorrect-check-digit", "Character 37: "),
        ("https://id.gs1.org/01/09506000134352?17=301332", "illegal-month", "Character "),
    ]

    @Test(arguments: faults)
    func refusesWhatIsWrong(text: String, code: String, beginning: String) {
        let rejection = InterpreterTests.rejection(.keystrokes(text))
        #expect(rejection?.code == code)
        #expect(rejection?.message.hasPrefix(beginning) == true, "\(rejection?.message ?? "")")
    }

    static let plain = [
        "0109521234543213", "]C00109521234543213", "(01)09521234543213", "]Q1(01)09521234543213",
        "^0109521234543213", "106141412345678908", "https://example.com/shop/ABC",
        "https://example.com/2026/01/15/news", "https://example.com/01/index",
        "https://example.com/01/", "https://example.com/8018/abc", "https://", "http",
    ]

    @Test(arguments: plain)
    func whatIsNotGS1StaysText(text: String) {
        let code = text.hasPrefix("]") ? String(text.dropFirst(3)) : text
        guard case .scan(let scan) = InterpreterTests.interpret(.keystrokes(text)) else {
            return #expect(Bool(false))
        }
        #expect(scan.meaning == .item(ItemCode(code)))
        #expect(scan.elements == nil && scan.quantity == nil)
    }

    @Test func commandsAreReadInAnySymbology() {
        guard case .scan(let scan) = InterpreterTests.interpret(.keystrokes("]C1%SS:UNDO")) else {
            return #expect(Bool(false))
        }
        #expect(scan.meaning == .command(.undo))
    }

    /// A GS1 identifier makes any text a code of GS1's or a refusal, never a trap or plain text.
    @Test(arguments: UInt64(0)..<100)
    func answersAnything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = [
            "01", "09521234543213", "10", "L1", "\u{1D}", "21", "17", "301231", "00",
            "106141412345678908", "02", "37", "48", "414", "9521234543213", "254", "310", "é", "/",
        ]
        for _ in 0..<100 {
            let count = random.below(8)
            let text = (0..<count).map { _ in random.pick(pieces) }.joined()
            let aim = random.pick(["]C1", "]d2", "]Q3", "]e0", "]J1"])
            switch InterpreterTests.interpret(.keystrokes(text), aim: aim) {
            case .scan(let scan): #expect(scan.elements != nil, "seed \(seed)")
            case .rejected(let rejection):
                let isShown = !rejection.message.unicodeScalars.contains(where: SplitMix64.isRaw)
                #expect(isShown && !rejection.code.isEmpty, "seed \(seed)")
            }
            let link = "https://id.gs1.org/" + text
            _ = InterpreterTests.interpret(.keystrokes(link))
        }
    }
}
