import Foundation
import Replication
import Scans
import Testing

@Suite struct LotTests {
    private static let (one, other) = ("]C1010952123454321310L1", "]C1010952123454321310L2")
    private static let plain = "]C10109521234543213"

    /// What lies there, lot by lot: `L1@DOCK`.
    private func lots(_ station: ScriptedStation) -> [String: Int64] {
        let own = station.inventory.quantities.filter { $0.key.place != .outside && $0.value != 0 }
        return Dictionary(
            uniqueKeysWithValues: own.map { ("\($0.key.lot)@\($0.key.place)", $0.value) })
    }

    @Test func lotsAreReceivedApart() {
        var station = ScriptedStation()
        station.run("%QTY:3 \(Self.one) \(Self.other) \(Self.plain)")
        #expect(lots(station) == ["L1@DOCK": 3, "L2@DOCK": 1, "@DOCK": 1])
        let totals = station.workflow.state.openBatch?.totals
        #expect(totals?.map(\.subject.lot) == ["L1", "L2", ""])
        #expect(totals?.map(\.pieces) == [3, 1, 1])
        #expect(
            station.outcomes[1].feedback?.message == "3 × 09521234543213 lot L1 received at DOCK.")
        station.run("%UNDO %UNDO")
        #expect(lots(station) == ["L1@DOCK": 3])
    }

    @Test func lotsAreCountedApart() {
        var station = ScriptedStation()
        station.run("%MODE:COUNT \(Self.one) \(Self.other) \(Self.one)")
        #expect(
            station.message == "1 × 09521234543213 lot L1 counted at DOCK, 2 so far.")
        station.run("%BATCH:CLOSE")
        #expect(lots(station) == ["L1@DOCK": 2, "L2@DOCK": 1])
        station.run("%UNDO")
        #expect(lots(station) == ["L1@DOCK": 1, "L2@DOCK": 1])
    }

    @Test func lotsAreMovedApart() {
        var station = ScriptedStation()
        station.run("\(Self.one) \(Self.one) \(Self.other) %MODE:MOVE \(Self.one) LOC-X")
        #expect(lots(station) == ["L1@DOCK": 1, "L2@DOCK": 1, "L1@LOC-X": 1])
        station.run("%UNDO")
        #expect(lots(station) == ["L1@DOCK": 2, "L2@DOCK": 1])
    }

    @Test func whatIsSaidCountsLabelsAndTheLabelCountsPieces() {
        var station = ScriptedStation()
        station.run("%QTY:3 ]C102095212345432133748")
        #expect(station.stock == ["09521234543213@DOCK": 144])
    }

    @Test(arguments: [("9999", "ok"), ("10000", "bad-quantity"), ("0", "bad-quantity")])
    func aLabelCountsUpToTheLimit(count: String, signal: String) {
        var station = ScriptedStation()
        station.run("]C1020952123454321337\(count)")
        #expect(station.signals == [signal])
    }

    @Test func aUnitIsSeenOnceInABatch() {
        var station = ScriptedStation()
        station.run("]C100106141412345678908 ]C100106141412345678908")
        #expect(station.facts == "00/106141412345678908@DOCK")
        #expect(station.signals == ["ok", "done"])
    }

    static let days: [(rule: String, wall: Int64, code: String?)] = [
        ("the day itself is fine", 1_798_675_200, nil),  // 2026-12-31
        ("the last second of it too", 1_798_761_599, nil),
        ("the next day is too late", 1_798_761_600, "expired"),
        ("a clock that was never set says nothing", 0, nil),
    ]

    @Test(arguments: days)
    func expiredGoodsAreTakenWithAWord(rule: String, wall: Int64, code: String?) {
        var station = ScriptedStation(WorkflowSettings(batchLines: 1))
        station.microseconds = wall * 1_000_000
        station.run("]C1010952123454321317261231")
        let feedback = station.outcomes.last?.feedback
        #expect(feedback?.signal == .batch)
        #expect(feedback?.code == code)
        #expect(feedback?.message.hasSuffix(" It expired on 2026-12-31.") == (code != nil))
        #expect(station.stock == ["09521234543213@DOCK": 1])
    }

    static let stored: [(subject: BatchSubject, text: String)] = [
        (.item("A"), "iA"), (.item("A", lot: "L7"), "l2:L7A"), (.item("7", lot: "1:é"), "l4:1:é7"),
        (.serial("S"), "sS"),
    ]

    @Test(arguments: stored)
    func aSubjectIsStoredShortly(subject: BatchSubject, text: String) throws {
        let data = try JSONEncoder().encode([subject])
        #expect(data == Data("[\"\(text)\"]".utf8))
        #expect(try JSONDecoder().decode([BatchSubject].self, from: data) == [subject])
    }

    @Test(arguments: ["l", "lA", "l9:A", "l0:A", "l-1:A", "l1:éA", "l99999999999999999999:A"])
    func aDamagedSubjectIsRefused(text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([BatchSubject].self, from: Data("[\"\(text)\"]".utf8))
        }
    }
}
