import Replication
import Scans
import Testing

@Suite struct ProfileTests {
    @Test(arguments: BatchProfile.all)
    func aProfileChoosesItsModeAndPlace(profile: BatchProfile) {
        var station = ScriptedStation()
        station.run("A %PROFILE:" + profile.name.uppercased())
        #expect(station.workflow.state.mode == profile.mode)
        #expect(station.workflow.place == profile.place ?? "DOCK")
        #expect(station.workflow.state.lastBatch?.stage == .closed)
        #expect(station.workflow.profile == profile)
        station.run("%PROFILE:NONE")
        #expect(station.workflow.profile == nil)
    }

    @Test func anUnknownProfileIsRefusedAndNamesThoseThatThereAre() {
        var station = ScriptedStation()
        station.run("A %PROFILE:GARAGE")
        #expect(station.signals.last == "unknown-profile")
        #expect(station.message?.contains("stocktake") == true)
        #expect(station.workflow.state.openBatch?.lines == 1)
    }

    @Test func aDeliveryIsOneBatchHoweverLongItTakes() {
        var station = ScriptedStation(WorkflowSettings(batchLines: 2))
        station.run("%PROFILE:RECEIVING A B +5000s tick C")
        #expect(station.workflow.state.openBatch?.lines == 3)
    }

    @Test func goodsThatComeBackWantALotAndADate() {
        var station = ScriptedStation()
        station.run("%PROFILE:RETURNS 4006381333931")
        #expect(station.signals.last == "lot-missing")
        station.run("]d2010400638133393110L7")
        #expect(station.signals.last == "expiry-missing")
        station.run("]d2010400638133393117301231" + "10L7")
        #expect(station.signals.last == "ok")
        #expect(station.workflow.state.openBatch?.pieces == 3)
        #expect(station.workflow.state.openBatch?.place == "RETURNS")
    }

    @Test func toolsHaveNumbers() {
        var station = ScriptedStation()
        station.run("%PROFILE:TOOL-CRIB A SN-1")
        #expect(station.signals.suffix(2) == ["number-missing", "ok"])
    }

    @Test func anotherModeEndsTheProfile() {
        var station = ScriptedStation()
        station.run("%PROFILE:STOCKTAKE %MODE:RECEIVE")
        #expect(station.workflow.profile == nil)
    }

    @Test func aProfileSurvivesARestart() throws {
        var station = ScriptedStation()
        station.run("%PROFILE:STOCKTAKE %LIST:L1 A")
        let workflow = Workflow(state: station.workflow.state)
        #expect(workflow.profile?.name == "stocktake")
        #expect(workflow.state.context.list == "L1")
    }
}

/// A repeat that somebody is asked about.
@Suite struct AskedRepeatTests {
    private let settings = WorkflowSettings(repeatPolicy: .askWithin(.seconds(2)))

    @Test func countsWhenSomebodySaysSo() {
        var station = ScriptedStation(settings)
        station.run("A +1s A")
        #expect(station.signals == ["ok", "repeat-asked"])
        #expect(station.outcomes.last?.decision == .repeatIgnored)
        #expect(station.stock == ["A@DOCK": 1])
        station.run("%SAY:CONFIRM")
        #expect(station.stock == ["A@DOCK": 2])
        station.run("%SAY:CONFIRM")
        #expect(station.signals.last == "not-asked")
    }

    @Test(arguments: ["%SAY:CANCEL", "B", "%QTY:2", "LOC-B", "%UNDO"])
    func doesNotCountWhenWorkGoesOn(next: String) {
        var station = ScriptedStation(settings)
        station.run("A +1s A \(next)")
        #expect(station.inventory.batchLines.values.filter { $0.code == "A" }.count <= 1)
        station.run("%SAY:CONFIRM")
        #expect(station.signals.last == "not-asked")
    }

    @Test func countsWhatTheQuantitySaid() {
        var station = ScriptedStation(settings)
        station.run("A %QTY:5 A +1s A %SAY:CONFIRM")
        #expect(station.stock == ["A@DOCK": 7])
    }

    @Test func afterTheWaitItIsAnotherItem() {
        var station = ScriptedStation(settings)
        station.run("A +2s A")
        #expect(station.stock == ["A@DOCK": 2])
    }

    @Test func isAskedAboutStillAfterARestart() {
        var station = ScriptedStation(settings)
        station.run("A +1s A")
        station.workflow = Workflow(settings: settings, state: station.workflow.state)
        station.run("%SAY:CONFIRM")
        #expect(station.stock == ["A@DOCK": 2])
    }
}
