import Replication
import Scans
import Testing

@Suite struct WorkflowTimeTests {
    @Test func waitsForTheGapAfterTheLastUse() {
        var station = ScriptedStation(WorkflowSettings(quietGap: .milliseconds(1500)))
        #expect(station.workflow.nextDeadlineMicroseconds == nil)
        station.run("+10s A")
        #expect(station.workflow.nextDeadlineMicroseconds == 11_500_000)
        station.run("+1s A")
        #expect(station.workflow.nextDeadlineMicroseconds == 12_500_000)
        station.microseconds = 12_499_999
        #expect(station.apply(.tick) == WorkflowOutcome())
        station.microseconds = 12_500_000
        #expect(station.apply(.tick).batches.map(\.stage) == [.closed])
        #expect(station.workflow.nextDeadlineMicroseconds == nil)
    }

    @Test func waitsForNothingWithoutAGapOrWithGoodsInHand() {
        var patient = ScriptedStation(WorkflowSettings(quietGap: nil))
        patient.run("A +9999s tick")
        #expect(patient.workflow.nextDeadlineMicroseconds == nil)
        #expect(patient.workflow.state.openBatch?.lines == 1)
        var moving = ScriptedStation()
        moving.run("%MODE:MOVE A")
        #expect(moving.workflow.nextDeadlineMicroseconds == nil)
    }

    /// The monotonic clock begins again at each boot; then the wall clock must tell.
    @Test(arguments: [(Int64(299), true), (300, false)])
    func judgesByTheWallClockAcrossABoot(seconds: Int64, isOpen: Bool) {
        var workflow = Workflow()
        let start = CaptureTime(wallMicroseconds: 0, monotonicMicroseconds: 5_000_000_000)
        let id = OperationID(incarnation: Incarnation(rawValue: 1), sequence: 1)
        let input = WorkflowInput.command(.openBatch, from: nil)
        _ = workflow.apply(input, at: start, nextOperation: id)

        let later = CaptureTime(
            wallMicroseconds: seconds * 1_000_000, monotonicMicroseconds: 1_000_000)
        _ = workflow.apply(.tick, at: later, nextOperation: id)

        #expect((workflow.state.openBatch != nil) == isOpen)
        #expect(workflow.nextDeadlineMicroseconds == (isOpen ? 301_000_000 : nil))
    }

    @Test(arguments: [Int64.min, -1, 0, 1, .max])
    func survivesAnyClock(microseconds: Int64) {
        var station = ScriptedStation(
            WorkflowSettings(
                quietGap: .seconds(Int64.max), repeatPolicy: .ignoreWithin(.seconds(Int64.max))))
        for time in [microseconds, .min, .max, 0, microseconds] {
            station.microseconds = time
            station.run("A tick %UNDO A B")
            _ = station.workflow.nextDeadlineMicroseconds
        }
        #expect(station.outcomes.count == 25)
    }

    static let repeats: [(rule: String, script: String, facts: String)] = [
        ("twice within is once", "A +1s A", "A@DOCK+1"),
        ("at the end of the wait it counts", "A +2s A", "A@DOCK+1 A@DOCK+1"),
        ("each read starts it anew", "A +1s A +1s A +1s A", "A@DOCK+1"),
        ("another code ends it", "A B A", "A@DOCK+1 B@DOCK+1 A@DOCK+1"),
        ("a quantity ends it", "A %QTY:2 A", "A@DOCK+1 A@DOCK+2"),
        ("an undo ends it", "A %UNDO A", "A@DOCK+1 undo 2 A@DOCK+1"),
        (
            "a place read twice is once", "%MODE:MOVE A LOC-B LOC-B A LOC-C",
            "A@DOCK>LOC-B:1 A@DOCK>LOC-C:1"
        ),
    ]

    @Test(arguments: repeats)
    func ignoresRepeats(rule: String, script: String, facts: String) {
        var station = ScriptedStation(
            WorkflowSettings(repeatPolicy: .ignoreWithin(.seconds(2))))
        station.run(script)
        #expect(station.facts == facts)
    }

    @Test func tellsRepeatsForEachDevice() {
        var station = ScriptedStation(
            WorkflowSettings(repeatPolicy: .ignoreWithin(.seconds(2))))
        for device in ["left", "right", "left", "right"] as [DeviceName] {
            station.read("A", by: device)
        }
        #expect(
            station.outcomes.map(\.decision) == [.taken, .taken, .repeatIgnored, .repeatIgnored])
        #expect(station.signals == ["ok", "ok", "repeat", "repeat"])
        #expect(station.facts == "A@DOCK+1 A@DOCK+1")
    }

    /// Sixteen devices are remembered; the read of a seventeenth costs the oldest its memory.
    @Test(arguments: [(16, Decision.repeatIgnored), (17, .taken)])
    func remembersABoundedNumberOfDevices(devices: Int, decision: Decision) {
        var station = ScriptedStation(
            WorkflowSettings(repeatPolicy: .ignoreWithin(.seconds(2))))
        for device in 0..<devices { station.read("A", by: DeviceName(rawValue: "\(device)")) }
        station.read("A", by: "0")
        #expect(station.outcomes.last?.decision == decision)
    }
}
