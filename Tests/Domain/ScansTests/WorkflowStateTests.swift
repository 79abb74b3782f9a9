import Foundation
import Replication
import Scans
import Testing

@Suite struct WorkflowStateTests {
    private func stored(_ script: String) throws -> String {
        var station = ScriptedStation()
        station.run(script + " %BATCH:CLOSE")
        return String(
            decoding: try JSONEncoder().encode(station.workflow.state.last), as: UTF8.self)
    }

    private func restored(_ text: String) throws -> WorkflowBatch {
        try JSONDecoder().decode(WorkflowBatch.self, from: Data(text.utf8))
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

    /// What one scan changes is as little in a long batch as in a short one.
    @Test func aScanChangesOneLine() {
        var station = ScriptedStation(WorkflowSettings(batchLines: 1000))
        station.run("A")
        #expect(station.outcomes.last?.lines.count == 2, "the batch begins, and its first line")
        for _ in 0..<998 { station.run("A") }
        #expect(station.outcomes.last?.lines.count == 1)
        #expect(station.outcomes.last?.lastChanged == false)
        #expect(station.kept.lines.count == 999)
        station.run("A")
        #expect(station.outcomes.last?.lastChanged == true)
    }

    static let lines: [(count: Int, quantity: Int64, isTaken: Bool)] = [
        (1000, 9999, true), (1001, 9999, false), (1, 10_000, false), (1, 0, false), (0, 1, true),
    ]

    @Test(arguments: lines)
    func anOpenBatchTakesBackOnlyLinesThatItCanHave(
        count: Int, quantity: Int64, isTaken: Bool
    ) {
        let time = CaptureTime(wallMicroseconds: 1, monotonicMicroseconds: 1)
        let line = OperationID(incarnation: Incarnation(rawValue: 7), sequence: 1)
        let entry = BatchEntry(line: line, subject: .item("A"), quantity: quantity)
        let batch = WorkflowBatch(
            code: "b", mode: .count, place: "DOCK", opened: time, touched: time,
            lines: Array(repeating: entry, count: count))
        #expect((batch != nil) == isTaken)
    }

    @Test func isBoundedHoweverMuchIsScanned() throws {
        var station = ScriptedStation(
            WorkflowSettings(batchLines: 1000, repeatPolicy: .ignoreWithin(.zero)))
        for index in 0..<2999 {
            station.read("4006\(index % 700)", by: DeviceName(rawValue: "\(index % 40)"))
        }
        let last = try #require(station.workflow.state.last)
        let text = try JSONEncoder().encode(last)
        #expect(text.count < 50_000)
        #expect(try JSONDecoder().decode(WorkflowBatch.self, from: text) == last)
        #expect(station.workflow.state.reads.count == 16)
    }
}
