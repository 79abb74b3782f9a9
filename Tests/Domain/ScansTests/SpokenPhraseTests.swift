import Scans
import Testing

@Suite struct SpokenPhraseTests {
    private func interpret(_ text: String) throws -> Interpretation {
        let phrase = try #require(SpokenPhrase(text))
        return Interpreter().interpret(
            Capture(
                device: "headset", payload: .spoken(phrase),
                time: CaptureTime(wallMicroseconds: 0, monotonicMicroseconds: 0)))
    }

    /// Saying it is the same as scanning its code.
    @Test(arguments: [
        ("undo", Command.undo), ("start-batch", .openBatch), ("close-batch", .closeBatch),
        ("quantity 24", .quantity(24)), ("location A72", .place("A72")),
    ])
    func aSpokenCommandIsTheCommandOfItsCode(text: String, command: Command) throws {
        let code = CommandGrammar(prefix: "%SS:").text(for: command)
        guard case .scan(let spoken) = try interpret(text),
            case .scan(let scanned) = Interpreter().interpret(
                Capture(
                    device: "gun", payload: .keystrokes(code),
                    time: CaptureTime(wallMicroseconds: 0, monotonicMicroseconds: 0)))
        else {
            Issue.record("refused")
            return
        }
        #expect(spoken.meaning == scanned.meaning)
        #expect(spoken.meaning == .command(command))
    }

    @Test(arguments: [
        "confirm", "check 49", "number 5", "quantity", "quantity 0", "quantity 10000", "undo now",
        "location", "location outside", "nonsense",
    ])
    func anAnswerThatNobodyAskedForIsRefused(text: String) throws {
        guard case .rejected(let rejection) = try interpret(text) else {
            Issue.record("taken")
            return
        }
        #expect(rejection.code == "not-asked")
        #expect(rejection.text == text)
    }

    @Test func textThatNobodyCanSayIsNoPhrase() {
        #expect(SpokenPhrase("") == nil)
        #expect(SpokenPhrase("undo\u{7}") == nil)
        #expect(SpokenPhrase(String(repeating: "a", count: SpokenPhrase.lengthLimit)) != nil)
        #expect(SpokenPhrase(String(repeating: "a", count: SpokenPhrase.lengthLimit + 1)) == nil)
    }
}
