import Replication
import ScanTesting
import Scans
import Testing

@testable import Dialogues

@Suite struct DialogueTests {
    static let picks: [(rule: String, said: [String], posted: [String])] = [
        ("by voice", ["check 49", "pick 5"], ["5 TEA LOC-A72>ORD-1"]),
        ("by confirming", ["check 49", "confirm"], ["5 TEA LOC-A72>ORD-1"]),
        ("by the number alone", ["check 49", "number 5"], ["5 TEA LOC-A72>ORD-1"]),
        (
            "by scans alone", ["@LOC-A72", "#TEA", "#TEA", "#TEA", "#TEA", "#TEA"],
            ["5 TEA LOC-A72>ORD-1"]
        ),
        ("scans, then the word", ["@LOC-A72", "#TEA", "#TEA", "pick 5"], ["5 TEA LOC-A72>ORD-1"]),
        ("wrong digits post nothing", ["check 48", "pick 5"], []),
        ("another place posts nothing", ["@LOC-B1", "pick 5"], []),
        ("other goods don't count", ["check 49", "#JAM"], []),
        ("short waits for confirm", ["check 49", "short 3"], []),
        ("short", ["check 49", "short 3", "confirm"], ["3 TEA LOC-A72>ORD-1"]),
        ("fewer is short", ["check 49", "pick 2", "confirm"], ["2 TEA LOC-A72>ORD-1"]),
        (
            "short as scanned", ["check 49", "#TEA", "#TEA", "short", "confirm"],
            ["2 TEA LOC-A72>ORD-1"]
        ),
        ("short of all posts nothing", ["check 49", "short 0", "confirm"], []),
        (
            "a short taken back", ["check 49", "short 3", "cancel", "pick 5"],
            ["5 TEA LOC-A72>ORD-1"]
        ),
        (
            "a short said anew", ["check 49", "short 3", "short 4", "confirm"],
            ["4 TEA LOC-A72>ORD-1"]
        ),
        ("too many wait for confirm", ["check 49", "pick 7"], []),
        ("too many, told", ["check 49", "pick 7", "confirm"], ["7 TEA LOC-A72>ORD-1"]),
        ("undone", ["check 49", "pick 5", "undo"], []),
        ("undone and again", ["check 49", "pick 5", "undo", "pick 5"], ["5 TEA LOC-A72>ORD-1"]),
        (
            "skipped lines come round", ["skip", "ready", "confirm"],
            ["1 JAM LOC-B1>ORD-1"]
        ),
        (
            "without digits goods prove the place", ["skip", "#JAM"], ["1 JAM LOC-B1>ORD-1"]
        ),
        ("with digits they don't", ["#TEA", "pick 5"], []),
        (
            "other goods, read back",
            ["check 49", "substitute", "#MINT", "confirm", "#MINT", "pick 5"],
            ["5 MINT LOC-A72>ORD-1"]
        ),
        (
            "other goods, taken back", ["check 49", "substitute", "#MINT", "cancel", "pick 5"],
            ["5 TEA LOC-A72>ORD-1"]
        ),
        (
            "lots as scanned",
            ["check 49", "#TEA/A", "#TEA/A", "#TEA/B", "confirm"],
            ["2 TEA/A LOC-A72>ORD-1", "1 TEA/B LOC-A72>ORD-1", "2 TEA LOC-A72>ORD-1"]
        ),
        (
            "one lot stands for all", ["check 49", "#TEA/A", "confirm"],
            ["5 TEA/A LOC-A72>ORD-1"]
        ),
        (
            "another lot than asked for", ["skip", "skip", "check 7", "#SALT/L8", "#SALT/L7"], []
        ),
        ("the lot asked for", ["skip", "skip", "check 7", "confirm"], ["3 SALT/L7 LOC-C3>ORD-1"]),
        (
            "cancelled, what was done stays", ["check 49", "pick 5", "cancel", "confirm"],
            ["5 TEA LOC-A72>ORD-1"]
        ),
        ("while paused nothing is taken", ["check 49", "pause", "pick 5"], []),
        (
            "and then it goes on", ["check 49", "pause", "resume", "pick 5"],
            ["5 TEA LOC-A72>ORD-1"]
        ),
        (
            "a question changes nothing",
            [
                "check 49", "where", "how-many-left", "help", "repeat",
                "slower", "louder", "pick 5",
            ], ["5 TEA LOC-A72>ORD-1"]
        ),
    ]

    @Test(arguments: picks)
    func aLineIsPicked(rule: String, said: [String], posted: [String]) throws {
        var picker = try Picker()
        picker.say(all: said)
        #expect(picker.posted == posted)
    }

    static let others: [(kind: Assignment.Kind, said: [String], posted: [String])] = [
        (.count, ["check 49", "count 4", "confirm"], ["=4 TEA LOC-A72"]),
        (.count, ["check 49", "count 4"], []),
        (.count, ["check 49", "confirm"], []),
        (.count, ["check 49", "#TEA", "#TEA", "confirm", "confirm"], ["=2 TEA LOC-A72"]),
        (.count, ["check 49", "count 0", "confirm"], ["=0 TEA LOC-A72"]),
        (.receive, ["check 49", "confirm"], ["5 TEA +LOC-A72"]),
        (.receive, ["check 49", "short 4", "confirm"], ["4 TEA +LOC-A72"]),
        (.transfer, ["check 49", "confirm"], []),
        (.transfer, ["check 49", "confirm", "check 12"], ["5 TEA LOC-A72>LOC-Z9"]),
        (.transfer, ["check 49", "confirm", "@LOC-Z9"], ["5 TEA LOC-A72>LOC-Z9"]),
        (.transfer, ["check 49", "confirm", "check 13", "ready"], []),
        (.transfer, ["check 49", "short 2", "confirm", "@LOC-Z9"], ["2 TEA LOC-A72>LOC-Z9"]),
        (
            .transfer, ["check 49", "confirm", "undo", "short 1", "confirm", "check 12"],
            ["1 TEA LOC-A72>LOC-Z9"]
        ),
        (
            .transfer, ["check 49", "confirm", "cancel", "cancel", "confirm", "check 12"],
            ["5 TEA LOC-A72>LOC-Z9"]
        ),
        (.transfer, ["check 49", "short 0", "confirm"], []),
    ]

    @Test(arguments: others)
    func otherKindsPostTheirOwn(kind: Assignment.Kind, said: [String], posted: [String]) throws {
        let line = AssignmentLine(
            place: "LOC-A72", check: "49", item: "TEA", quantity: 5, destination: "LOC-Z9",
            destinationCheck: "12")
        var picker = try Picker(kind, [line, line])
        picker.say(all: said)
        #expect(picker.posted == posted)
    }

    static let refusals: [(said: [String], code: String)] = [
        (["check 48"], "wrong-check"), (["@LOC-B1"], "wrong-place"), (["ready"], "say-check"),
        (["pick 5"], "place-first"), (["#TEA"], "place-first"),
        (["check 49", "#JAM"], "wrong-item"),
        (["check 49", "short 5"], "too-many"), (["check 49", "@LOC-B1"], "unfinished-line"),
        (["check 49", "#TEA", "skip"], "unfinished-line"), (["undo"], "nothing-to-undo"),
        (["check 49", "short 1", "skip"], "confirm-first"),
        (["check 49", "check 49"], "say-quantity"),
        (["check 49", "substitute", "#TEA"], "scan-substitute"),
        (["pause", "check 49"], "assignment-paused"),
        (["cancel", "confirm", "pick 5"], "assignment-done"),
        (["skip", "#JAM", "skip", "check 49", "confirm", "skip"], "only-line"),
        (["skip", "skip", "check 7", "#SALT/L8"], "wrong-lot"),
    ]

    @Test(arguments: refusals)
    func saysWhyItRefuses(said: [String], code: String) throws {
        var picker = try Picker()
        picker.say(all: said)
        #expect(picker.last?.feedback.code == code)
        #expect(picker.last?.feedback.signal == .error)
        #expect(picker.last?.prompt.say.isEmpty == false)
    }

    static let prompts: [(said: [String], say: String, show: String, grammar: String)] = [
        (
            [], "Go to alpha seven two. Check digits?", "Go to LOC-A72. Check digits?",
            "dialogue-check2"
        ),
        (["check 49"], "Pick 5 of green tea.", "Pick 5 of green tea.", "dialogue-quantity"),
        (
            ["check 49", "short 3"], "Short: 3 of 5. Confirm?", "Short: 3 of 5. Confirm?",
            "dialogue-confirm"
        ),
        (
            ["skip", "ready"], "Pick 1 jar of juliet alpha mike.", "Pick 1 jar of JAM.",
            "dialogue-quantity"
        ),
        (
            ["check 49", "#TEA", "#TEA"], "3 more of green tea, 2 scanned.",
            "3 more of green tea, 2 scanned.", "dialogue-quantity"
        ),
        (
            ["pause"], "Paused. Say resume to go on.", "Paused. Say resume to go on.",
            "dialogue-paused"
        ),
        (
            ["how-many-left"], "3 lines left, 9 to go. Go to alpha seven two. Check digits?",
            "Go to LOC-A72. Check digits?", "dialogue-check2"
        ),
        (
            ["brief", "check 48"], "Wrong. alpha seven two. Digits?",
            "Go to LOC-A72. Check digits?",
            "dialogue-check2"
        ),
        (
            ["brief", "repeat"], "Go to alpha seven two. Check digits?",
            "Go to LOC-A72. Check digits?", "dialogue-check2"
        ),
    ]

    @Test(arguments: prompts)
    func asks(said: [String], say: String, show: String, grammar: String) throws {
        var picker = try Picker()
        picker.say(all: said)
        let prompt = picker.last?.prompt ?? picker.dialogue.prompt
        #expect(prompt.say == say)
        #expect(prompt.show == show)
        #expect(prompt.grammar == grammar)
    }

    @Test func afterThreeWrongTriesOtherWaysAreNamed() throws {
        var picker = try Picker()
        picker.say(all: ["check 1", "check 2", "check 3"])
        #expect(picker.last?.prompt.say.contains("Scan the label") == true)
        picker.say("check 49")
        #expect(picker.last?.prompt.say.contains("Scan the label") == false)
    }

    @Test func anAnswerToAnOlderQuestionIsNotTaken() throws {
        var picker = try Picker()
        picker.say("check 49")
        let turn = picker.dialogue.state.turn
        picker.say("pick 5", turn: turn)
        #expect(picker.posted.count == 1)
        picker.say("confirm", turn: turn)
        #expect(picker.last?.feedback.code == "stale-answer")
        #expect(picker.posted.count == 1)
    }

    @Test func speechGoesSlowerAndLouderToItsEnds() throws {
        var picker = try Picker()
        for _ in 0..<20 { picker.say(all: ["slower", "louder"]) }
        #expect(picker.dialogue.manner == SpeechManner(speed: 90, volume: 100))
        for _ in 0..<20 { picker.say(all: ["faster", "quieter"]) }
        #expect(picker.dialogue.manner == SpeechManner(speed: 330, volume: 20))
    }

    @Test(arguments: [
        ("LOC-A-07-2", "alpha, zero seven, two"), ("C3", "charlie three"),
        ("LOC-", "lima oscar charlie,"),
    ])
    func saysPlacesSignBySign(code: String, words: String) {
        #expect(DialogueLanguage.english.spoken(PlaceCode(code)) == words)
    }

    /// How to get to every question that there is.
    static let ways: [(kind: Assignment.Kind, said: [String])] = [
        (.pick, []), (.pick, ["check 49"]), (.pick, ["check 49", "#TEA"]),
        (.pick, ["check 49", "short 3"]), (.pick, ["check 49", "number 7"]),
        (.pick, ["check 49", "substitute"]), (.pick, ["check 49", "substitute", "#MINT"]),
        (.pick, ["cancel"]), (.pick, ["pause"]), (.pick, ["check 49", "pick 5", "pause"]),
        (.pick, ["cancel", "confirm"]), (.count, ["check 49", "count 3"]),
        (.transfer, ["check 49", "confirm"]),
        (.pick, ["check 49", "pick 5", "ready", "confirm", "check 7", "confirm"]),
    ]

    /// Whatever is asked, whatever is answered: something is said, and what was asked is asked again
    /// unless the answer was taken.
    @Test(arguments: ways.indices)
    func everyQuestionHasSomethingToSayToEveryAnswer(index: Int) throws {
        let lines = Picker.lines.map { line in
            var line = line
            line.destination = "LOC-Z9"
            return line
        }
        for word in DialoguePropertyTests.words + ["?"] {
            var picker = try Picker(Self.ways[index].kind, lines)
            picker.say(all: Self.ways[index].said)
            let before = picker.dialogue
            let outcome = picker.say(word)
            #expect(!outcome.prompt.say.isEmpty && !outcome.feedback.message.isEmpty, "\(word)")
            #expect(Dialogue.grammars.contains(outcome.prompt.grammar))
            guard outcome.feedback.signal == .error else { continue }
            #expect(outcome.feedback.code != nil && outcome.operations.isEmpty, "\(word)")
            #expect(picker.dialogue.prompt == before.prompt, "\(word)")
        }
    }

    @Test func everyRefusalHasWords() {
        let phrases = DialogueLanguage.english.phrases
        for refusal in DialogueRefusal.allCases {
            #expect(phrases[.refusal(refusal.rawValue)]?.full.isEmpty == false, "\(refusal)")
        }
    }
}
