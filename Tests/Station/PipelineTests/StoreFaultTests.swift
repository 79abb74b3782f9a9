import Foundation
import GRDB
import LedgerStore
import Replication
import Scans
import StationStorage
import Testing

@testable import Pipeline

@Suite struct StoreFaultTests {
    let scene: IntakeScene

    init() throws {
        scene = try IntakeScene()
    }

    /// Has the database refuse the record of one code, as a bug might.
    private func poison(_ text: String) throws {
        let file = try DatabaseQueue(path: scene.path)
        try file.write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER poison BEFORE INSERT ON intake WHEN NEW.text = '\(text)'
                    BEGIN SELECT RAISE(ABORT, 'poisoned'); END
                    """)
        }
    }

    @Test func onePoisonedCaptureHarmsNoOther() throws {
        try poison("BAD")
        let intake = try scene.intake()
        let answers = Answers()
        scene.whileHeld(intake) {
            for text in ["A", "%SS:QTY:4", "BAD", "B", "BAD", "C"] {
                intake.accept(answers.delivery(text, at: scene.clock.now))
            }
        }
        answers.wait(for: 6)

        #expect(
            answers.signals == ["ok", "done", "store-failed", "ok", "store-failed", "ok"])
        // The quantity was not used up by what was not stored.
        #expect(try scene.stock() == ["A@DOCK: 1", "B@DOCK: 4", "C@DOCK: 1", "GATE@DOCK: 1"])
        #expect(try scene.records().map(\.text) == ["GATE", "A", "%SS:QTY:4", "B", "C"])
        #expect(intake.view.openBatch?.lines == 4)
        let operations = try scene.records().flatMap { $0.operations.map(\.sequence) }
        #expect(operations == Array(1...8))
    }

    /// A file system of its own is filled up by another program, then has space again.
    @Test(.enabled(if: geteuid() == 0, "mounting a small file system needs root"))
    func aFullDiskIsHeardAndLosesNothing() throws {
        try #require(mount("tmpfs", scene.folder.path, "tmpfs", 0, "size=4m") == 0, "no tmpfs")
        defer { umount2(scene.folder.path, Int32(MNT_DETACH)) }
        let path = scene.folder.appending(path: "full.sqlite").path
        let store = try StationStore(path: path)
        let intake = try Intake(
            store: store, life: Life(random: 1), rules: InterpretationRules(),
            workflow: WorkflowSettings(), clock: { [clock = scene.clock] in clock.now },
            stored: {}, log: scene.journal.logger)
        #expect(scene.read("A", by: intake).signals == ["ok"])

        let filler = scene.folder.appending(path: "filler").path
        fill(filler)
        var accepted: Int64 = 1
        var refusals: [String] = []
        for _ in 0..<2000 where refusals.count < 20 {
            let signals = scene.read("A", by: intake).signals
            if signals == ["ok"] || signals == ["batch"] {
                accepted += 1
            } else {
                refusals += signals
            }
        }
        #expect(refusals == Array(repeating: "disk-full", count: 20))
        #expect(try holdings(store) == accepted)
        let lines = intake.view.openBatch?.lines

        unlink(filler)
        #expect(scene.read("B", by: intake).signals == ["ok"])
        #expect(intake.view.openBatch?.lines == (lines ?? 0) + 1)
        #expect(try holdings(store) == accepted)
        #expect(try store.read { try $0.lastIntake() } == accepted + 1)
        let levels = scene.journal.lines.map { $0.prefix { $0 != ":" } }
        #expect(levels == ["error store", "notice store"], "said once, not at every scan")
        intake.stop()
        try store.close()
    }

    private func holdings(_ store: StationStore) throws -> Int64? {
        try store.write { try $0.holdings(.init(item: "A"), limit: 9) }.first?.value
    }

    private func fill(_ path: String) {
        let file = open(path, O_WRONLY | O_CREAT, 0o600)
        let block = [UInt8](repeating: 1, count: 4096)
        while write(file, block, block.count) == block.count {}
        close(file)
    }

    @Test(arguments: [
        "UPDATE workflow_state SET mode = 'dance'",
        "UPDATE workflow_state SET batch_place = NULL",
        "UPDATE workflow_state SET reads = '{'",
        "UPDATE workflow_line SET subject = 'x'",
        "UPDATE workflow_line SET quantity = 0",
        "INSERT INTO workflow_last_batch VALUES (1, '{}')",
    ])
    func aStateThatCannotBeReadStartsAnewAndLosesNothing(damage: String) throws {
        let intake = try scene.intake()
        scene.read("%MODE:COUNT A", by: intake)
        intake.stop()
        let file = try DatabaseQueue(path: scene.path)
        try file.write { try $0.execute(sql: damage) }

        let again = try scene.intake(life: 2)
        #expect(again.view.mode == .receive)
        #expect(again.view.openBatch == nil)
        let warnings = scene.journal.lines
        #expect(warnings.count == 1 && warnings[0].hasPrefix("warning store:"))
        #expect(scene.read("B", by: again).signals == ["ok"])
        again.stop()
        #expect(try scene.intake(life: 3).view.openBatch?.totals.map(\.subject) == [.item("B")])
        #expect(scene.journal.lines.count == 1, "given up once")
        #expect(try scene.records().count == 3)
        #expect(try scene.committed("SELECT count(*) FROM operation") == 3)
    }
}
