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

    @Test func theMoreUrgentComesFirstAndANewQuestionReplacesTheOld() {
        var queue = PromptQueue()
        #expect(!queue.add(.init("r", .remark)))
        #expect(!queue.add(.init("q1", .question)))
        #expect(queue.add(.init("w", .warning), whileSaying: .init("x", .remark)))
        #expect(!queue.add(.init("q2", .question), whileSaying: .init("x", .question)))
        #expect(
            [queue.next(), queue.next(), queue.next(), queue.next()].map { $0?.text }
                == ["w", "q2", "r", nil])
    }

    @Test func bargeInLeavesWarningsAndTheQueueHasALimit() {
        var queue = PromptQueue()
        for index in 0...PromptQueue.lengthLimit { _ = queue.add(.init("\(index)", .remark)) }
        var texts: [String] = []
        var copy = queue
        while let prompt = copy.next() { texts.append(prompt.text) }
        #expect(texts == (0..<PromptQueue.lengthLimit).map { "\($0)" })
        _ = queue.add(.init("fire", .warning))
        queue.bargeIn()
        #expect(queue.next()?.text == "fire")
        #expect(queue.isEmpty)
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
