import Replication
import Scans
import Testing

/// Goods in logistic units, units in units, and what is read together.
@Suite struct UnitTests {
    private static let pallet = "]C100106141412345679998"
    private static let box = "]C100106141412345678908"
    private static let other = "]C100106141412345678915"

    private func station(_ settings: WorkflowSettings = .init()) -> ScriptedStation {
        ScriptedStation(settings)
    }

    /// Each scan a second after the one before: nothing is a burst.
    private func slowly(_ words: String..., by station: inout ScriptedStation) {
        for word in words { station.run(word + " +1s") }
    }

    /// `A in 00/…`, for each line that is left.
    private func lines(_ station: ScriptedStation) -> [String] {
        let state = station.inventory
        return state.batchLines.sorted { $0.key < $1.key }.map { _, line in
            let unit = line.unit.rawValue.suffix(4)
            return line.code.suffix(4) + (unit.isEmpty ? "" : " in " + unit)
        }
    }

    @Test func whatIsScannedAfterAUnitLiesInIt() {
        var station = station()
        slowly("A", Self.box, "B", "C", Self.other, "B", by: &station)
        #expect(lines(station) == ["A", "8908", "B in 8908", "C in 8908", "8915", "B in 8915"])
        #expect(station.stock == ["A@DOCK": 1, "B@DOCK": 2, "C@DOCK": 1])
    }

    @Test func aUnitGoesIntoAnotherWhenToldSo() {
        var station = station()
        slowly(Self.pallet, "%UNIT:IN", Self.box, "A", Self.other, "B", by: &station)
        #expect(
            lines(station) == ["9998", "8908 in 9998", "A in 8908", "8915 in 9998", "B in 8915"])
        #expect(
            station.inventory.serials["00/106141412345678908"]?.place
                == "00/106141412345679998")
        slowly("%UNIT:OUT", "C", by: &station)
        #expect(lines(station).last == "C in 9998")
        slowly("%UNIT:OUT", "D", "%UNIT:OUT", by: &station)
        #expect(lines(station).last == "D")
        #expect(station.signals.last == "no-unit")
    }

    @Test func aLabelThatIsReadAgainGoesOnWithItsUnit() {
        var station = station()
        slowly(Self.box, "A", Self.other, "B", Self.box, "C", by: &station)
        #expect(lines(station) == ["8908", "A in 8908", "8915", "B in 8915", "C in 8908"])
        #expect(station.signals.filter { $0 == "done" }.count == 1)
    }

    @Test(arguments: ["LOC-B", "%MODE:COUNT", "%BATCH:CLOSE", "%BATCH:CANCEL", "+400s tick"])
    func anotherBatchIsInNoUnit(end: String) {
        var station = station()
        slowly(Self.box, "A", by: &station)
        station.run(end)
        slowly("B", by: &station)
        #expect(lines(station).last == "B")
    }

    @Test func aFullBatchGoesOnInItsUnit() {
        var station = station(WorkflowSettings(batchLines: 2))
        slowly(Self.box, "A", "B", by: &station)
        #expect(lines(station) == ["8908", "A in 8908", "B in 8908"])
    }

    @Test func aUnitWhoseLabelIsTakenBackIsFilledNoLonger() {
        var station = station()
        slowly(Self.pallet, "%UNIT:IN", Self.box, "%UNDO", "A", by: &station)
        #expect(lines(station) == ["9998", "A in 9998"])
    }

    @Test func unitsStandNoDeeperThanTheLimit() {
        var station = station()
        for number in 0..<Workflow.unitDepthLimit {
            slowly(Self.sscc(number), "%UNIT:IN", by: &station)
        }
        #expect(station.signals.last == "done")
        slowly(Self.sscc(99), by: &station)
        #expect(station.signals.last == "units-too-deep")
    }

    /// The codes of one picture, in whatever order they were found.
    @Test(arguments: [
        [box, "A", "B"], ["A", box, "B"], ["A", "B", box], ["B", "A", box],
    ])
    func whatIsReadTogetherLiesTogether(frame: [String]) {
        var station = station()
        slowly(Self.other, "X", by: &station)
        for code in frame { station.read(code, by: "camera") }
        let units = station.inventory.batchLines.values
            .filter { ["A", "B"].contains($0.code) }.map(\.unit)
        #expect(units == ["00/106141412345678908", "00/106141412345678908"])
        #expect(station.stock == ["A@DOCK": 1, "B@DOCK": 1, "X@DOCK": 1])
        #expect(station.inventory.batchLines.count == 5)
    }

    @Test func asSoonAfterAsTheSettingsSayIsTogether() {
        for (apart, unit) in [(199_999, "00/106141412345678908"), (200_000, "")] {
            var station = station()
            station.read("A")
            station.microseconds += Int64(apart)
            station.read(Self.box)
            let line = station.inventory.batchLines.values.first { $0.code == "A" }
            #expect(line?.unit.rawValue == unit, "\(apart)")
        }
    }

    @Test func anotherDeviceReadsForItself() {
        var station = station()
        station.read("A", by: "gun")
        station.read(Self.box, by: "camera")
        #expect(station.inventory.batchLines.values.first { $0.code == "A" }?.unit == "")
    }

    @Test func undoingWhatWasReadTogetherLeavesNothing() {
        var station = station()
        for code in ["A", "SN-1", Self.box, "B"] { station.read(code) }
        while station.signals.last != "nothing-to-undo" { station.run("%UNDO") }
        #expect(station.inventory.batchLines.isEmpty)
        #expect(station.stock.isEmpty)
        #expect(station.inventory.serials.isEmpty)
    }

    private static func sscc(_ number: Int) -> String {
        let digits = Array("00000000000000000\(number)".suffix(17))
        let sum = digits.enumerated().reduce(0) {
            $0 + ($1.element.wholeNumberValue ?? 0) * ($1.offset % 2 == 0 ? 3 : 1)
        }
        return "]C100" + String(digits) + "\((10 - sum % 10) % 10)"
    }
}
