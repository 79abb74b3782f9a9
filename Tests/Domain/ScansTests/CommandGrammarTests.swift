import Replication
import Scans
import Testing

@Suite struct CommandGrammarTests {
    static let line = OperationID(
        incarnation: Incarnation(rawValue: 0xA1B2_C3D4_E5F6_0718), sequence: 42)

    static let codes: [(command: Command, text: String)] = [
        (.mode(.receive), "%SS:MODE:RECEIVE"), (.mode(.count), "%SS:MODE:COUNT"),
        (.mode(.move), "%SS:MODE:MOVE"), (.mode(.lookUp), "%SS:MODE:LOOK-UP"),
        (.place("LOC-a1"), "%SS:PLACE:LOC-a1"), (.place(" 7:8"), "%SS:PLACE: 7:8"),
        (.quantity(1), "%SS:QTY:1"), (.quantity(9999), "%SS:QTY:9999"),
        (.openBatch, "%SS:BATCH:OPEN"), (.closeBatch, "%SS:BATCH:CLOSE"),
        (.cancelBatch, "%SS:BATCH:CANCEL"), (.undo, "%SS:UNDO"),
        (.undoLine(line), "%SS:UNDO:a1b2c3d4e5f60718:42"),
    ]

    @Test(arguments: codes)
    func printsAndReadsBack(command: Command, text: String) {
        let grammar = CommandGrammar(prefix: "%SS:")
        #expect(grammar.text(for: command) == text)
        #expect(grammar.parse(text) == .command(command))
    }

    @Test(arguments: codes)
    func readsBackUnderAnyPrefix(command: Command, text: String) {
        let grammar = CommandGrammar(prefix: "^é/")
        #expect(grammar.parse(grammar.text(for: command)) == .command(command))
        #expect(grammar.parse(text) == .none)
    }

    static let tolerated: [(text: String, command: Command)] = [
        ("%ss:mode:receive", .mode(.receive)), ("%Ss:UnDo", .undo),
        ("%SS:place:LOC-a1", .place("LOC-a1")), ("%SS:QTY:0007", .quantity(7)),
        ("%SS:UNDO:A1B2C3D4E5F60718:42", .undoLine(line)),
    ]

    @Test(arguments: tolerated)
    func takesWordsInEitherCase(text: String, command: Command) {
        #expect(CommandGrammar(prefix: "%SS:").parse(text) == .command(command))
    }

    static let wrong: [(text: String, right: String)] = [
        ("%SS:", "stands MODE:"), ("%SS:FLY", "stands MODE:"), ("%SS:MODE:", "RECEIVE"),
        ("%SS:MODE:FLY", "LOOK-UP"), ("%SS:MODE:LOOKUP", "LOOK-UP"), ("%SS:PLACE:", "a place"),
        ("%SS:PLACE:outside", "not outside"), ("%SS:PLACE:shipped", "not outside"),
        ("%SS:QTY:", "1 to 9999"), ("%SS:QTY:0", "1 to 9999"), ("%SS:QTY:10000", "1 to 9999"),
        ("%SS:QTY:-1", "1 to 9999"), ("%SS:QTY:+1", "1 to 9999"), ("%SS:QTY:1.5", "1 to 9999"),
        ("%SS:QTY:٣", "1 to 9999"), ("%SS:QTY:00001", "1 to 9999"),
        ("%SS:BATCH:", "OPEN, CLOSE"), ("%SS:BATCH:SHUT", "OPEN, CLOSE"),
        ("%SS:UNDOX", "stands alone"), ("%SS:UNDO:", "an operation"),
        ("%SS:UNDO:42", "an operation"), ("%SS:UNDO:a1b2c3d4e5f60718:0", "an operation"),
        ("%SS:UNDO:a1b2c3d4e5f60718:+1", "an operation"),
        ("%SS:UNDO:a1b2c3d4e5f60718:18446744073709551616", "an operation"),
    ]

    @Test(arguments: wrong)
    func saysWhatWouldHaveBeenRight(text: String, right: String) {
        let rejection = InterpreterTests.rejection(.keystrokes(text))
        #expect(rejection?.code == "bad-command")
        #expect(rejection?.message.contains(right) == true, "\(rejection?.message ?? "taken")")
    }

    @Test func isOffWithoutAPrefix() {
        let rules = InterpretationRules(commandPrefix: "")
        let result = InterpreterTests.interpret(.keystrokes("MODE:COUNT"), rules: rules)
        #expect(InterpreterTests.meaning(of: result) == .item("MODE:COUNT", aim: ""))
    }

    @Test func goesBeforePlacesAndAfterTheIdentifier() {
        let rules = InterpretationRules(placePrefixes: ["%"])
        guard
            case .scan(let scan) = InterpreterTests.interpret(
                .keystrokes("]C0%SS:UNDO"), rules: rules)
        else { return #expect(Bool(false)) }
        #expect(scan.meaning == .command(.undo))
    }
}
