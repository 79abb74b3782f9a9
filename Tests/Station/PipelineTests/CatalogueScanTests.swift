import CatalogueStore
import Replication
import Scans
import StationStorage
import Synchronization
import Testing

@testable import Pipeline

/// What the catalogue makes of scans.
@Suite struct CatalogueScanTests {
    let scene: IntakeScene

    init() throws {
        scene = try IntakeScene()
        scene.clock.advance(1_900_000_000)
        try fill([
            .item(
                CatalogueItem(
                    key: "NUT", name: "Hex nut",
                    codes: [
                        ItemPack(code: "4006381333931"),
                        ItemPack(code: "14006381333938", quantity: 12),
                        ItemPack(code: "09521234543213"),
                    ])),
            .lot(CatalogueLot(item: "NUT", lot: "BAD", isRecalled: true)),
            .lot(CatalogueLot(item: "NUT", lot: "OLD", expiry: "2026-01-31")),
            .place(CataloguePlace(code: "SHELF", name: "By the door")),
        ])
    }

    private func fill(_ records: [CatalogueRecord]) throws {
        try scene.store.write { transaction in
            try transaction.beginCatalogue(of: "hub")
            let count = Int64(records.count)
            #expect(
                try transaction.apply(
                    CatalogueChanges(records: records, end: count, head: count), after: 0,
                    of: "hub", wallMicroseconds: 1))
        }
    }

    static let scans: [(read: String, signals: [String], stock: [String])] = [
        ("4006381333931", ["ok"], ["NUT@DOCK: 1"]),
        ("14006381333938", ["ok"], ["NUT@DOCK: 12"]),
        ("%QTY:3 14006381333938", ["done", "ok"], ["NUT@DOCK: 36"]),
        ("4006381333931 14006381333938", ["ok", "ok"], ["NUT@DOCK: 13"]),
        ("NUT", ["ok"], ["NUT@DOCK: 1"]),
        ("]C10109521234543213", ["ok"], ["NUT@DOCK: 1"]),
        ("]C1010952123454321310BAD", ["recalled"], ["NUT@DOCK: 1"]),
        ("]C1010952123454321310OLD", ["expired"], ["NUT@DOCK: 1"]),
        ("STRANGE", ["unknown-code"], ["STRANGE@DOCK: 1"]),
        ("SHELF NUT", ["done", "ok"], ["NUT@SHELF: 1"]),
        ("%QTY:9999 14006381333938", ["done", "bad-quantity"], []),
        ("%MODE:COUNT 14006381333938 %BATCH:CLOSE", ["done", "ok", "batch"], ["NUT@DOCK: 12"]),
    ]

    @Test(arguments: scans)
    func countAsTheItemThatTheyMean(read: String, signals: [String], stock: [String]) throws {
        let answers = scene.read(read, by: try scene.intake())
        #expect(answers.signals == signals)
        #expect(try scene.stock() == stock)
    }

    @Test func theNameIsSaidAndTheLotIsWarnedOf() throws {
        let answers = scene.read(
            "4006381333931 ]C1010952123454321310BAD", by: try scene.intake())
        #expect(answers.messages[0].hasPrefix("Hex nut: 1 × NUT received at DOCK"))
        #expect(answers.messages[1].contains("recalled"))
        #expect(answers.given.withLock { $0[1].feedback.signal } == .unknown)
    }

    /// What was posted stays; what is shown of it has the name.
    @Test func whatIsLearnedLaterChangesNoOperation() throws {
        let intake = try scene.intake()
        scene.read("SUP-7", by: intake)
        let before = try scene.records().flatMap(\.operations)
        try scene.store.write { transaction in
            _ = try transaction.append(
                [TaughtCode(item: "NUT", quantity: 5).operation(on: "SUP-7")],
                life: Life(random: 9), by: Author(), wallMicroseconds: 1)
        }
        #expect(try scene.stock() == ["SUP-7@DOCK: 1"])
        #expect(try scene.records().flatMap(\.operations) == before)
        let record = try #require(try scene.records().first)
        #expect(record.item == "SUP-7")
        #expect(try scene.store.read { try $0.meaning(of: record.item) }?.item.name == "Hex nut")
        #expect(scene.read("SUP-7", by: intake).signals == ["ok"])
        #expect(try scene.stock() == ["NUT@DOCK: 5", "SUP-7@DOCK: 1"])
    }

    @Test func withoutACatalogueNothingIsUnknown() throws {
        let bare = try IntakeScene()
        #expect(bare.read("STRANGE", by: try bare.intake()).signals == ["ok"])
    }
}
