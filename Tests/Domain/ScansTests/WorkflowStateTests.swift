import Foundation
import Replication
import Scans
import Testing

@Suite struct WorkflowStateTests {
    private func stored(_ script: String) throws -> String {
        var station = ScriptedStation()
        station.run(script)
        return String(decoding: try JSONEncoder().encode(station.workflow.state), as: UTF8.self)
    }

    private func restored(_ text: String) throws -> WorkflowState {
        try JSONDecoder().decode(WorkflowState.self, from: Data(text.utf8))
    }

    @Test func isShortForEachLine() throws {
        let text = try stored("A SN-1 %QTY:3 A")
        #expect(text.contains(#""lines":"0000000000000007 1,0,1 3,1,1 5,0,3""#))
        #expect(text.contains(#""subjects":["iA","sSN-1"]"#))
    }

    static let damages: [(rule: String, lines: String)] = [
        ("no subject of that number", "0000000000000007 1,9,1"),
        ("no incarnation", "1,0,1"),
        ("no quantity past the limit", "0000000000000007 1,0,10000"),
        ("no quantity below it", "0000000000000007 1,0,0"),
        ("no half line", "0000000000000007 1,0"),
        ("no letters", "0000000000000007 x,0,1"),
        ("no subject without a line", ""),
    ]

    @Test(arguments: damages)
    func refusesWhatDoesNotFit(rule: String, lines: String) throws {
        let text = try stored("A")
        let damaged = text.replacing("0000000000000007 1,0,1", with: lines)
        #expect(damaged != text)
        #expect(throws: DecodingError.self) { try restored(damaged) }
    }

    @Test(arguments: ["x", "0000000000000007:2", "- - -", "- 0000000000000007:x"])
    func refusesSettlementsThatDoNotFit(settled: String) throws {
        let text = try stored("%MODE:MOVE A B LOC-X")
        let damaged = text.replacing(
            "0000000000000007:3 0000000000000007:4", with: settled)
        #expect(damaged != text)
        #expect(throws: DecodingError.self) { try restored(damaged) }
    }

    @Test func isBoundedHoweverMuchIsScanned() throws {
        var station = ScriptedStation(
            WorkflowSettings(batchLines: 1000, repeatPolicy: .ignoreWithin(.zero)))
        for index in 0..<2999 {
            station.read("4006\(index % 700)", by: DeviceName(rawValue: "\(index % 40)"))
        }
        let text = try JSONEncoder().encode(station.workflow.state)
        #expect(text.count < 100_000)
        #expect(try JSONDecoder().decode(WorkflowState.self, from: text) == station.workflow.state)
    }
}
