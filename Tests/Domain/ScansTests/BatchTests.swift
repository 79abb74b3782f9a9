import Replication
import Scans
import Testing

@Suite struct BatchTests {
    @Test func closesAtItsNumberOfLines() {
        var station = ScriptedStation(WorkflowSettings(batchLines: 3))
        station.run("A B")
        #expect(station.workflow.state.openBatch?.lines == 2)
        station.run("A")
        #expect(station.workflow.state.openBatch == nil)
        #expect(station.workflow.state.lastBatch?.stage == .closed)
        #expect(station.signals == ["ok", "ok", "batch"])
        #expect(
            station.message == "1 × A received at DOCK; batch closed: 3 lines, 3 pieces.")
    }

    @Test(arguments: [(0, 1), (-1, 1), (2000, Workflow.batchLineLimit)])
    func neverHasMoreLinesThanTheLimit(setting: Int, lines: Int) {
        var station = ScriptedStation(WorkflowSettings(batchLines: setting))
        for _ in 0..<lines { station.read("A") }
        #expect(station.workflow.state.lastBatch?.lines == lines)
        #expect(station.workflow.state.openBatch == nil)
    }

    @Test func refusesGoodsInHandPastTheLimit() {
        var station = ScriptedStation()
        station.run("%MODE:MOVE")
        for _ in 0..<Workflow.batchLineLimit { station.read("A") }
        #expect(station.outcomes.last?.decision == .taken)
        station.read("A")
        #expect(station.signals.last == "batch-full")
        station.run("LOC-B")
        #expect(station.facts == "A@DOCK>LOC-B:1000")
    }

    @Test func sumsUpEveryStep() {
        var station = ScriptedStation()
        station.run("%QTY:3 A SN-1 A")
        let summary = station.outcomes.last?.batches.last
        #expect(summary == station.workflow.state.openBatch)
        #expect(summary?.lines == 3)
        #expect(summary?.pieces == 5)
        #expect(summary?.totals.map(\.subject) == [.item("A"), .serial("SN-1")])
        #expect(summary?.totals.map(\.pieces) == [4, 1])
    }

    @Test func tellsOfTheOneClosedAndTheOneOpened() {
        var station = ScriptedStation()
        station.run("A +300s B")
        #expect(station.outcomes.last?.batches.map(\.stage) == [.closed, .open])
        #expect(
            station.outcomes.last?.batches.map(\.opened.monotonicMicroseconds) == [0, 300_000_000])
    }

    @Test func hasACodeOfItsOwnEvenWhenEmpty() {
        var station = ScriptedStation()
        for _ in 0..<3 { station.run("%BATCH:OPEN %BATCH:CLOSE") }
        station.run("A %BATCH:OPEN B")
        let codes = Set(station.outcomes.flatMap { $0.batches.map(\.code) })
        #expect(codes.count == 5)
    }

    @Test func takesAnotherPlaceWhileEmpty() {
        var station = ScriptedStation()
        station.run("%BATCH:OPEN LOC-B A")
        #expect(station.outcomes.flatMap(\.batches).allSatisfy { $0.stage == .open })
        #expect(station.workflow.state.openBatch?.place == "LOC-B")
        #expect(station.facts == "A@LOC-B+1")
    }

    @Test func removesAllLinesInPortions() {
        var station = ScriptedStation(WorkflowSettings(batchLines: 1000))
        for _ in 0..<251 { station.read("A") }
        station.run("%BATCH:CANCEL")
        let removals = station.operations.compactMap { _, kind in
            if case .batchRemove(_, let lines) = kind { lines.count } else { nil }
        }
        #expect(removals == [250, 1])
        #expect(station.inventory.batchLines.isEmpty)
        #expect(station.stock.isEmpty)
        #expect(station.workflow.state.lastBatch?.stage == .cancelled)
    }

    /// A second count would have passed for one that saw the goods that came since.
    @Test func correctsAClosedCountWithoutForgettingWhatCameSince() {
        var station = ScriptedStation()
        station.run("%MODE:COUNT A A A %MODE:RECEIVE %QTY:10 A")
        #expect(station.stock == ["A@DOCK": 13])
        station.run("%UNDO:0000000000000007:2")
        #expect(station.stock == ["A@DOCK": 12])
    }
}
