import Replication
import Testing

@testable import Dialogues

@Suite struct AssignmentTests {
    static let faults: [(change: @Sendable (inout Assignment) -> Void, says: String)] = [
        ({ $0.code = "" }, "needs a code"),
        ({ $0.lines = [] }, "has no lines"),
        ({ $0.lines = Array(repeating: $0.lines[0], count: 501) }, "501 lines"),
        ({ $0.order = "shipped" }, "can't be a place"),
        ({ $0.lines[1].place = "outside" }, "Line 2"),
        ({ $0.lines[1].item = "" }, "Line 2: the item is missing"),
        ({ $0.lines[2].quantity = 0 }, "Line 3: the quantity 0"),
        ({ $0.lines[2].quantity = 100_000 }, "Line 3: the quantity 100000"),
        ({ $0.lines[0].check = "12345" }, "check digits"),
        ({ $0.lines[0].check = "4a" }, "check digits"),
        ({ $0.kind = .transfer }, "needs a destination"),
        ({ ($0.kind, $0.lines[0].destination) = (.transfer, "LOC-A72") }, "already"),
    ]

    @Test(arguments: faults.indices)
    func saysWhatIsWrongAndWhere(index: Int) throws {
        var assignment = Assignment(
            code: "PICK-1", kind: .pick, order: "ORD-1", lines: Picker.lines)
        try assignment.validate()
        Self.faults[index].change(&assignment)
        let fault = try #require(throws: AssignmentFault.self) { try assignment.validate() }
        #expect("\(fault)".contains(Self.faults[index].says), "\(fault)")
    }

    @Test func theLimitIsAllowed() throws {
        var assignment = Assignment(code: "C", kind: .count, lines: Picker.lines)
        assignment.lines = Array(repeating: assignment.lines[0], count: Assignment.lineLimit)
        assignment.lines[0].quantity = 0
        assignment.lines[1].quantity = Assignment.quantityLimit
        try assignment.validate()
    }

    @Test func aStateOfAnotherAssignmentIsNotTaken() throws {
        var picker = try Picker()
        picker.say(all: ["skip", "#JAM"])
        let short = Assignment(code: "X", kind: .pick, lines: [Picker.lines[0]])
        #expect(Dialogue(short, state: picker.dialogue.state) == nil)
    }
}
