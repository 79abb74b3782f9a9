import Foundation
import GRDB
import LedgerStore
import Replication
import Scans
import StationStorage
import SyncProtocol
import Synchronization
import Testing

@testable import Pipeline

@Suite struct IntakeTests {
    let scene: IntakeScene

    init() throws {
        scene = try IntakeScene()
    }

    @Test func aScanBecomesStockAndARecord() throws {
        let intake = try scene.intake()
        let answers = scene.read("%QTY:3 4006381333931", by: intake)

        #expect(answers.signals == ["done", "ok"])
        #expect(try scene.stock() == ["04006381333931@DOCK: 3"])
        let record = try #require(try scene.records().last)
        #expect((record.sequence, record.device, record.meaning) == (2, "scanner", "item"))
        #expect((record.decision, record.signal, record.code) == ("taken", "ok", ""))
        #expect(record.payload == Array("4006381333931".utf8))
        #expect(record.message == answers.messages.last)
        #expect(record.operations.map(\.sequence) == [1, 2])
        #expect(record.batch == intake.view.openBatch?.code.rawValue)
        let batch = try #require(try scene.store.read { try $0.batches(limit: 9) }.first)
        #expect((batch.lines, batch.pieces, batch.stage) == (1, 3, .open))
    }

    @Test func aGS1CodeIsRecordedWithItsElementsAndItsLotIsInTheLedger() throws {
        let intake = try scene.intake()
        let answers = scene.read("]C1010952123454321310L1 ]C10109521234543214", by: intake)
        #expect(answers.signals == ["ok", "incorrect-check-digit"])
        let records = try scene.records()
        #expect(records.map(\.elements) == ["(01)09521234543213(10)L1", ""])
        #expect(records.map(\.decision) == ["taken", "refused"])
        #expect(records.map(\.operations.count) == [2, 0])
        #expect(records[1].payload == Array("]C10109521234543214".utf8))
        let key = StockKey(item: "09521234543213", place: "DOCK", lot: "L1")
        let balance = try scene.store.read { reader in
            try reader.ledger { ledger, db in try ledger.balance(of: key, in: db)?.value }
        }
        #expect(balance == 1)
    }

    /// Another program looks at the file at the moment of the answer.
    @Test func nobodyHearsOkBeforeItIsDurable() throws {
        let intake = try scene.intake()
        let answers = Answers()
        let missing = Mutex<[String]>([])
        for number in 0..<60 {
            let text = "ITEM-\(number)"
            intake.accept(
                answers.delivery(text, at: scene.clock.now) { [scene] _ in
                    let sql = "SELECT count(*) FROM intake WHERE text = ? AND operations = 2"
                    let rows = (try? scene.committed(sql, [text])) ?? -1  // -1 fails the test.
                    if rows != 1 { missing.withLock { $0.append("\(text): \(rows)") } }
                })
        }
        answers.wait(for: 60)
        #expect(answers.signals == Array(repeating: "ok", count: 60))
        #expect(missing.withLock { $0 } == [])
    }

    @Test(arguments: [(0, 0), (1, 1), (127, 1), (128, 1), (129, 2), (300, 3)])
    func whatWaitsIsOneTransactionUpToTheLimit(waiting: Int, transactions: Int) throws {
        let intake = try scene.intake()
        let answers = Answers()
        scene.whileHeld(intake) {
            for number in 0..<waiting {
                intake.accept(answers.delivery("ITEM-\(number)", at: scene.clock.now))
            }
        }
        answers.wait(for: waiting)
        intake.stop()
        #expect(scene.commits.withLock { $0 } == 1 + transactions)
        #expect(try scene.records().map(\.text) == ["GATE"] + (0..<waiting).map { "ITEM-\($0)" })
    }

    @Test func everyAnswerOfManyThreadsHasItsRecordAndItsOperations() throws {
        let intake = try scene.intake()
        let (devices, each) = (4, 2500)
        let answers = Answers()
        DispatchQueue.concurrentPerform(iterations: devices) { device in
            for number in 0..<each {
                intake.accept(
                    answers.delivery(
                        "D\(device)-\(number)",
                        from: DeviceName(rawValue: "scanner-\(device)"),
                        at: scene.clock.now))
            }
        }
        answers.wait(for: devices * each)

        #expect(answers.signals.allSatisfy { $0 == "ok" || $0 == "batch" })
        let records = try scene.records()
        #expect(records.count == devices * each)
        for device in 0..<devices {
            let texts = records.filter { $0.device == "scanner-\(device)" }.map(\.text)
            #expect(texts == (0..<each).map { "D\(device)-\($0)" })
        }
        let operations = records.flatMap { $0.operations.map(\.sequence) }
        #expect(operations == Array(1...UInt64(2 * devices * each)))
        #expect(try scene.committed("SELECT count(*) FROM operation") == 2 * devices * each)
        let last = try scene.store.read { try $0.lives().map(\.lastSequence) }
        #expect(last == [UInt64(2 * devices * each)])
        #expect(scene.commits.withLock { $0 } < devices * each)
    }

    @Test func whatWaitsAtTheEndIsTakenInAndLaterNothing() throws {
        let intake = try scene.intake()
        let answers = Answers()
        for number in 0..<300 {
            intake.accept(answers.delivery("ITEM-\(number)", at: scene.clock.now))
        }
        intake.stop()
        #expect(answers.signals.count == 300)
        #expect(try scene.records().count == 300)

        intake.accept(answers.delivery("LATE", at: scene.clock.now))
        #expect(answers.signals.last == "stopping")
        #expect(try scene.records().count == 300)
        intake.stop()
    }

    @Test func programsGoTheSameWay() async throws {
        let intake = try scene.intake()
        let mode = try await intake.submit(.mode(.count), operator: "Ada")
        let scan = try await intake.submit(code: "A\u{1B}[2J", device: "api", operator: "Ada")
        let good = try await intake.submit(code: "A", device: "api", operator: "Ada")

        #expect((mode.sequence, mode.feedback.signal) == (1, .done))
        #expect((scan.sequence, scan.feedback.code) == (2, "control-character"))
        #expect((good.sequence, good.feedback.signal) == (3, .ok))
        #expect(intake.view.mode == .count)
        let records = try scene.records()
        #expect(records.map(\.device) == ["", "api", "api"])
        #expect(records.map(\.operator) == ["Ada", "Ada", "Ada"])
        #expect((records[0].text, records[0].meaning) == ("MODE:COUNT", "command"))
        let run = try await scene.store.read { try $0.unsent(limit: 9) }.first
        #expect(run?.operations.allSatisfy { $0.operation.operator == "Ada" } == true)

        intake.stop()
        await #expect(throws: IntakeError.stopping) { try await intake.submit(.undo) }
    }

    @Test func aRepeatIsRecordedButCountsNothing() throws {
        let intake = try scene.intake(
            life: 1, WorkflowSettings(repeatPolicy: .ignoreWithin(.seconds(2))))
        let answers = scene.read("A +1 A +1 A +3 A", by: intake)
        #expect(answers.signals == ["ok", "repeat", "repeat", "ok"])
        #expect(try scene.stock() == ["A@DOCK: 2"])
        let decisions = try scene.records().map(\.decision)
        #expect(decisions == ["taken", "repeat-ignored", "repeat-ignored", "taken"])
    }

    @Test func lookingUpSaysWhatIsThere() throws {
        let intake = try scene.intake()
        scene.read("A B %QTY:5 A LOC-X A SN-1", by: intake)
        let before = try scene.stock()
        let answers = scene.read("%MODE:LOOK-UP A LOC-X SN-1 C SN-9", by: intake)

        #expect(
            answers.messages.dropFirst() == [
                "A: 6 at DOCK, 1 at LOC-X.", "LOC-X: 1 × A.", "SN-1: at LOC-X.",
                "C: none in stock.", "SN-9: never seen.",
            ])
        #expect(answers.signals.dropFirst() == ["ok", "ok", "ok", "not-in-stock", "not-in-stock"])
        #expect(try scene.stock() == before)
    }

    @Test(arguments: [(5, ""), (6, ", and more")])
    func aLookUpNamesSoManyPlacesAndNoMore(places: Int, ending: String) throws {
        let intake = try scene.intake()
        for place in 1...places { scene.read("LOC-\(place) A", by: intake) }
        let answers = scene.read("%MODE:LOOK-UP A", by: intake)
        let named = (1...5).map { "1 at LOC-\($0)" }.joined(separator: ", ")
        #expect(answers.messages.last == "A: \(named)\(ending).")
    }
}
