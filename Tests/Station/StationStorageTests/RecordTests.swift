import GRDB
import Replication
import Scans
import Testing

@testable import StationStorage

@Suite struct IntakeRecordTests {
    private func record(
        _ text: String, payload: [UInt8] = [], operations: [OperationID] = []
    ) -> IntakeRecord {
        IntakeRecord(
            wallMicroseconds: 1, monotonicMicroseconds: 2, device: "scanner", payload: payload,
            text: text, aim: "]E0", symbology: "EAN-13", meaning: "item", decision: "taken",
            signal: "ok", code: "", message: "Received.", batch: "b", operations: operations,
            operator: "Ada")
    }

    @Test func recordsAreNumberedAndComeBackAsTheyWere() throws {
        let scene = try StoreScene()
        let store = try scene.open()
        let life = Incarnation(rawValue: .max)
        var records = [
            record("a", payload: [0, 0xFF]),
            record(
                "b",
                operations: (3...4).map { OperationID(incarnation: life, sequence: $0) }),
        ]
        for index in records.indices {
            records[index].sequence = try store.write { try $0.record(records[index]) }
        }
        #expect(records.map(\.sequence) == [1, 2])
        #expect(try store.read { try $0.intake(after: 0, limit: 10) } == records)
        #expect(try store.read { try $0.intake(after: 1, limit: 10) } == [records[1]])
        #expect(try store.read { try $0.intake(after: 0, limit: 1) } == [records[0]])
        #expect(try store.read { try $0.lastIntake() } == 2)
    }

    @Test func elementsComeBack() throws {
        let store = try StoreScene().open()
        var kept = record("a")
        kept.elements = "(01)09521234543213(10)L1"
        kept.sequence = try store.write { [kept] in try $0.record(kept) }
        #expect(try store.read { try $0.intake(after: 0, limit: 1) } == [kept])
    }

    /// A file of the time before there were elements: what is in it stays.
    @Test func anOlderFileGetsElements() throws {
        let scene = try StoreScene()
        try StationSchema.migrator.migrate(try scene.raw(), upTo: "station-1")
        try scene.raw().write { db in
            try db.execute(
                sql: """
                    INSERT INTO intake VALUES (7, 1, 2, 'scanner', 'Ada', X'41', 'A', '', '',
                        'item', 'taken', 'ok', '', 'Received.', 'b', NULL, NULL, 0)
                    """)
        }
        let records = try scene.open().read { try $0.intake(after: 0, limit: 9) }
        #expect(records.map(\.text) == ["A"] && records.map(\.elements) == [""])
        #expect(records.map(\.operator) == ["Ada"] && records.map(\.sequence) == [7])
    }

    @Test(arguments: [(0, 0), (1, 0), (0, 1)])
    func aPayloadIsKeptUpToItsLimit(more: Int, fewer: Int) {
        let limit = IntakeRecord.payloadLimitBytes
        let payload = [UInt8](repeating: 7, count: limit + more - fewer)
        #expect(record("a", payload: payload).payload.count == limit - fewer)
    }
}

@Suite struct BatchRecordTests {
    @Test func aBatchClosesOnceAndKeepsItsTotals() throws {
        let scene = try StoreScene()
        let store = try scene.open()
        var workflow = Workflow()
        let id = OperationID(incarnation: Incarnation(rawValue: 3), sequence: 1)
        func save(_ input: WorkflowInput, _ wall: Int64, sequence: UInt64) throws {
            let time = CaptureTime(wallMicroseconds: wall, monotonicMicroseconds: wall)
            let outcome = workflow.apply(
                input, at: time,
                nextOperation: OperationID(incarnation: id.incarnation, sequence: sequence))
            try store.write { transaction in
                for batch in outcome.batches {
                    try transaction.save(BatchRecord(batch, wallMicroseconds: wall))
                }
            }
        }
        func scan(_ text: String) -> WorkflowInput {
            let scan = Scan(text: text, symbology: nil, aim: "", meaning: .item(ItemCode(text)))
            return .scan(scan, from: "scanner")
        }

        try save(scan("A"), 10, sequence: 1)
        try save(scan("B"), 20, sequence: 3)
        let open = try #require(try store.read { try $0.batches(limit: 9) }.first)
        #expect((open.stage, open.lines, open.closedMicroseconds) == (.open, 2, nil))
        #expect(open.totals.isEmpty)

        try save(.command(.closeBatch, from: nil), 30, sequence: 5)
        try save(.command(.undo, from: nil), 40, sequence: 5)
        let closed = try #require(try store.read { try $0.batch(open.code) })
        #expect((closed.stage, closed.lines, closed.pieces) == (.closed, 1, 1))
        #expect(closed.openedMicroseconds == 10)
        #expect(closed.closedMicroseconds == 30)
        #expect(closed.totals.map(\.subject.code) == ["A"])
    }
}
