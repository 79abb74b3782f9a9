import Foundation
import LinuxIO
import Testing

/// What a person tells the hub of sinks at the shell, and the receiver of docs/sinks.md.
@Suite struct SinkCommandTests {
    private static let receiver = URL(filePath: #filePath)
        .appending(path: "../../../Examples/webhook.py").standardized.path

    /// What the receiver counted, in its order.
    private static let query = """
        import sqlite3, sys
        for row in sqlite3.connect(sys.argv[1]).execute("SELECT id FROM seen ORDER BY rowid"):
            print(row[0])
        """

    private func sinks(_ rig: Rig, _ arguments: String...) throws -> Programs.Result {
        try Programs.run("scanhub", ["sinks"] + arguments + ["--data", rig.hubData])
    }

    @Test(
        .enabled(if: access("/usr/bin/python3", X_OK) == 0, "python3 is missing"),
        .timeLimit(.minutes(1)))
    func theExampleCountsEachOperationOnceThroughRestarts() async throws {
        let rig = try Rig()
        try rig.startHub()
        let arguments = [Self.receiver, "\(rig.hubData)/secrets/main.erp"]
        let database = "\(rig.folder)/webhook.sqlite"
        let first = try RunningProgram(
            "/usr/bin/python3", arguments + ["0", database],
            errorFile: "\(rig.folder)/receiver.log", ready: "listening on")
        let port = try #require(first.output.split(whereSeparator: { ":/\n".contains($0) }).last)
        let added = try sinks(rig, "add", "webhook", "erp", "http://127.0.0.1:\(port)/")
        #expect(added.status == 0, "\(added.errors)")
        #expect(added.output.contains("whsec_"))

        try rig.startStation()
        try rig.enrol()
        for text in ["LOC-A1", "4006381333931"] { try rig.successfully(["scan", text]) }
        try rig.synchronise()
        try first.waitForLine(containing: "adjust", within: .seconds(20))
        first.kill()
        rig.killHub()
        try rig.startHub()
        for text in ["4006381333931", "bolt"] { try rig.successfully(["scan", text]) }
        try rig.synchronise()
        let second = try RunningProgram(
            "/usr/bin/python3", arguments + [String(port), database],
            errorFile: "\(rig.folder)/receiver.log", ready: "listening on")
        #expect(try sinks(rig, "retry", "erp").status == 0)
        let held = try await rig.hubOperations().map(\.id)
        let last = try #require(held.last)
        try second.waitForLine(containing: last, within: .seconds(20))
        let counted = try Programs.run(
            "/usr/bin/python3", ["-c", Self.query, database]
        ).lines.map(String.init)
        #expect(counted == held)
    }

    @Test func whatIsToldIsListed() throws {
        let rig = try Rig()
        try rig.startHub()
        #expect(try sinks(rig, "list").output.hasPrefix("There is no sink"))
        let made = try json(
            sinks(
                rig, "add", "webhook", "erp", "http://127.0.0.1:9/x", "--from", "now", "--json"
            ).output)
        #expect((made["secret"] as? String)?.hasPrefix("whsec_") == true)
        #expect(try sinks(rig, "add", "mqtt", "home", "mqtt://127.0.0.1:9").status == 0)
        #expect(try sinks(rig, "add", "epcis", "trace", "https://127.0.0.1:9/capture").status == 0)
        #expect(try sinks(rig, "pause", "erp").status == 0)
        let listed = try sinks(rig, "list", "--json").lines.map { try json($0) }
        #expect(listed.map { $0["name"] as? String } == ["erp", "home", "trace"])
        #expect(listed.map { $0["kind"] as? String } == ["webhook", "mqtt", "epcis"])
        #expect(listed[0]["state"] as? String == "paused")
        #expect(listed.allSatisfy { $0["lag"] as? Int == 0 && $0["parked"] as? Int == 0 })
        #expect(try sinks(rig, "list").output.contains("paused"))
        #expect(try sinks(rig, "resume", "erp").status == 0)
        #expect(try sinks(rig, "show", "erp").output.contains("resumed"))
        #expect(try sinks(rig, "remove", "erp").status == 0)
        #expect(try sinks(rig, "list", "--json").lines.count == 2)
        let files = try FileManager.default.contentsOfDirectory(atPath: rig.hubData + "/secrets")
        #expect(files == [])
    }

    static let mistakes: [(arguments: [String], status: Int32, says: String)] = [
        (["add", "webhook", "a", "http://erp.example.com/"], 1, "[sink-address]"),
        (["add", "webhook", "a", "https://u:p@erp.example.com/"], 1, "[sink-address]"),
        (["add", "mqtt", "a", "http://127.0.0.1/"], 1, "[sink-address]"),
        (["add", "mqtt", "a", "mqtt://127.0.0.1", "--topic", "#"], 1, "[sink-topic]"),
        (["add", "mqtt", "a", "mqtt://127.0.0.1", "--user", "u"], 2, "--secret-file"),
        (["add", "webhook", "A", "https://x/"], 1, "[sink-name]"),
        (["add", "webhook", "a", "https://x/", "--from", "5"], 1, "[sink-position]"),
        (["add", "webhook", "a", "https://x/", "--from", "then"], 2, "--from"),
        (["add", "webhook", "a", "https://x/", "--batch", "1001"], 2, "--batch"),
        (["add", "webhook", "a", "https://x/", "--pin", "x"], 1, "[sink-settings]"),
        (["add", "webhook", "a", "https://x/", "--secret-file", "/none"], 1, "[sink-secret]"),
        (["add", "epcis", "a", "https://x/", "--zone-offset", "1"], 2, "--zone-offset"),
        (["pause", "nobody"], 1, "[sink-unknown]"),
        (["retry", "nobody"], 1, "[sink-unknown]"),
    ]

    @Test func whatMakesNoSenseIsRefusedWithItsReason() throws {
        let rig = try Rig()
        try rig.startHub()
        for mistake in Self.mistakes {
            let result = try Programs.run(
                "scanhub", ["sinks"] + mistake.arguments + ["--data", rig.hubData])
            #expect(result.status == mistake.status, "\(mistake.arguments): \(result.errors)")
            #expect(result.errors.contains(mistake.says), "\(mistake.arguments): \(result.errors)")
        }
        #expect(try sinks(rig, "list", "--json").lines.isEmpty)
    }
}
