import Foundation
import Testing

/// A client that was written from docs/protocol.md alone, against the real hub.
@Suite struct ProtocolClientTests {
    private static let client = URL(filePath: #filePath)
        .appending(path: "../../../Examples/client.py").standardized.path

    private static let canRun = run(["-c", "import cryptography"])?.status == 0

    @Test(
        .enabled(if: canRun, "python3-cryptography is missing"), .timeLimit(.minutes(1)),
        arguments: [["--tls"], []])
    func enrolsSendsAndReads(options: [String]) throws {
        let rig = try Rig()
        try rig.startHub(options)
        let code = try Programs.run(
            "scanhub", ["enrol-code", "--data", rig.hubData, "--hub", rig.hubURL])
        let link = String(try #require(code.lines.first))
        #expect(link.contains("&pin=sha256//") == !options.isEmpty)
        let enrolled = try client(rig, ["enrol", link])
        #expect(enrolled.output.hasPrefix("station st-"), "\(enrolled.errors)")

        // Each run is a life of its own; the third sends what the second could not.
        #expect(try client(rig, ["adjust", "4711", "DOCK", "5"]).status == 0)
        rig.killHub()
        #expect(try client(rig, ["adjust", "4711", "DOCK", "-2"]).status != 0)
        try rig.startHub(options)
        let third = try client(rig, ["adjust", "4711", "DOCK", "4"])
        #expect(third.status == 0, "\(third.errors)")
        #expect(try client(rig, ["sync"]).status == 0)

        let stock = try Programs.run("scanhub", ["stock", "--data", rig.hubData, "--json"])
        #expect(stock.output.contains("\"quantity\":7"), "\(stock.output)")
        let feed = try client(rig, ["feed"])
        let lines = try feed.output.split(separator: "\n").map { try json($0) }
        #expect(lines.compactMap { $0["position"] as? Int } == [1, 2, 3], "\(feed.errors)")
        let deltas = lines.compactMap { ($0["adjust"] as? [String: Any])?["delta"] as? String }
        #expect(deltas == ["5", "-2", "4"])
        #expect(try client(rig, ["feed"]).output.isEmpty)
    }

    @Test(.enabled(if: canRun, "python3-cryptography is missing"), .timeLimit(.minutes(1)))
    func anotherKeyGetsNothing() throws {
        let rig = try Rig()
        try rig.startHub(["--tls"])
        let code = try Programs.run("scanhub", ["enrol-code", "--data", rig.hubData])
        let pin = "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        let word = String(try #require(code.lines.first))
        let link = "scanstation:enrol?hub=\(rig.hubURL)&code=\(word)&pin=\(pin)"
        #expect(try client(rig, ["enrol", link]).errors.contains("another hub"))
        try rig.startStation()
        let refused = try rig.control(["enrol", link])
        #expect(refused.errors.contains("hub-key"), "\(refused.errors)")
        // The code was never seen by anybody.
        let good = try Programs.run(
            "scanhub", ["enrol-code", "--data", rig.hubData, "--hub", rig.hubURL])
        try rig.successfully(["enrol", String(try #require(good.lines.first))])
        try rig.successfully(["key", "rotate"])
        try rig.synchronise()
    }

    private func client(_ rig: Rig, _ arguments: [String]) throws -> Programs.Result {
        let state = ["--state", "\(rig.folder)/client.json"]
        return try #require(Self.run([Self.client] + state + arguments))
    }

    private static func run(_ arguments: [String]) -> Programs.Result? {
        // Without python3 there is nothing to be run.
        try? Programs.run("/usr/bin/env", ["python3"] + arguments)
    }
}
