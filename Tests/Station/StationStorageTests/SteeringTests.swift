import GRDB
import LedgerStore
import Replication
import SyncProtocol
import Testing

@testable import StationStorage

/// What people do to the outbox.
@Suite struct SteeringTests {
    let scene: StoreScene
    let store: StationStore
    let life = Life(random: 1)
    let ann = OutboxAudit.Reason(who: "ann", why: "because")
    static let refusal = Refusal(code: "quantity-out-of-range", message: "Too many.")

    init() throws {
        scene = try StoreScene()
        store = try scene.open()
    }

    @Test func aHeldOutboxGivesNothingOutAlsoAfterARestart() throws {
        try store.append(3, life)
        try store.write { try $0.hold(ann, wallMicroseconds: 5) }
        #expect(try store.read { try $0.unsent(limit: 10) }.isEmpty)
        try store.close()

        let again = try scene.open()
        let depth = try again.read { try $0.outboxDepth() }
        #expect(depth.hold == OutboxHold(sinceMicroseconds: 5, reason: ann))
        #expect(depth.waiting == 3)
        #expect(try again.read { try $0.unsent(limit: 10) }.isEmpty)
        #expect(try again.read { try $0.waiting(limit: 10) }.count == 1, "to be carried by hand")
        #expect(try again.write { try $0.release(ann, wallMicroseconds: 6) })
        #expect(try !again.write { try $0.release(ann, wallMicroseconds: 7) })
        #expect(try again.read { try $0.unsent(limit: 10) }.count == 1)
        let audit = try again.read { try $0.outboxAudit(limit: 10) }
        #expect(audit.map(\.action) == [.release, .hold])
    }

    @Test func everyLifeCounts() throws {
        try store.write { transaction in
            for number in UInt64(1)...1203 {
                _ = try transaction.append(
                    [.batchAdd(BatchLine(batch: "B", code: "1"))], life: Life(random: number),
                    by: Author(),
                    wallMicroseconds: 1)
            }
        }
        #expect(try store.read { try $0.outboxDepth().waiting } == 1203)
    }

    @Test func thePreviewGoesThroughAllLivesPageByPage() throws {
        try store.append(3, life)
        try store.append(2, Life(random: 2))
        try store.append(2, Life(random: 3))
        try store.write {
            try $0.acknowledge(life.incarnation, upTo: 1, wallMicroseconds: 1)
            try $0.acknowledge(Life(random: 2).incarnation, upTo: 2, wallMicroseconds: 1)
        }
        for limit in 1...5 {
            var ids: [String] = []
            var after: OperationID?
            while true {
                let page = try store.read { [after] in
                    try $0.outboxPage(after: after, limit: limit)
                }
                #expect(page.count <= limit)
                ids += page.map(\.operation.id.description)
                guard page.count == limit else { break }
                after = page.last?.operation.id
            }
            #expect(ids.map { $0.suffix(3) } == ["1:2", "1:3", "3:1", "3:2"], "limit \(limit)")
        }
    }

    /// A page costs no more when a hundred thousand wait.
    @Test func aLongQueueIsCountedAndPaged() throws {
        let kind = OperationKind.batchAdd(BatchLine(batch: "B", code: "1"))
        for _ in 0..<20 {
            try store.write {
                _ = try $0.append(
                    Array(repeating: kind, count: 5000), life: life, by: Author(),
                    wallMicroseconds: 1)
            }
        }
        #expect(try store.read { try $0.outboxDepth().waiting } == 100_000)
        let deep = OperationID(incarnation: life.incarnation, sequence: 99_990)
        let page = try store.read { try $0.outboxPage(after: deep, limit: 500) }
        #expect(page.map(\.operation.id.sequence) == Array(99_991...100_000))
        #expect(try store.read { try $0.unsent(limit: 500) }[0].operations.count == 500)
    }

    private func refused() throws -> OperationID {
        let ids = try store.append(2, life)
        try store.write {
            try $0.park(ids[1], refusal: Self.refusal, wallMicroseconds: 10)
        }
        return ids[1]
    }

    @Test func aRefusedOperationIsPutRightByOneThatNamesIt() throws {
        let id = try refused()
        let right = OperationKind.adjust(StockKey(item: "A", place: "DOCK"), delta: 7)
        let made = try store.write {
            try $0.amend(id, as: right, life: life, by: ann, wallMicroseconds: 20)
        }
        let runs = try store.read { try $0.unsent(limit: 10) }
        let last = try #require(runs.last?.operations.last)
        #expect(last.operation.id == made)
        #expect(last.operation.kind == right)
        #expect(last.operation.amends == id)
        let content = try OperationKind.content(of: last.kindBytes)
        #expect(content.kind == right && content.amends == id)
        #expect(try store.read { try $0.outboxDepth().deadLetters } == 0)
        #expect(try store.read { try $0.deadLetters(limit: 9) }.isEmpty)
        let letters = try store.read { try $0.deadLetters(limit: 9, settledToo: true) }
        #expect(letters.map(\.settled?.action) == [.edit])
        let audit = try store.read { try $0.outboxAudit(limit: 9) }
        #expect(audit.map(\.operation) == [id])
        #expect(audit.map(\.newOperation) == [made])
        #expect(audit.map(\.reason) == [ann])
    }

    @Test func itIsDealtWithOnce() throws {
        let id = try refused()
        try store.write { try $0.discard(id, life: life, by: ann, wallMicroseconds: 20) }
        #expect(throws: DeadLetterError.settled(id, .discard)) {
            try store.write {
                _ = try $0.amend(id, as: nil, life: life, by: ann, wallMicroseconds: 1)
            }
        }
        // The verdict comes again with the feed.
        try store.write { try $0.park(id, refusal: Self.refusal, wallMicroseconds: 30) }
        #expect(try store.read { try $0.deadLetters(limit: 9) }.isEmpty)
        let other = OperationID(incarnation: life.incarnation, sequence: 1)
        #expect(throws: DeadLetterError.unknown(other)) {
            try store.write { try $0.discard(other, life: life, by: ann, wallMicroseconds: 20) }
        }
    }

    /// Else it would wait there for good.
    @Test func theHubHearsWhatWasGivenUp() throws {
        let id = try refused()
        try store.write { try $0.discard(id, life: life, by: ann, wallMicroseconds: 20) }
        let last = try #require(try store.read { try $0.unsent(limit: 10) }.last?.operations.last)
        #expect(last.operation.kind == .undo(id, level: 2))
        #expect(last.operation.amends == id)
        #expect(last.operation.operator == ann.who)
        #expect(try store.balance(of: "A") == 1)
        let audit = try store.read { try $0.outboxAudit(limit: 9) }
        #expect(audit.map(\.newOperation) == [last.operation.id])
    }

    @Test(arguments: ["DELETE FROM outbox_audit", "UPDATE outbox_audit SET who = 'bob'"])
    func theAuditIsOnlyAddedTo(sql: String) throws {
        try store.write { try $0.hold(ann, wallMicroseconds: 5) }
        let raw = try scene.raw()
        #expect(throws: DatabaseError.self) { try raw.write { try $0.execute(sql: sql) } }
        #expect(try store.read { try $0.outboxAudit(limit: 9) }.map(\.reason) == [ann])
    }
}

/// What came in is not kept for ever, and never goes too early.
@Suite struct RetentionTests {
    static let day: Int64 = 86_400_000_000
    let scene: StoreScene
    let store: StationStore
    let life = Life(random: 1)

    init() throws {
        scene = try StoreScene()
        store = try scene.open()
    }

    /// A record a day, each with an operation of its own.
    private func scan(days: Int64) throws -> [OperationID] {
        try store.write { transaction in
            try (0..<days).flatMap { day in
                let ids = try transaction.append(
                    [.adjust(StockKey(item: "A", place: "P"), delta: 1)], life: life,
                    by: Author(), wallMicroseconds: day * Self.day)
                try transaction.record(
                    IntakeRecord(
                        wallMicroseconds: day * Self.day, monotonicMicroseconds: 0, device: "gun",
                        payload: [0x31], text: "code \(day)", aim: "", symbology: "",
                        meaning: "item", decision: "taken", signal: "ok", code: "", message: "",
                        batch: "", operations: ids))
                return ids
            }
        }
    }

    private func prune(days: Int = 10, records: Int = 5, at day: Int64) throws -> Int {
        try store.write {
            try $0.pruneIntake(
                IntakeRetention(days: days, records: records),
                wallMicroseconds: day * Self.day)
        }
    }

    private func left() throws -> [Int64] {
        try store.read { try $0.intake(after: 0, limit: 2000) }.map(\.sequence)
    }

    @Test func whatTheHubLacksStays() throws {
        _ = try scan(days: 20)
        #expect(try prune(at: 100) == 0)
        try store.write { try $0.acknowledge(life.incarnation, upTo: 3, wallMicroseconds: 1) }
        #expect(try prune(at: 100) == 3)
        #expect(try left() == Array(4...20))
    }

    @Test func youngOnesAndTheNewestStay() throws {
        _ = try scan(days: 20)
        try store.write { try $0.acknowledge(life.incarnation, upTo: 20, wallMicroseconds: 1) }
        #expect(try prune(days: 15, at: 20) == 5, "days 0 to 4 are older than 15 days")
        #expect(try prune(at: 1_000_000) == 10, "a clock far ahead takes no more")
        #expect(try left() == Array(16...20))
        #expect(try store.balance(of: "A") == nil)
        let runs = try store.read { try $0.run(of: life.incarnation, after: 0, limit: 100) }
        #expect(runs?.operations.count == 20, "a restored hub can still ask for all")
    }

    @Test func whatAPersonMustDecideStaysWithWhatWasScanned() throws {
        let ids = try scan(days: 20)
        try store.write {
            try $0.acknowledge(life.incarnation, upTo: 20, wallMicroseconds: 1)
            try $0.park(ids[2], refusal: SteeringTests.refusal, wallMicroseconds: 1)
        }
        #expect(try prune(at: 100) == 14)
        #expect(try left() == [3] + Array(16...20))
        #expect(try store.read { try $0.deadLetters(limit: 9) }.map(\.scanned) == ["code 2"])
    }

    @Test func aPageIsAtMostFiveHundred() throws {
        _ = try scan(days: 520)
        try store.write { try $0.acknowledge(life.incarnation, upTo: 520, wallMicroseconds: 1) }
        #expect(try prune(at: 10_000) == 500)
        #expect(try prune(at: 10_000) == 15)
        #expect(try prune(at: 10_000) == 0)
    }

    @Test func whatWasScannedIsFoundAmongManyLives() throws {
        for number in UInt64(1)...40 {
            try store.write { transaction in
                for step in 0..<3 {
                    let ids = try transaction.append(
                        Array(
                            repeating: .adjust(StockKey(item: "A", place: "P"), delta: 1),
                            count: step), life: Life(random: number), by: Author(),
                        wallMicroseconds: 1)
                    try transaction.record(
                        IntakeRecord(
                            wallMicroseconds: 1, monotonicMicroseconds: 0, device: "",
                            payload: [], text: "\(number)-\(step)", aim: "", symbology: "",
                            meaning: "", decision: "", signal: "", code: "", message: "",
                            batch: "", operations: ids))
                }
            }
        }
        for number in [UInt64(1), 17, 40] {
            for (sequence, step) in [(UInt64(1), 1), (2, 2), (3, 2)] {
                let id = OperationID(
                    incarnation: Life(random: number).incarnation, sequence: sequence)
                let text = try scene.raw().read { try IntakeRecord.text(behind: id, $0) }
                #expect(text == "\(number)-\(step)")
            }
        }
    }
}
