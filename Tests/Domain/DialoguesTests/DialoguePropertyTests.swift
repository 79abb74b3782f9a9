import Foundation
import Replication
import ScanTesting
import Scans
import Testing

@testable import Dialogues

@Suite struct DialoguePropertyTests {
    /// Everything that can be said or scanned, right and wrong.
    static let words =
        Array(DialogueAnswer.plain.keys).sorted()
        + [
            "check 49", "check 7", "check 12", "check 1", "number 0", "number 1", "number 3",
            "number 5", "pick 5", "pick 9", "short", "short 0", "short 2", "short 9", "@LOC-A72",
            "@LOC-B1", "@LOC-C3", "@LOC-Z9", "@LOC-Q", "#TEA", "#JAM", "#SALT/L7", "#SALT/L8",
            "#TEA/A", "#MINT",
        ]

    private func picker(_ random: inout SplitMix64) throws -> Picker {
        let lines = Picker.lines.map { line in
            var line = line
            (line.destination, line.destinationCheck) = ("LOC-Z9", random.chance(2) ? "12" : "")
            return line
        }
        return try Picker(random.pick(Assignment.Kind.allCases), lines)
    }

    /// What was posted for each line is what the dialogue believes, whatever was said before.
    @Test(arguments: UInt64(0)..<150)
    func nothingIsPostedTwice(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var picker = try picker(&random)
        for _ in 0..<120 {
            let before = picker
            let word = random.pick(Self.words)
            let outcome = picker.say(word)
            #expect(!outcome.prompt.say.isEmpty && !outcome.prompt.show.isEmpty)
            #expect(!outcome.prompt.say.contains("{"))
            #expect(Dialogue.grammars.contains(outcome.prompt.grammar))
            if outcome.feedback.signal == .error {
                #expect(outcome.operations.isEmpty)
                #expect(picker.dialogue.state.step == before.dialogue.state.step)
            }
            // As after a restart.
            let data = try JSONEncoder().encode(picker.dialogue.state)
            let state = try JSONDecoder().decode(DialogueState.self, from: data)
            #expect(state == picker.dialogue.state)
            picker.dialogue = try #require(
                Dialogue(picker.dialogue.assignment, state: state, manner: picker.dialogue.manner))
            try requireBooksAgree(picker, seed, word)
        }
    }

    private func requireBooksAgree(_ picker: Picker, _ seed: UInt64, _ word: String) throws {
        var undone: Set<UInt64> = []
        for case .undo(let id, let level) in picker.operations {
            #expect(level == 2)
            #expect(undone.insert(id.sequence).inserted, "undone twice: \(seed)")
        }
        let inForce = picker.operations.indices.filter {
            if case .undo = picker.operations[$0] { return false }
            return !undone.contains(UInt64($0 + 1))
        }
        let finished = picker.dialogue.state.finished
        let claimed = finished.flatMap(\.operations).map { Int($0.sequence) - 1 }
        #expect(claimed.sorted() == inForce, "seed \(seed), \(word)")
        for line in finished {
            let sum = line.operations.reduce(Int64(0)) { sum, id in
                sum + picker.operations[Int(id.sequence) - 1].quantity
            }
            #expect(sum == line.quantity, "seed \(seed), \(word)")
        }
    }

    /// Whoever never confirms a quantity that is too great never picks too much.
    @Test(arguments: UInt64(0)..<100)
    func noMoreThanOrderedUnlessItWasRead(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var picker = try Picker()
        var wasTold: Set<Int> = []
        for _ in 0..<150 {
            if case .confirm(.over) = picker.dialogue.state.step {
                wasTold.insert(picker.dialogue.state.line)
            }
            picker.say(random.pick(Self.words))
            for line in picker.dialogue.state.finished where !wasTold.contains(line.line) {
                #expect(line.quantity <= Picker.lines[line.line].quantity, "seed \(seed)")
            }
        }
    }

    /// From wherever it got to, plain answers lead to the end.
    @Test(arguments: UInt64(0)..<150)
    func nobodyGetsStuck(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var picker = try picker(&random)
        for _ in 0..<random.below(60) { picker.say(random.pick(Self.words)) }
        for _ in 0..<40 where !picker.dialogue.isDone || picker.dialogue.state.isPaused {
            picker.say(Self.sensible(picker.dialogue))
        }
        #expect(picker.dialogue.isDone, "seed \(seed): \(picker.dialogue.state)")
        #expect(picker.say("ready").isClosed)
    }

    private static func sensible(_ dialogue: Dialogue) -> String {
        if dialogue.state.isPaused { return "resume" }
        switch dialogue.state.step {
        case .place: return "@\(dialogue.line.place)"
        case .quantity: return "number \(dialogue.line.quantity)"
        case .destination: return "@\(dialogue.line.destination)"
        case .confirm, .done: return "confirm"
        case .substitute: return "cancel"
        }
    }

    /// Undo takes everything back, one step at a time.
    @Test(arguments: UInt64(0)..<60)
    func everythingCanBeTakenBack(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var picker = try picker(&random)
        for _ in 0..<random.below(60) { picker.say(random.pick(Self.words)) }
        if picker.dialogue.state.isPaused { picker.say("resume") }
        guard !picker.dialogue.state.isCancelled else { return }
        for _ in 0..<100 where picker.last?.feedback.code != "nothing-to-undo" {
            picker.say("undo")
        }
        #expect(picker.posted == [], "seed \(seed)")
        #expect(picker.dialogue.state.finished.isEmpty)
    }
}

extension OperationKind {
    fileprivate var quantity: Int64 {
        switch self {
        case .move(_, _, let quantity), .count(_, let quantity), .adjust(_, let quantity): quantity
        default: 0
        }
    }
}
