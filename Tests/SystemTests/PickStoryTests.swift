import Foundation
import LinuxIO
import Testing

/// A wave of twenty lines, as on a bad day: shorts, misreads, something else in between, and the
/// daemon killed in the middle.
@Suite struct PickStoryTests {
    private static let count = 20
    private static let killedAt = 17
    private static let pausedAt = 7
    private let rig: Rig
    private let scanner: PlayedScanner

    init() throws {
        rig = try Rig()
        try rig.startHub()
        scanner = try PlayedScanner(link: "\(rig.folder)/gate")
        try rig.startStation(scanner.configuration("gate"))
        try rig.enrol()
    }

    private func quantity(_ line: Int) -> Int { line % 4 + 1 }

    private func load() throws {
        var text = "Place,Check,Item,Name,Quantity,Unit\n"
        for line in 1...Self.count {
            text +=
                "LOC-A\(line),\(10 + line),P-\(line),\"tea, no. \(line)\",\(quantity(line)),box\n"
        }
        let path = "\(rig.folder)/wave.csv"
        try Data(text.utf8).write(to: URL(filePath: path))
        try rig.successfully(["pick", "load", path, "--order", "ORD-7"])
    }

    @Test(.timeLimit(.minutes(3)))
    func everythingIsThereOnceAtTheHub() async throws {
        try load()
        try rig.successfully(["pick", "start", "wave", "--operator", "mia"])
        for line in 1...Self.count where line % 5 != 3 { try pick(line) }
        for line in 1...Self.count where line % 5 == 3 { try pick(line) }
        let report = try json(rig.successfully(["pick", "show", "--json"]).output)
        #expect(report["done"] as? Int == Self.count)
        #expect(report["short"] as? Int == Self.count / 5)
        try rig.successfully(["pick", "say", "ready"])
        #expect(try rig.control(["pick", "show"]).status == 1)

        try rig.synchronise()
        let stock = try hub(["stock", "--json", "--place", "ORD-7"])
        var picked: [String: Int] = [:]
        for one in stock { picked[one["item"] as? String ?? ""] = one["quantity"] as? Int }
        for line in 1...Self.count {
            #expect(picked["P-\(line)"] == expected(line), "line \(line)")
        }
        #expect(try hub(["stock", "--json", "--item", "NEW"]).count == 1)
        let moves = try await rig.hubOperations().filter { $0.kind == "move" }
        #expect(moves.count == (1...Self.count).count { expected($0) != nil })
    }

    private func expected(_ line: Int) -> Int? {
        let quantity = quantity(line)
        guard line % 5 == 0 else { return quantity }
        return quantity == 1 ? nil : quantity - 1
    }

    private func pick(_ line: Int) throws {
        try skipOthers(before: line)
        if line == Self.pausedAt { try interrupt() }
        switch line % 5 {
        case 0:
            try say("check \(10 + line)")
            try say("short \(quantity(line) - 1)")
            try say("confirm")
        case 1: try byScanner(line)
        case 2:
            try say("check 99", status: 1)
            try say("check \(10 + line)")
            if line == Self.killedAt { try die(at: line) }
            try say("pick \(quantity(line))")
        default:
            try scan("LOC-A\(line)")
            try say("confirm")
        }
    }

    /// Every fifth line is left for later.
    private func skipOthers(before line: Int) throws {
        let asked = try question()["line"] as? Int
        guard asked != line else { return }
        #expect((asked ?? 0) % 5 == 3)
        try say("skip")
        #expect(try question()["line"] as? Int == line)
    }

    /// The wrong label, the wrong goods, half a code; then one by one.
    private func byScanner(_ line: Int) throws {
        try scan("LOC-A\(line + 1)", "LOC-A\(line)", "P-\(line + 1)", "]E04006381333932")
        try scan(Array(repeating: "P-\(line)", count: quantity(line)))
    }

    private func interrupt() throws {
        try say("pause")
        try scan("LOC-DOCK", "NEW")
        try say("resume")
    }

    /// Killed between the answer and its echo: the answer is given again, and counts once.
    private func die(at line: Int) throws {
        let turn = try #require(try question()["turn"] as? Int)
        try scan("P-\(line)")
        let after = try #require(try question()["turn"] as? Int)
        #expect(after == turn + 1)
        rig.killStation()
        try rig.startStation(scanner.configuration("gate"))
        try scanner.replug()
        let again = try rig.control(["pick", "say", "confirm", "--turn", "\(turn)"])
        #expect(again.output.contains("stale-answer"))
        let question = try question()
        #expect(question["line"] as? Int == line)
        #expect(question["scanned"] as? Int == 1)
    }

    private func scan(_ codes: String...) throws { try scan(codes) }

    private func scan(_ codes: [String]) throws {
        for code in codes {
            try scanner.expectAnswer(to: code).writeAll(Array("\(code)\r".utf8))
        }
        try scanner.waitForAnswers(within: .seconds(20))
    }

    private func say(_ words: String, status: Int32 = 0) throws {
        let result = try rig.control(
            ["pick", "say"] + words.split(separator: " ").map(String.init))
        #expect(result.status == status, "\(words): \(result.output) \(result.errors)")
    }

    private func question() throws -> [String: Any] {
        let report = try json(rig.successfully(["pick", "show", "--json"]).output)
        return report["question"] as? [String: Any] ?? [:]
    }

    private func hub(_ arguments: [String]) throws -> [[String: Any]] {
        try Programs.run("scanhub", arguments + ["--data", rig.hubData]).lines.map { try json($0) }
    }

    @Test(arguments: [
        ("", "is empty"), ("place,quantity\nA,1\n", "line 1 lacks the heading 'item'"),
        ("place,item,colour\n", "unknown heading 'colour'"),
        ("place,item,quantity\nA,B\n", "line 2 has 2 fields"),
        ("place,item,quantity\n\nA,B,many\n", "line 3 has the quantity 'many'"),
        ("place,item,quantity\nA,\"B,1\n", "line 2 has an open quote"),
        ("place,item,quantity\nA,B,0\n", "Line 1: the quantity 0"),
        ("{\"code\":7}", "is no assignment"),
    ])
    func aFileThatMakesNoSenseSaysWhere(text: String, says: String) throws {
        let path = "\(rig.folder)/bad.csv"
        try Data(text.utf8).write(to: URL(filePath: path))
        let result = try rig.control(["pick", "load", path])
        #expect(result.status == 1)
        #expect((result.errors + result.output).contains(says), "\(result)")
    }
}
