import Replication
import Scans
import Speech
import Testing

@testable import Voice

@Suite struct SpokenTests {
    static let meanings: [(said: String, grammar: String, phrase: String?, command: Command?)] = [
        ("start batch", "command", "start-batch", .openBatch),
        ("close batch", "command", "close-batch", .closeBatch),
        ("undo", "check2", "undo", .undo),
        ("quantity twenty four", "command", "quantity 24", .quantity(24)),
        ("quantity one hundred", "command", "quantity 100", .quantity(100)),
        ("quantity zero", "command", "quantity 0", nil),
        ("location alpha seven two", "command", "location A72", .place("A72")),
        ("alpha seven two", "location", "place A72", nil),
        ("check digit four nine", "command", "check 49", nil),
        ("zero nine", "check2", "check 09", nil),
        ("nineteen", "quantity", "number 19", nil),
        ("short five", "quantity", "short 5", nil),
        ("how many left", "command", "how-many-left", nil),
        ("transfer to zulu one", "command", "transfer Z1", nil),
        ("quantity", "command", nil, nil),
        ("", "command", nil, nil),
        ("twenty thirty", "quantity", nil, nil),
    ]

    @Test(arguments: meanings)
    func means(said: String, grammar: String, phrase: String?, command: Command?) throws {
        let found = SpokenMeaning(try .english()).phrase(said, grammar: grammar)
        #expect(found?.description == phrase)
        #expect(found?.command == command)
        if let found { #expect(SpokenPhrase(found.description) == found) }
    }

    @Test func codesAreSpelledTheWayPickersSayThem() throws {
        let text = SpokenText(try .english())
        #expect(text.spelled("A72") == "alpha seven two")
        #expect(text.spelled("b-04") == "bravo , zero four")
    }

    @Test func aMicrophoneIsJudgedByLevelNoiseAndClipping() {
        func check(speech: Int16, noise: Int16) -> MicrophoneCheck.Advice {
            let pause = (0..<16_000).map { $0.isMultiple(of: 2) ? noise : -noise }
            let voice = (0..<16_000).map { $0.isMultiple(of: 2) ? speech : -speech }
            return MicrophoneCheck(pause + voice).advice
        }
        #expect(check(speech: 6000, noise: 100) == .good)
        #expect(check(speech: 60, noise: 3) == .tooQuiet)
        #expect(check(speech: 6000, noise: 3000) == .tooNoisy)
        #expect(check(speech: 32_767, noise: 10) == .tooLoud)
    }
}
