import Batches
import Replication
import Scans
import StationStorage
import Testing

@testable import Pipeline

/// What an expected list says of scans, live and after a restart.
@Suite struct ExpectedListTests {
    private let scene: IntakeScene
    private let box = "]C100106141412345678908"

    init() throws {
        scene = try IntakeScene()
        try give([
            ExpectedLine(item: "A", quantity: 3), ExpectedLine(item: "B", lot: "L1", quantity: 1),
            ExpectedLine(item: "09521234543213", lot: "L7", unit: "00/106141412345678908"),
        ])
    }

    private func give(_ lines: [ExpectedLine]) throws {
        try scene.store.write {
            try $0.give(ExpectedList(code: "ASN-1", lines: lines), wallMicroseconds: 1)
        }
    }

    private func compared() throws -> Comparison {
        try scene.store.read { reader in
            let reading = BatchReading(rules: InterpretationRules(), wallMicroseconds: 1)
            let list = try #require(try reader.expectedList("ASN-1")).list
            return ExpectedIndex(list).comparison(
                with: try reader.content(for: "ASN-1", reading))
        }
    }

    @Test func saysOfEachScanWhatTheListThinks() throws {
        let answers = scene.read(
            "%LIST:ASN-1 A +1 A +1 A +1 A +1 B +1 JAM +1 \(box) +1 ]C1010952123454321310L7",
            by: try scene.intake())
        #expect(
            answers.signals == [
                "done", "ok", "ok", "ok", "over-expected", "wrong-goods", "not-expected", "ok",
                "ok",
            ])
        #expect(answers.messages[1] == "1 × A received at DOCK. 1 of 3.")
        #expect(answers.messages[3] == "1 × A received at DOCK. 3 of 3: all of it.")
        let compared = try compared()
        #expect(compared.rows.map(\.scanned) == [4, 0, 1])
        #expect(compared.strays.map(\.reason) == [.lot, .extra])
        #expect(try scene.stock().count == 4)
    }

    @Test func undoTakesBackWhatTheListHeard() throws {
        let intake = try scene.intake()
        scene.read("%LIST:ASN-1 A A A %UNDO", by: intake)
        #expect(
            scene.read("A", by: intake).messages == ["1 × A received at DOCK. 3 of 3: all of it."])
        scene.read("%BATCH:CANCEL", by: intake)
        #expect(try compared().missing == 5)
        #expect(scene.read("A", by: intake).messages == ["1 × A received at DOCK. 1 of 3."])
    }

    /// The list is worked on over batches and restarts, and what was scanned stands in the log.
    @Test func aRestartForgetsNothing() throws {
        let intake = try scene.intake()
        scene.read("%LIST:ASN-1 A \(box) %BATCH:CLOSE A", by: intake)
        let before = try compared()
        intake.stop()

        let again = try scene.intake(life: 2)
        #expect(again.view.context.list == "ASN-1")
        #expect(try compared() == before)
        #expect(
            scene.read("A", by: again).messages == ["1 × A received at DOCK. 3 of 3: all of it."])
        #expect(try scene.store.read { try $0.batches(for: "ASN-1") }.count == 2)
    }

    @Test func whatWasScannedBeforeTheListOrAfterItIsNoneOfItsBusiness() throws {
        let intake = try scene.intake()
        scene.read("A %LIST:ASN-1 A %LIST:NONE A", by: intake)
        #expect(try compared().rows[0].scanned == 1)
        #expect(intake.view.context.list == "")
    }

    @Test func aListThatThereIsNotIsRefused() throws {
        let intake = try scene.intake()
        #expect(scene.read("A %LIST:ASN-2 A", by: intake).signals == ["ok", "unknown-list", "ok"])
        #expect(intake.view.openBatch?.lines == 2)
    }

    @Test func aListThatIsGivenAnewCountsFromWhatWasScanned() throws {
        let intake = try scene.intake()
        scene.read("%LIST:ASN-1 A A", by: intake)
        try give([ExpectedLine(item: "A", quantity: 5)])
        scene.read("%LIST:ASN-1", by: intake)
        #expect(intake.view.openBatch?.lines == 2)
        #expect(scene.read("A", by: intake).messages == ["1 × A received at DOCK. 3 of 5."])
    }

    @Test func ofManyListsTheNewestAreKept() throws {
        try scene.store.write { transaction in
            for number in 0...GivenList.countLimit {
                let lines = [ExpectedLine(item: "A")]
                try transaction.give(
                    ExpectedList(code: "L\(number)", lines: lines), wallMicroseconds: 1)
            }
        }
        let lists = try scene.store.read { try $0.expectedLists(limit: 1000) }
        #expect(lists.count == GivenList.countLimit)
        #expect(lists.last?.list.code == "L1")
    }
}
