import Foundation
import Testing

/// Two stations that disagree, a refused operation, a held outbox and a file carried by hand, with
/// the programs as they are built.
@Suite struct ConflictStoryTests {
    private static let item = "4006381333931"

    /// A second station of the same hub.
    private static func second(of rig: Rig) throws -> RunningProgram {
        let file = "\(rig.folder)/other.toml"
        try Data().write(to: URL(filePath: file))
        return try RunningProgram(
            "scanstationd", ["--state", "\(rig.folder)/other", "--config", file],
            errorFile: "\(rig.folder)/other.log", ready: "ready")
    }

    private static func hub(_ rig: Rig, _ arguments: [String]) throws -> [[String: Any]] {
        let result = try Programs.run("scanhub", arguments + ["--data", rig.hubData, "--json"])
        guard result.status == 0 else { throw Unexpected("\(arguments): \(result.errors)") }
        return try result.lines.map { try json($0) }
    }

    private static func control(_ state: String, _ arguments: [String]) throws -> [[String: Any]] {
        let result = try Programs.run("scanstationctl", arguments + ["--json", "--state", state])
        guard result.status == 0 else {
            throw Unexpected("\(arguments): \(result.status) \(result.errors)")
        }
        return try result.lines.map { try json($0) }
    }

    private static func conflicts(at state: String) throws -> [[String: Any]] {
        try control(state, ["conflicts"])[0]["conflicts"] as? [[String: Any]] ?? []
    }

    /// Waits until `isSo`, or fails after a while.
    private static func wait(_ what: String, until isSo: () throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(40)
        while try !isSo() {
            guard ContinuousClock.now < deadline else { throw Unexpected("never: \(what)") }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func twoStationsDisagreeAndOneOfThemDecides() async throws {
        let rig = try Rig()
        try rig.startHub()
        try rig.startStation()
        let other = try Self.second(of: rig)
        defer { other.kill() }
        let (one, two) = (rig.state, "\(rig.folder)/other")
        // Both work before either of them knows the hub, so neither knows of the other.
        for (state, place) in [(one, "LOC-L2"), (two, "LOC-L3")] {
            for code in [place, "SN-7"] { _ = try Self.control(state, ["scan", code]) }
            _ = try Self.control(state, ["command", "MODE:COUNT"])
        }
        for (state, count) in [(one, 2), (two, 3)] {
            _ = try Self.control(state, ["scan", "LOC-A1"])
            for _ in 0..<count { _ = try Self.control(state, ["scan", Self.item]) }
            _ = try Self.control(state, ["command", "BATCH:CLOSE"])
        }
        for state in [one, two] {
            let code = try Programs.run("scanhub", ["enrol-code", "--data", rig.hubData])
            _ = try Self.control(state, ["enrol", rig.hubURL, String(code.lines.last ?? "")])
            _ = try Self.control(state, ["sync", "--wait", "30"])
        }

        let atHub = try Self.hub(rig, ["conflicts"])
        #expect(Set(atHub.compactMap { $0["kind"] as? String }) == ["serial", "counts"])
        let candidates = atHub.flatMap { $0["candidates"] as? [[String: Any]] ?? [] }
        let stations = candidates.compactMap { ($0["by"] as? [String: Any])?["station"] as? String }
        #expect(Set(stations).count == 2)
        #expect(try Self.hub(rig, ["conflicts", "tasks"]).count == 1)
        try await Self.wait("station one lists what the hub lists") {
            try Set(Self.conflicts(at: one).compactMap { $0["id"] as? String })
                == Set(atHub.compactMap { $0["id"] as? String })
        }

        for conflict in atHub {
            let id = try #require(conflict["id"] as? String)
            let decision =
                conflict["kind"] as? String == "serial"
                ? ["--choose", "1"] : ["--quantity", "3"]
            _ = try Self.control(one, ["conflicts", "resolve", id, "--by", "eve"] + decision)
        }
        _ = try Self.control(one, ["sync", "--wait", "30"])
        #expect(try Self.hub(rig, ["conflicts"]).isEmpty)
        try await Self.wait("station two hears of it") { try Self.conflicts(at: two).isEmpty }
        for state in [one, two] {
            #expect(try Self.conflicts(at: state).isEmpty)
            let found = try Self.control(state, ["lookup", Self.item])[0]
            let stock = found["stock"] as? [[String: Any]] ?? []
            #expect(stock.compactMap { $0["quantity"] as? Int } == [3])
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func aHeldOutboxSendsNothingAndAFileCarriesItOnce() async throws {
        let rig = try Rig()
        try rig.startHub()
        try rig.startStation()
        try rig.enrol()
        try rig.successfully(["outbox", "hold", "stocktake", "--by", "ann"])
        for _ in 0..<3 { try rig.successfully(["scan", Self.item]) }
        rig.killStation()
        try rig.startStation()
        try rig.successfully(["scan", Self.item])
        let waited = try rig.control(["sync", "--wait", "2"])
        #expect(waited.status == 6)
        let status = try json(rig.successfully(["status", "--json"]).output)
        let outbox = try #require(status["outbox"] as? [String: Any])
        #expect((outbox["held"] as? [String: Any])?["reason"] as? String == "stocktake")
        #expect(try await rig.hubOperations().isEmpty)
        let waiting = try #require(outbox["waiting"] as? Int)
        let preview = try rig.successfully(["outbox", "preview", "--limit", "0", "--json"])
        #expect(preview.lines.count == waiting)

        let file = "\(rig.folder)/dock.bundle"
        try rig.successfully(["export", file])
        let imported = try Self.hub(rig, ["import", file])[0]
        #expect(imported["taken"] as? Int == waiting)
        // The network comes back before the answer does.
        try rig.successfully(["outbox", "release", "--by", "ann"])
        try rig.synchronise()
        try rig.successfully(["import", file + ".answer"])
        _ = try Self.hub(rig, ["import", file])
        let operations = try await rig.hubOperations()
        #expect(operations.count == waiting)
        #expect(Set(operations.map(\.id)).count == waiting)
        #expect(try json(rig.successfully(["outbox", "--json"]).output)["waiting"] as? Int == 0)

        var bytes = try Data(contentsOf: URL(filePath: file))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: file))
        let forged = try Programs.run("scanhub", ["import", file, "--data", rig.hubData])
        #expect(forged.status == 1)
        #expect(forged.errors.contains("[bundle-"), "\(forged.errors)")
    }

    @Test(.timeLimit(.minutes(2)))
    func aRefusedOperationIsPutRightAndArrives() async throws {
        let rig = try Rig()
        try rig.startHub()
        try rig.startStation()
        try rig.enrol()
        // A name that is longer than the hub keeps.
        let name = String(repeating: "x", count: 600)
        try rig.successfully(["scan", Self.item, "--operator", name])
        try rig.synchronise()
        let refused = try Self.control(rig.state, ["outbox", "--dead"])
        #expect(!refused.isEmpty)
        #expect(Set(refused.compactMap { $0["code"] as? String }) == ["text-too-long"])
        #expect(Set(refused.compactMap { $0["scanned"] as? String }) == [Self.item])
        #expect(try Self.hub(rig, ["quarantine"]).count == refused.count)
        for letter in refused {
            let id = try #require(letter["id"] as? String)
            let operation = letter["operation"] as? [String: Any]
            let kind = (operation?["content"] as? [String: Any])?["kind"] as? String
            try rig.successfully(
                ["outbox"] + (kind == "adjust" ? ["edit", id, "--quantity", "5"] : ["retry", id])
                    + ["--by", "ann", "--reason", "her name was too long"])
        }
        try rig.synchronise()
        #expect(try Self.hub(rig, ["quarantine"]).isEmpty)
        let repaired = try Self.hub(rig, ["quarantine", "--all"])
        #expect(repaired.compactMap { $0["repairedBy"] as? String }.count == refused.count)
        #expect(try Self.control(rig.state, ["outbox", "--dead"]).isEmpty)
        let stock = try Self.hub(rig, ["stock", "--item", Self.item])
        #expect(stock.compactMap { $0["quantity"] as? Int } == [5])
        let audit = try Self.control(rig.state, ["outbox", "audit"])
        #expect(audit.count == refused.count)
        #expect(audit.allSatisfy { $0["reason"] as? String == "her name was too long" })
    }
}
