import Foundation
import GRDB
import Scans
import StationStorage
import Testing

@testable import Pipeline

@Suite struct QuietGapTests {
    let scene: IntakeScene
    let settings = WorkflowSettings(quietGap: .seconds(300))

    init() throws {
        scene = try IntakeScene()
    }

    /// Polls, because the intake's thread does it in its own time.
    private func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
        let end = Date.now + 30
        while Date.now < end {
            if try condition() { return true }
            sched_yield()
        }
        return false
    }

    @Test func aBatchLeftAloneClosesByItself() throws {
        let intake = try scene.intake(life: 1, settings)
        scene.read("%MODE:COUNT A A", by: intake)
        scene.clock.advance(299)
        intake.wake()
        scene.read("%QTY:2", by: intake)
        #expect(intake.view.openBatch != nil)

        scene.clock.advance(300)
        intake.wake()
        #expect(eventually { intake.view.openBatch == nil })
        let record = try #require(try scene.records().last)
        #expect((record.device, record.meaning, record.signal) == ("", "quiet-gap", "batch"))
        #expect(record.operations.count == 1)
        #expect(try scene.stock() == ["A@DOCK: 2"])
        let batch = try #require(try scene.store.read { try $0.batches(limit: 1) }.first)
        #expect((batch.stage, batch.pieces) == (.closed, 2))
    }

    /// By a real clock: nobody wakes the thread.
    @Test func theThreadWakesByItself() throws {
        let intake = try Intake(
            store: scene.store, life: Life(random: 1), rules: InterpretationRules(),
            workflow: WorkflowSettings(quietGap: .milliseconds(50)), stored: {},
            log: scene.journal.logger)
        let answers = Answers()
        intake.accept(answers.delivery("A", at: .now))
        answers.wait(for: 1)
        #expect(eventually { intake.view.openBatch == nil })
        intake.stop()
    }

    /// The store refuses at that moment: the batch closes when it takes again.
    @Test func aBatchThatCouldNotCloseTriesAgain() throws {
        let file = try DatabaseQueue(path: scene.path)
        try file.write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER poison BEFORE INSERT ON intake WHEN NEW.meaning = 'quiet-gap'
                    BEGIN SELECT RAISE(ABORT, 'poisoned'); END
                    """)
        }
        let intake = try scene.intake(life: 1, settings)
        scene.read("A", by: intake)
        scene.clock.advance(300)
        intake.wake()
        #expect(eventually { scene.journal.lines.count == 1 })
        #expect(intake.view.openBatch != nil)

        try file.write { try $0.execute(sql: "DROP TRIGGER poison") }
        scene.clock.advance(1)
        intake.wake()
        #expect(eventually { intake.view.openBatch == nil })
        #expect(scene.journal.lines.count == 1)
    }

    @Test func aBatchThatGrewOldDuringAPauseClosesAtTheStart() throws {
        let intake = try scene.intake(life: 1, settings)
        scene.read("A", by: intake)
        intake.stop()
        scene.clock.advance(301)
        let again = try scene.intake(life: 2, settings)
        #expect(eventually { again.view.openBatch == nil })
    }
}
