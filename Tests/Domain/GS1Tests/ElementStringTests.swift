import Testing

@testable import GS1

@Suite struct ElementStringTests {
    static let unbracketed: [(rule: String, text: String, bracketed: String)] = [
        ("FNC1 may be left out in front", "0104006381333931", "(01)04006381333931"),
        ("GS separates", "10AB\u{1D}21C", "(10)AB(21)C"),
        ("GS may stand in front", "\u{1D}10AB\u{1D}21C", "(10)AB(21)C"),
        ("so may a caret, which then separates", "^10AB^21C", "(10)AB(21)C"),
        ("a separator at the end is passed over", "10AB\u{1D}", "(10)AB"),
        ("so is one after a fixed length", "11270228\u{1D}10A", "(11)270228(10)A"),
        ("the same twice is no contradiction", "10A\u{1D}10A", "(10)A(10)A"),
        ("a bracket in a value is escaped", "10A(1)", "(10)A\\(1)"),
        ("a coupon is taken", "8110012345612345611110123", "(8110)012345612345611110123"),
    ]

    @Test(arguments: unbracketed)
    func readsUnbracketed(rule: String, text: String, bracketed: String) throws {
        let string = try ElementString(unbracketed: text)
        #expect(string.bracketed == bracketed)
        #expect(try ElementString(bracketed: bracketed) == string)
    }

    static let faults: [(rule: String, text: String, code: FaultCode, position: Int)] = [
        ("nothing is no code", "", .empty, 0),
        ("FNC1 alone is no code", "^", .empty, 1),
        ("89 is no identifier", "^1127022889X", .unknownAI, 9),
        ("nor is one digit", "1", .unknownAI, 0),
        ("nor is what ends too soon", "310", .unknownAI, 0),
        ("nor is nothing between separators", "10A\u{1D}\u{1D}21B", .unknownAI, 4),
        ("a caret is data among GS", "10A^B", .invalidCSET82Character, 3),
        ("the check digit counts", "0104006381333932", .incorrectCheckDigit, 15),
        ("a value may be cut off", "01040063813339", .aiDataTooShort, 2),
        ("or cut off by FNC1", "010400638133\u{1D}10A", .aiDataTooShort, 2),
        ("or empty", "10\u{1D}21B", .aiDataTooShort, 2),
        ("or too long", "10123456789012345678901", .aiDataTooLong, 22),
        ("the month counts", "17271300", .illegalMonth, 4),
        ("so does the day, if not 00", "17270230", .illegalDay, 6),
        ("letters of other scripts are no digits", "1１２", .unknownAI, 0),
        ("bytes of UTF-8 are counted", "10é", .invalidCSET82Character, 2),
        ("one identifier has one value", "10A\u{1D}10B", .conflictingAI, 6),
    ]

    @Test(arguments: faults)
    func refusesUnbracketed(rule: String, text: String, code: FaultCode, position: Int) {
        let fault = #expect(throws: SyntaxFault.self) { try ElementString(unbracketed: text) }
        #expect(fault?.code == code)
        #expect(fault?.position == position)
    }

    static let bracketFaults: [(rule: String, text: String, code: FaultCode, position: Int)] = [
        ("nothing is no code", "", .empty, 0),
        ("data needs an identifier", "AB(10)C", .malformedBrackets, 0),
        ("brackets close", "(10", .malformedBrackets, 0),
        ("in brackets stand digits", "(1O)A", .unknownAI, 1),
        ("and not too many", "(00010)A", .unknownAI, 1),
        ("a value follows", "(10)(21)B", .aiDataTooShort, 4),
        ("the value is checked", "(01)04006381333932", .incorrectCheckDigit, 17),
        ("escapes are counted", "(10)\\(\\(A~", .invalidCSET82Character, 9),
    ]

    @Test(arguments: bracketFaults)
    func refusesBracketed(rule: String, text: String, code: FaultCode, position: Int) {
        let fault = #expect(throws: SyntaxFault.self) { try ElementString(bracketed: text) }
        #expect(fault?.code == code)
        #expect(fault?.position == position)
    }

    @Test func writesSeparatorsWhereNeeded() throws {
        let string = try ElementString(bracketed: "(01)04006381333931(10)A(17)270228(21)B")
        #expect(string.unbracketed(separator: "^") == "^010400638133393110A^1727022821B")
        #expect(string.unbracketed() == "\u{1D}010400638133393110A\u{1D}1727022821B")
    }

    static let messages: [(text: String, message: String)] = [
        (
            "(01)04006381333935",
            "The check digit of the GTIN (01) is 5 but should be 1: it was misread or mistyped."
        ),
        (
            "(8003)04006381333932A",
            "The check digit of the GRAI (8003) is 2 but should be 1: it was misread or mistyped."
        ),
        ("(01)123", "The GTIN (01) has 3 characters, but needs exactly 14."),
        ("(37)1X", "Character 2 of the COUNT (37) is \"X\". Only digits may stand there."),
        ("(17)271301", "\"13\" in the USE BY or EXPIRY (17) is no month."),
        ("(17)270230", "\"30\" in the USE BY or EXPIRY (17) is no day of that month."),
        (
            "(10)\u{1B}[2J",
            "Character 1 of the BATCH/LOT (10) is \"<1B>\". GS1 permits no such character there."
        ),
        ("(422)000", "\"000\" in the ORIGIN (422) is no country code of ISO 3166."),
        (
            "(8110)01",
            "The coupon (8110) is damaged or incomplete: truncated gcp."
        ),
    ]

    @Test(arguments: messages)
    func explainsItself(text: String, message: String) {
        let fault = #expect(throws: SyntaxFault.self) { try ElementString(bracketed: text) }
        #expect(fault?.message == message)
    }

    static let associations: [(text: String, messages: [String])] = [
        ("(01)04006381333931(10)A", []),
        ("(10)A", ["(10) needs (01) or (02) or (03) or (8006) or (8026) beside it."]),
        (
            "(01)04006381333931(37)2",
            [
                "(01) and (37) can't mark the same thing.",
                "(37) needs (00) with (02) or (00) with (8026) beside it.",
            ]
        ),
        ("(01)04006381333931(3100)000001(3101)000001", ["(3100) and (3101)", "(3101) and (3100)"]),
        ("(01)04006381333931(3103)000195", []),
    ]

    @Test(arguments: associations)
    func findsOddCompany(text: String, messages: [String]) throws {
        let faults = try ElementString(bracketed: text).associationFaults
        #expect(faults.count == messages.count)
        for (fault, message) in zip(faults, messages) {
            #expect(fault.message.hasPrefix(message))
        }
    }
}
