import Replication
import Scans
import Testing

@Suite struct WorkflowTests {
    static let facts: [(rule: String, script: String, facts: String)] = [
        ("receiving adds at the place", "A", "A@DOCK+1"),
        ("each scan is one more", "A A B", "A@DOCK+1 A@DOCK+1 B@DOCK+1"),
        ("a quantity is for one item", "%QTY:3 A A", "A@DOCK+3 A@DOCK+1"),
        ("a mode change forgets it", "%QTY:3 %MODE:COUNT A %BATCH:CLOSE", "A@DOCK=1"),
        ("a place does not", "%QTY:3 LOC-B A", "A@LOC-B+3"),
        ("a place is the context", "A LOC-B A", "A@DOCK+1 A@LOC-B+1"),
        ("named or scanned", "%PLACE:X A", "A@X+1"),
        ("a serial is seen", "SN-1", "SN-1@DOCK"),
        ("once a batch", "SN-1 SN-1", "SN-1@DOCK"),
        ("counting waits for the end", "%MODE:COUNT A A", ""),
        ("closing states the totals", "%MODE:COUNT A B A %BATCH:CLOSE", "A@DOCK=2 B@DOCK=1"),
        ("so does another place", "%MODE:COUNT A LOC-B B LOC-C", "A@DOCK=1 B@LOC-B=1"),
        ("and another mode", "%MODE:COUNT A A %MODE:RECEIVE", "A@DOCK=2"),
        ("not the same place", "%MODE:COUNT A %PLACE:DOCK A", ""),
        ("quantities are counted", "%MODE:COUNT %QTY:12 A A %BATCH:CLOSE", "A@DOCK=13"),
        ("serials are seen at once", "%MODE:COUNT SN-1 %BATCH:CLOSE", "SN-1@DOCK"),
        ("moving waits for where to", "%MODE:MOVE A A", ""),
        ("a place is where to", "%MODE:MOVE A A B LOC-B", "A@DOCK>LOC-B:2 B@DOCK>LOC-B:1"),
        ("then from the same place", "%MODE:MOVE A LOC-B A LOC-C", "A@DOCK>LOC-B:1 A@DOCK>LOC-C:1"),
        ("a place first is where from", "%MODE:MOVE LOC-B A LOC-C", "A@LOC-B>LOC-C:1"),
        ("not to itself", "%MODE:MOVE A %PLACE:DOCK", ""),
        ("serials move", "%MODE:MOVE SN-1 LOC-B", "SN-1@LOC-B"),
        ("goods in hand stay in hand", "%MODE:MOVE A %BATCH:CLOSE %MODE:COUNT +999s tick", ""),
        ("looking up does nothing", "%MODE:LOOK-UP A SN-1 LOC-B", ""),
        ("undo takes back the last", "A B %UNDO", "A@DOCK+1 B@DOCK+1 undo 4"),
        ("and the one before", "A B %UNDO %UNDO", "A@DOCK+1 B@DOCK+1 undo 4 undo 2"),
        ("also after closing", "A %BATCH:CLOSE %UNDO", "A@DOCK+1 undo 2"),
        ("also from an empty batch", "A %BATCH:CLOSE %BATCH:OPEN %UNDO", "A@DOCK+1 undo 2"),
        ("never twice", "A %UNDO %UNDO", "A@DOCK+1 undo 2"),
        ("a serial too", "SN-1 %UNDO", "SN-1@DOCK undo 2"),
        ("a tally shrinks", "%MODE:COUNT A A %UNDO %BATCH:CLOSE", "A@DOCK=1"),
        ("to none", "%MODE:COUNT A %UNDO %BATCH:CLOSE", ""),
        ("a closed tally is corrected", "%MODE:COUNT A A %BATCH:CLOSE %UNDO", "A@DOCK=2 A@DOCK-1"),
        (
            "by all of the line", "%MODE:COUNT A %QTY:3 A %BATCH:CLOSE %UNDO",
            "A@DOCK=4 A@DOCK-3"
        ),
        (
            "and undone with its last line", "%MODE:COUNT A A %BATCH:CLOSE %UNDO %UNDO",
            "A@DOCK=2 A@DOCK-1 undo 3 undo 4"
        ),
        ("a closed move goes back", "%MODE:MOVE A A LOC-B %UNDO", "A@DOCK>LOC-B:2 A@LOC-B>DOCK:1"),
        ("and is undone", "%MODE:MOVE A LOC-B %UNDO", "A@DOCK>LOC-B:1 undo 2"),
        ("with its serials", "%MODE:MOVE SN-1 LOC-B %UNDO", "SN-1@LOC-B undo 2"),
        ("a line by its id", "A B %UNDO:0000000000000007:1", "A@DOCK+1 B@DOCK+1 undo 2"),
        ("or by its operation", "A B %UNDO:0000000000000007:2", "A@DOCK+1 B@DOCK+1 undo 2"),
        ("cancelling undoes all", "A B %BATCH:CANCEL", "A@DOCK+1 B@DOCK+1 undo 4 undo 2"),
        (
            "undo doesn't go behind it", "A %BATCH:CLOSE B %BATCH:CANCEL %UNDO",
            "A@DOCK+1 B@DOCK+1 undo 4"
        ),
        ("cancelling goods in hand", "%MODE:MOVE A %BATCH:CANCEL LOC-B", ""),
        ("a quiet gap closes", "%MODE:COUNT A +300s tick", "A@DOCK=1"),
        ("not sooner", "%MODE:COUNT A +299s tick", ""),
        ("any use starts it anew", "%MODE:COUNT A +200s A +200s %QTY:2 +299s tick", ""),
        ("also without a tick", "%MODE:COUNT A +300s A", "A@DOCK=1"),
    ]

    @Test(arguments: facts)
    func states(rule: String, script: String, facts: String) {
        var station = ScriptedStation()
        station.run(script)
        #expect(station.facts == facts)
    }

    static let signals: [(script: String, signals: [String])] = [
        ("A LOC-B %QTY:2 %MODE:COUNT", ["ok", "done", "done", "done"]),
        ("%BATCH:OPEN A %BATCH:CLOSE", ["batch", "ok", "batch"]),
        ("%UNDO %BATCH:CLOSE %BATCH:CANCEL", ["nothing-to-undo", "no-batch", "no-batch"]),
        ("A %UNDO %UNDO", ["ok", "done", "nothing-to-undo"]),
        ("%UNDO:0000000000000007:1", ["unknown-line"]),
        ("%MODE:MOVE A %PLACE:DOCK", ["done", "ok", "same-place"]),
        ("%MODE:MOVE A %BATCH:CLOSE", ["done", "ok", "no-destination"]),
        ("%MODE:MOVE A %MODE:COUNT", ["done", "ok", "no-destination"]),
        ("%MODE:MOVE A %BATCH:OPEN", ["done", "ok", "no-destination"]),
        ("%MODE:MOVE A LOC-B", ["done", "ok", "batch"]),
        ("%MODE:LOOK-UP %QTY:2 %BATCH:OPEN A", ["done", "in-look-up", "in-look-up", "ok"]),
        ("%QTY:2 SN-1 A", ["done", "serial-quantity", "ok"]),
        ("SN-1 SN-1", ["ok", "repeat"]),
        ("A +300s tick tick", ["ok", "batch"]),
    ]

    @Test(arguments: signals)
    func answers(script: String, signals: [String]) {
        var station = ScriptedStation()
        station.run(script)
        #expect(station.signals == signals)
    }

    static let messages: [(script: String, message: String)] = [
        ("%QTY:3 4006381333931", "3 × 04006381333931 received at DOCK."),
        ("LOC-B", "Now at LOC-B."),
        ("%MODE:COUNT A %QTY:4 A", "4 × A counted at DOCK, 5 so far."),
        ("%MODE:COUNT A %QTY:4 A LOC-B", "Now at LOC-B; batch closed: 2 lines, 5 pieces."),
        ("%MODE:MOVE A", "1 × A taken from DOCK."),
        ("%MODE:MOVE A LOC-B", "1 line, 1 piece moved from DOCK to LOC-B."),
        ("SN-1", "SN-1 seen at DOCK."),
        ("%QTY:3 A %UNDO", "Taken back: 3 × A."),
        ("A A %BATCH:CANCEL", "Batch cancelled: 2 lines, 2 pieces taken back."),
        ("%BATCH:OPEN %BATCH:CLOSE", "Batch closed: nothing."),
    ]

    @Test(arguments: messages)
    func says(script: String, message: String) {
        var station = ScriptedStation()
        station.run(script)
        #expect(station.message == message)
    }

    @Test func refusesQuantitiesPastTheLimit() {
        var station = ScriptedStation()
        for (quantity, code) in [
            (1, nil), (9999, nil), (0, "bad-quantity"), (10000, "bad-quantity"),
        ]
            as [(Int64, String?)]
        {
            let outcome = station.apply(.command(.quantity(quantity), from: nil))
            #expect(outcome.feedback?.code == code)
        }
        #expect(station.workflow.state.quantity == 9999)
    }

    @Test(arguments: ["", "outside", "shipped", "A\u{1B}[2J"])
    func refusesPlacesThatAreNone(place: String) {
        var station = ScriptedStation()
        let outcome = station.apply(.command(.place(PlaceCode(place)), from: nil))
        #expect(outcome.feedback?.code == "bad-place")
        #expect(outcome.decision == .refused)
        #expect(!outcome.stateChanged)
        #expect(outcome.feedback?.message.unicodeScalars.contains { $0 == "\u{1B}" } == false)
    }

    @Test func tellsWhatToLookUp() {
        var station = ScriptedStation()
        station.run("%MODE:LOOK-UP 4006381333931 LOC-B")
        #expect(station.outcomes.map(\.lookUp) == [nil, .item("04006381333931"), .place("LOC-B")])
        #expect(station.workflow.place == "DOCK")
    }

    @Test func keepsWhatWasReadInTheLine() {
        var station = ScriptedStation()
        station.read("]E04006381333931")
        #expect(
            station.operations.first?.kind
                == .batchAdd(
                    BatchLine(
                        batch: "0000000000000007-1-1", code: "4006381333931", aim: "]E0")))
    }
}
