import Dialogues
import DriverKit
import Foundation
import Replication
import Scans
import StationStorage
import Synchronization
import Testing

@testable import Pipeline

@Suite struct AssignmentTests {
    private let scene: IntakeScene
    private let intake: Intake
    private static let wave = Assignment(
        code: "W1", kind: .pick, order: "ORD-1",
        lines: [
            AssignmentLine(place: "LOC-A1", check: "49", item: "4006381333931", quantity: 2),
            AssignmentLine(place: "LOC-B2", item: "JAM", quantity: 3),
        ])

    init() throws {
        scene = try IntakeScene()
        intake = try scene.intake()
    }

    private func start(_ assignment: Assignment = wave) async throws {
        try await intake.submit(.give(assignment))
        try await intake.submit(.start(assignment.code), operator: "mia")
    }

    private func say(
        _ words: String, turn: Int? = nil, to other: Intake? = nil
    ) async throws -> Feedback {
        let phrase = try #require(SpokenPhrase(words))
        return try await (other ?? intake).submit(.answer(phrase, turn: turn)).feedback
    }

    @Test func scansFromAnyDeviceAnswerAndThePicksAreMovesToTheOrder() async throws {
        try await start()
        scene.read("LOC-A1 4006381333931 4006381333931", by: intake)
        scene.read("LOC-B2", by: intake, from: "ring")
        #expect(try await say("pick 3").signal == .batch)
        #expect(
            try scene.stock() == [
                "04006381333931@LOC-A1: -2", "04006381333931@ORD-1: 2", "JAM@LOC-B2: -3",
                "JAM@ORD-1: 3",
            ])
        let records = try scene.records()
        #expect(records.dropFirst(2).allSatisfy { $0.meaning == "answer" })
        #expect(records.last?.operations.count == 1)
    }

    @Test func wordsFromAMicrophoneAnswer() async throws {
        try await start()
        let answers = Answers()
        for (verb, argument) in [("check", "49"), ("pick", "2"), ("ready", ""), ("confirm", "")] {
            let phrase = SpokenPhrase(verb: verb, argument: argument)
            intake.accept(
                answers.delivery(
                    verb, payload: .spoken(phrase), from: "headset", at: scene.clock.now))
            answers.wait(for: 1)
        }
        #expect(answers.signals == ["done", "ok", "done", "batch"])
        #expect(intake.assignment?.dialogue.isDone == true)
    }

    @Test func commandCodesAnswer() async throws {
        try await start()
        let answers = scene.read("LOC-A1 %SAY:CONFIRM %UNDO", by: intake)
        #expect(answers.signals == ["done", "ok", "done"])
    }

    @Test func commandsOfProgramsAnswer() async throws {
        try await start()
        scene.read("LOC-A1", by: intake)
        let confirmed = try await intake.submit(.answer(SpokenPhrase(verb: "confirm")))
        #expect(confirmed.feedback.signal == .ok)
        #expect(try await intake.submit(.undo).feedback.signal == .done)
        #expect(try scene.stock() == [])
        #expect(try await intake.submit(.openBatch).feedback.signal == .batch)
    }

    /// The daemon dies after the answer was stored, and before anybody heard of it.
    @Test func aRestartGoesOnWhereItWasAndPostsNothingTwice() async throws {
        try await start()
        _ = try await say("check 49")
        let turn = try #require(intake.assignment?.dialogue.state.turn)
        _ = try await say("confirm", turn: turn)
        let before = try #require(intake.assignment?.dialogue)
        intake.stop()

        let asked = Mutex<[Question?]>([])
        let again = try Intake(
            store: scene.store, life: Life(random: 2), rules: .init(), workflow: .init(),
            stored: {}, asked: { question in asked.withLock { $0.append(question) } },
            log: scene.journal.logger)
        #expect(again.assignment?.dialogue == before)
        #expect(again.assignment?.operator == "mia")
        #expect(try await say("confirm", turn: turn, to: again).code == "stale-answer")
        #expect(try await say("undo", to: again).signal == .done)
        #expect(try scene.stock() == [])
        again.stop()
        #expect(asked.withLock { $0.first??.isOld } == true)
        #expect(asked.withLock { $0.last??.isOld } == false)
    }

    @Test func whilePausedTheStationWorksAsOnAnyDay() async throws {
        try await start()
        _ = try await say("check 49")
        _ = try await say("pause")
        scene.read("LOC-C3 TEA %UNDO TEA", by: intake)
        #expect(try scene.stock() == ["TEA@LOC-C3: 1"])
        _ = try await say("resume")
        scene.read("%SAY:CONFIRM", by: intake)
        #expect(try scene.stock().contains("04006381333931@ORD-1: 2"))
    }

    @Test func whoScansOnAfterTheEndHasClosedIt() async throws {
        try await start()
        for word in ["check 49", "confirm", "ready", "short 0", "confirm"] {
            _ = try await say(word)
        }
        #expect(intake.assignment?.dialogue.isDone == true)
        scene.read("LOC-C3 TEA", by: intake)
        #expect(intake.assignment == nil)
        #expect(try scene.stock().contains("TEA@LOC-C3: 1"))
        let record = try await scene.store.read { try $0.assignment("W1") }
        #expect(record?.stage == .closed)
    }

    @Test func anotherOneIsStartedAndTheFirstKeepsItsPlace() async throws {
        try await start()
        _ = try await say("check 49")
        _ = try await say("confirm")
        var other = Self.wave
        other.code = "W2"
        try await start(other)
        #expect(intake.assignment?.dialogue.assignment.code == "W2")
        try await intake.submit(.start("W1"))
        #expect(intake.assignment?.dialogue.state.finished.count == 1)
        let stages = try await scene.store.read { try $0.assignments(limit: 9) }
        #expect(stages.map(\.stage) == [.active, .open])
    }

    @Test func howAnOperatorIsSpokenToIsRemembered() async throws {
        try await start()
        _ = try await say("slower")
        _ = try await say("brief")
        let manner = try #require(intake.assignment?.dialogue.manner)
        intake.stop()
        let again = try scene.intake(life: 2)
        #expect(again.assignment?.dialogue.manner == manner)
        try await again.submit(.start("W1"), operator: "ben")
        #expect(again.assignment?.dialogue.manner == SpeechManner())
        try await again.submit(.start("W1"), operator: "mia")
        #expect(again.assignment?.dialogue.manner == manner)
        again.stop()
    }

    @Test func aReadThatRepeatsIsCountedOnce() async throws {
        let settings = WorkflowSettings(repeatPolicy: .ignoreWithin(.seconds(2)))
        intake.stop()
        let careful = try scene.intake(life: 3, settings)
        try await careful.submit(.give(Self.wave))
        try await careful.submit(.start("W1"))
        let answers = scene.read(
            "LOC-A1 4006381333931 4006381333931 +3 4006381333931", by: careful)
        #expect(answers.signals == ["done", "ok", "repeat", "ok"])
        careful.stop()
    }

    static let refusals: [(order: AssignmentOrder, code: String)] = [
        (.give(wave), "assignment-exists"),
        (.give(Assignment(code: "W9", kind: .pick, lines: [])), "bad-assignment"),
        (.start("W9"), "unknown-assignment"), (.start("DONE"), "assignment-done"),
        (.answer(SpokenPhrase(verb: "confirm"), turn: nil), "no-assignment"),
    ]

    @Test(arguments: refusals.indices)
    func whatMakesNoSenseIsRefused(index: Int) async throws {
        var done = Self.wave
        done.code = "DONE"
        try await start(done)
        for word in ["cancel", "confirm", "ready"] { _ = try await say(word) }
        try await intake.submit(.give(Self.wave))
        let receipt = try await intake.submit(Self.refusals[index].order)
        #expect(receipt.feedback.code == Self.refusals[index].code)
    }

    @Test func aForkRenamesWhatUndoTakesBack() async throws {
        try await start()
        _ = try await say("check 49")
        _ = try await say("confirm")
        intake.stop()
        try await scene.store.write { transaction in
            let incarnation = Life(random: 1).incarnation
            try transaction.noteFork(of: incarnation, agreed: 0)
        }
        _ = try await scene.store.write { try $0.reissue(in: Life(random: 5)) }
        let again = try scene.intake(life: 5)
        _ = try await say("undo", to: again)
        #expect(try scene.stock() == [])
        again.stop()
    }
}
