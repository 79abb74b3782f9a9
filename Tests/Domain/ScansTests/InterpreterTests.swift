import Barcodes
import GS1
import Replication
import ScanTesting
import Scans
import Testing

@Suite struct InterpreterTests {
    enum Expected: Equatable {
        case item(String, aim: String)
        case place(String)
        case serial(String)
        case rejected(String)
    }

    static let meanings: [(rule: String, text: String, expected: Expected)] = [
        ("anything is an item", "ABC-1", .item("ABC-1", aim: "")),
        ("case and zeros are kept", "00aBc", .item("00aBc", aim: "")),
        ("spaces are kept", " A ", .item(" A ", aim: "")),
        ("GS is kept", "10A\u{1D}21B", .item("10A\u{1D}21B", aim: "")),
        ("13 right digits are a GTIN", "4006381333931", .item("04006381333931", aim: "")),
        ("12 too", "036000291452", .item("00036000291452", aim: "")),
        ("8 too", "73513537", .item("00000073513537", aim: "")),
        ("14 too", "10614141000415", .item("10614141000415", aim: "")),
        ("13 wrong ones are text", "4006381333930", .item("4006381333930", aim: "")),
        ("7 digits are text", "0001230", .item("0001230", aim: "")),
        ("EAN-13 by its name", "]E04006381333931", .item("04006381333931", aim: "]E0")),
        ("UPC-A by its name", "]E0036000291452", .item("00036000291452", aim: "]E0")),
        ("UPC-E by its name", "]E001234505", .item("00012000003455", aim: "]E0")),
        ("UPC-E without its ends", "]E0123450", .item("00012000003455", aim: "]E0")),
        ("EAN-8 by its name", "]E473513537", .item("00000073513537", aim: "]E4")),
        ("an add-on is no part of it", "]E3400638133393112", .item("04006381333931", aim: "]E3")),
        ("nor one of five", "]E3400638133393112345", .item("04006381333931", aim: "]E3")),
        ("nor on UPC-A", "]E303600029145212", .item("00036000291452", aim: "]E3")),
        ("nor on UPC-E", "]E30123450512", .item("00012000003455", aim: "]E3")),
        ("a wrong EAN-13 is refused", "]E04006381333930", .rejected("check-digit")),
        ("a wrong UPC-A is", "]E0036000291453", .rejected("check-digit")),
        ("a wrong UPC-E is", "]E001234506", .rejected("check-digit")),
        ("a wrong EAN-8 is", "]E473513536", .rejected("check-digit")),
        ("an EAN-8 of 13 digits is", "]E44006381333931", .rejected("check-digit")),
        ("an EAN-13 of 11 digits is", "]E003600029145", .rejected("check-digit")),
        ("letters in an EAN are", "]E01234ABC890123", .rejected("check-digit")),
        ("letters in its add-on are", "]E34006381333931XY", .rejected("check-digit")),
        ("an add-on alone is", "]E112", .rejected("add-on-only")),
        ("ITF-14, checked", "]I110614141000415", .item("10614141000415", aim: "]I1")),
        ("ITF-14, checked and wrong", "]I110614141000416", .rejected("check-digit")),
        ("ITF-14, unchecked", "]I010614141000415", .item("10614141000415", aim: "]I0")),
        ("unchecked and wrong is text", "]I010614141000416", .item("10614141000416", aim: "]I0")),
        ("other ITF is text", "]I1070429", .item("070429", aim: "]I1")),
        ("a GTIN in Code 128", "]C04006381333931", .item("04006381333931", aim: "]C0")),
        ("a GTIN in GS1-128", "]C10104006381333931", .item("04006381333931", aim: "]C1")),
        ("GS1 data needs an identifier", "]C1ABC", .rejected("unknown-ai")),
        ("an unknown identifier is data", "]y9ABC", .item("]y9ABC", aim: "")),
        ("so is a lone bracket", "]", .item("]", aim: "")),
        ("a place by its prefix", "LOC-A1", .place("LOC-A1")),
        ("with an identifier", "]C0LOC-A1", .place("LOC-A1")),
        ("the prefix alone is an item", "LOC-", .item("LOC-", aim: "")),
        ("in other case too", "loc-A1", .item("loc-A1", aim: "")),
        ("a combining mark hides nothing", "LOC-\u{301}", .place("LOC-\u{301}")),
        ("a serial by its prefix", "SN-0001", .serial("SN-0001")),
        ("nothing is nothing", "", .rejected("empty")),
        ("an identifier alone is", "]E0", .rejected("empty")),
        ("spaces are", "   ", .rejected("empty")),
        ("GS alone is", "\u{1D}", .rejected("empty")),
        ("what can't be seen is", "\u{200B}\u{FEFF}", .rejected("empty")),
        ("no NUL", "A\u{0}B", .rejected("control-character")),
        ("no ESC", "\u{1B}[2J", .rejected("control-character")),
        ("no CR", "ABC\r", .rejected("control-character")),
        ("no DEL", "A\u{7F}", .rejected("control-character")),
        ("no C1 control", "A\u{9B}31m", .rejected("control-character")),
        ("not in an identifier's place", "]E\u{7}", .rejected("control-character")),
        ("RS is none of GS", "A\u{1E}B", .rejected("control-character")),
    ]

    static let measured:
        [(rule: String, text: String, item: String, told: String, quantity: Int64?)] = [
            ("a price", "2212345004996", "02212345000005", "price 499/2", nil),
            (
                "without its measure it is the article", "2212345000004", "02212345000005",
                "price 0/2", nil
            ),
            ("a weight", "2112345012343", "02112345000008", "weight 1234/3", nil),
            ("a count is so many pieces", "2312345000127", "02312345000002", "count 12/0", 12),
            ("another prefix is an item", "2412345004990", "02412345004991", "", nil),
            ("UPC is read without its zeros", "4006381333931", "04006381333931", "", nil),
        ]

    @Test(arguments: measured)
    func readsTheShopsOwnNumbers(
        rule: String, text: String, item: String, told: String, quantity: Int64?
    ) throws {
        let checked = String(text.dropLast()) + String(CheckDigit.following(text.dropLast()) ?? 0)
        let rules = InterpretationRules(
            measurePatterns: ["22IIIIIPPP.PPC", "21IIIIIWW.WWWC", "23IIIIIQQQQQC"])
        guard case .scan(let scan) = Self.interpret(.keystrokes(checked), rules: rules) else {
            Issue.record("rejected")
            return
        }
        #expect(scan.meaning == .item(ItemCode(item)))
        #expect(scan.quantity == quantity)
        let value = scan.measure?.value
        let measure = scan.measure.map {
            "\($0.kind) \(value?.coefficient ?? -1)/\(value?.decimals ?? -1)"
        }
        #expect(measure ?? "" == told)
    }

    @Test(arguments: [
        ("9912345678903", true), ("9811234567899", true), ("9851234567895", false),
        ("512345678900", true), ("4006381333931", false),
    ])
    func coupons(text: String, isCoupon: Bool) {
        let code = String(text.dropLast()) + String(CheckDigit.following(text.dropLast()) ?? 0)
        let refusing = InterpretationRules(coupons: .refuse)
        #expect(Self.rejection(.keystrokes(code), rules: .init()) == nil)
        #expect(
            Self.rejection(.keystrokes(code), rules: refusing)?.code == (isCoupon ? "coupon" : nil))
    }

    @Test(arguments: meanings)
    func understands(rule: String, text: String, expected: Expected) {
        #expect(Self.meaning(of: Self.interpret(.code(Array(text.utf8)))) == expected)
        #expect(Self.meaning(of: Self.interpret(.keystrokes(text))) == expected)
    }

    @Test func refusesWhatIsNotUTF8() {
        let rejection = Self.rejection(.code([0x41, 0xE4, 0x1B]))
        #expect(rejection?.code == "not-text")
        #expect(rejection?.text == "A\\xE4␛")
    }

    @Test func namesTheControlCharacterAndItsPosition() {
        let rejection = Self.rejection(.code(Array("AB\u{1B}[2J".utf8)))
        #expect(rejection?.message.contains("Character 3 of this code is ESC (U+001B)") == true)
        #expect(rejection?.text == "AB␛[2J")
    }

    @Test func allowsTheLimitAndNotOneMore() {
        let rules = InterpretationRules(lengthLimitBytes: 8)
        let allowed = Self.interpret(.keystrokes("ABCDEFé"), rules: rules)
        #expect(Self.meaning(of: allowed) == .item("ABCDEFé", aim: ""))
        #expect(Self.rejection(.keystrokes("ABCDEFGé"), rules: rules)?.code == "too-long")
    }

    /// A name that the hub would refuse is refused where somebody can scan another.
    @Test(arguments: ["", "LOC-", "SN-"])
    func namesHaveALimit(prefix: String) {
        let limit = OperationKind.codeLimitBytes
        let longest = prefix + String(repeating: "7", count: limit - prefix.utf8.count)
        #expect(Self.rejection(.keystrokes(longest), rules: .init()) == nil)
        let rejection = Self.rejection(.keystrokes(longest + "7"), rules: .init())
        #expect(rejection?.code == "too-long")
        #expect(rejection?.message.contains("513 bytes") == true)
        #expect(Self.rejection(.keystrokes("]C0" + longest), rules: .init()) == nil)
    }

    @Test func aPlaceInACommandHasTheSameLimit() {
        let command = "%SS:PLACE:" + String(repeating: "L", count: OperationKind.codeLimitBytes)
        #expect(Self.rejection(.keystrokes(command), rules: .init()) == nil)
        #expect(Self.rejection(.keystrokes(command + "L"), rules: .init())?.code == "bad-command")
    }

    static let handlings: [(InterpretationRules.AIMHandling, String, Expected)] = [
        (.auto, "]C0ABC", .item("ABC", aim: "]C0")),
        (.always, "]C0ABC", .item("ABC", aim: "]C0")),
        (.always, "]y9ABC", .item("ABC", aim: "]y9")),
        (.always, "ABC", .rejected("aim-missing")),
        (.always, "]C", .rejected("aim-missing")),
        (.always, "", .rejected("empty")),
        (.never, "]C0ABC", .item("]C0ABC", aim: "")),
        (.never, "]E04006381333930", .item("]E04006381333930", aim: "")),
    ]

    @Test(arguments: handlings)
    func stripsAsTheRulesSay(
        aim: InterpretationRules.AIMHandling, text: String, expected: Expected
    ) {
        let result = Self.interpret(.keystrokes(text), rules: InterpretationRules(aim: aim))
        #expect(Self.meaning(of: result) == expected)
    }

    static let told: [(aim: String, text: String, expected: Expected)] = [
        ("]E0", "4006381333931", .item("04006381333931", aim: "]E0")),
        ("]E0", "4006381333930", .rejected("check-digit")),
        ("]C0", "]E0X", .item("]E0X", aim: "]C0")),
        ("]y9", "ABC", .item("ABC", aim: "]y9")),
        ("\u{1B}[2", "ABC", .item("ABC", aim: "")),
        ("", "]C0ABC", .item("ABC", aim: "]C0")),
    ]

    @Test(arguments: told)
    func takesTheDevicesWordForTheSymbology(aim: String, text: String, expected: Expected) {
        let result = Self.interpret(.keystrokes(text), aim: aim)
        #expect(Self.meaning(of: result) == expected)
    }

    @Test func namesTheSymbology() {
        guard case .scan(let scan) = Self.interpret(.keystrokes("]E0036000291452")) else {
            return #expect(Bool(false))
        }
        #expect(scan.symbology == .upcA)
        #expect(scan.text == "036000291452")
    }

    /// Whatever is read, an answer comes, and nothing raw is in what people see.
    @Test(arguments: UInt64(0)..<200)
    func answersAnything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<50 {
            let bytes = random.bytes(below: 24)
            let aim = random.chance(30) ? random.text(below: 5) : nil
            let payload: Payload =
                random.chance(50) ? .code(bytes) : .keystrokes(random.text(below: 24))
            switch Self.interpret(payload, aim: aim) {
            case .scan(let scan):
                #expect(!scan.text.isEmpty, "seed \(seed)")
                #expect(
                    !scan.text.unicodeScalars.contains(where: SplitMix64.isNoise), "seed \(seed)")
                #expect(scan.aim.utf8.allSatisfy { $0 < 0x80 }, "seed \(seed)")
            case .rejected(let rejection):
                let shown = rejection.message + rejection.text
                #expect(!shown.unicodeScalars.contains(where: SplitMix64.isRaw), "seed \(seed)")
                #expect(rejection.text.unicodeScalars.count <= 24 * 10, "seed \(seed)")
            }
        }
    }

    static func interpret(
        _ payload: Payload, aim: String? = nil, rules: InterpretationRules = .init()
    ) -> Interpretation {
        let time = CaptureTime(wallMicroseconds: 0, monotonicMicroseconds: 0)
        return Interpreter(rules: rules).interpret(
            Capture(device: "scanner", payload: payload, aim: aim, time: time))
    }

    static func rejection(
        _ payload: Payload, rules: InterpretationRules = .init()
    ) -> Rejection? {
        if case .rejected(let rejection) = interpret(payload, rules: rules) {
            rejection
        } else {
            nil
        }
    }

    static func meaning(of interpretation: Interpretation) -> Expected? {
        switch interpretation {
        case .rejected(let rejection): .rejected(rejection.code)
        case .scan(let scan):
            switch scan.meaning {
            case .item(let item, _): .item(item.rawValue, aim: scan.aim)
            case .place(let place): .place(place.rawValue)
            case .serial(let serial): .serial(serial.rawValue)
            case .command: nil
            }
        }
    }
}
