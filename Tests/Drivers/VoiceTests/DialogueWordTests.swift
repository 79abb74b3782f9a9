import Dialogues
import Replication
import Scans
import Speech
import Testing

@testable import Voice

/// The built-in language listens for what a dialogue asks for.
@Suite struct DialogueWordTests {
    private let pack: LanguagePack
    private let meaning: SpokenMeaning

    init() throws {
        pack = try .english()
        meaning = SpokenMeaning(pack)
    }

    @Test func thereIsAGrammarForEveryQuestion() {
        #expect(Set(Dialogue.grammars).isSubset(of: pack.grammars.keys))
    }

    static let sentences: [(said: String, grammar: String, answer: DialogueAnswer)] = [
        ("four nine", "dialogue-check2", .check("49")),
        ("check digit four nine", "dialogue-check2", .check("49")),
        ("seven", "dialogue-check1", .check("7")),
        ("pick twenty four", "dialogue-quantity", .number(24)),
        ("count nine", "dialogue-quantity", .number(9)),
        ("quantity nine", "dialogue-quantity", .number(9)),
        ("short zero", "dialogue-quantity", .short(0)),
        ("confirm", "dialogue-confirm", .confirm), ("cancel", "dialogue-confirm", .cancel),
        ("ready", "dialogue-ready", .ready), ("resume", "dialogue-paused", .resume),
        ("substitute", "dialogue-quantity", .substitute), ("repeat", "dialogue-quantity", .again),
        ("how many left", "dialogue-check2", .howManyLeft), ("where", "dialogue-ready", .whereTo),
        ("help", "dialogue-paused", .help), ("pause", "dialogue-check4", .pause),
        ("undo", "dialogue-check3", .undo), ("skip", "dialogue-ready", .skip),
        ("slower", "dialogue-ready", .manner(.slower)),
        ("louder", "dialogue-ready", .manner(.louder)),
        ("less talk", "dialogue-ready", .manner(.brief)),
        ("more talk", "dialogue-ready", .manner(.full)),
    ]

    @Test(arguments: sentences.indices)
    func whatIsSaidAnswers(index: Int) throws {
        let (said, grammar, answer) = Self.sentences[index]
        let phrase = try #require(meaning.phrase(said, grammar: grammar))
        #expect(DialogueAnswer(phrase) == answer)
        let words = Set((pack.jsgf(grammar) ?? "").split { !$0.isLetter }.map(String.init))
        #expect(said.split(separator: " ").allSatisfy { words.contains(String($0)) })
    }

    /// What the station says of a place is what it would understand.
    @Test func placesAreSaidInTheWordsThatAreListenedFor() {
        let letters = pack.letters.merging(pack.digits) { first, _ in first }
        let line = AssignmentLine(
            place: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", item: "X", quantity: 1)
        let dialogue = Dialogue(Assignment(code: "A", kind: .pick, lines: [line]))
        for word in letters.keys {
            #expect(dialogue?.prompt.say.contains(word) == true, "\(word)")
        }
    }
}
