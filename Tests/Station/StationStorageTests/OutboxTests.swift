import Replication
import SyncProtocol
import Testing

@testable import StationStorage

@Suite struct OutboxTests {
    let scene: StoreScene
    let store: StationStore
    let life = Life(random: 1)
    let next = Life(random: 2)

    init() throws {
        scene = try StoreScene()
        store = try scene.open()
    }

    private func acknowledge(_ life: Life, _ sequence: UInt64) throws {
        try store.write {
            try $0.acknowledge(life.incarnation, upTo: sequence, wallMicroseconds: 77)
        }
    }

    private func waiting(limit: Int = 100) throws -> [String] {
        try store.read { try $0.unsent(limit: limit) }.map { run in
            let sequences = run.operations.map { "\($0.operation.id.sequence)" }
            return "\(run.incarnation.rawValue): " + sequences.joined(separator: " ")
        }
    }

    @Test func runsAreCutAtTheLimit() throws {
        try store.append(3, life)
        try store.append(2, next)
        #expect(try waiting(limit: 0) == [])
        #expect(try waiting(limit: 3) == ["1: 1 2 3"])
        #expect(try waiting(limit: 4) == ["1: 1 2 3", "2: 1"])
        #expect(try waiting() == ["1: 1 2 3", "2: 1 2"])
        let link = try store.read { try $0.unsent(limit: 9) }[1].link
        #expect(link == IncarnationLink(parent: life.incarnation, sequence: 3))
    }

    @Test func whatIsAcknowledgedNoLongerWaits() throws {
        try store.append(3, life)
        try acknowledge(life, 2)
        #expect(try waiting() == ["1: 3"])
        try acknowledge(life, 1)
        #expect(try waiting() == ["1: 3"], "a late answer takes nothing back")
        try acknowledge(life, 3)
        #expect(try waiting() == [])
    }

    /// The database is an older copy: the hub has operations that it never had.
    @Test func aHubThatHoldsMoreThanWeDoHoldsAllOfOurs() throws {
        try store.append(3, life)
        try acknowledge(life, 20)
        #expect(try waiting() == [])
        try store.append(1, life)
        #expect(try waiting() == ["1: 4"])
        try acknowledge(life, .max)
        #expect(try waiting() == [])
    }

    @Test func aHubRestoredFromABackupGetsTheRestAgain() throws {
        try store.append(3, life)
        try acknowledge(life, 3)
        try store.write { try $0.rewind(life.incarnation, to: 1) }
        #expect(try waiting() == ["1: 2 3"])
        try store.write { try $0.rewind(life.incarnation, to: 2) }
        #expect(try waiting() == ["1: 2 3"], "rewinding never acknowledges")
    }

    @Test func theDepthCountsWhatWaits() throws {
        #expect(
            try store.read { try $0.outboxDepth() }
                == OutboxDepth(
                    waiting: 0, oldestMicroseconds: nil, deadLetters: 0,
                    lastAcknowledgedMicroseconds: nil, hold: nil))
        try store.append(3, life, at: 500)
        try store.append(2, next, at: 900)
        try acknowledge(life, 1)
        #expect(
            try store.read { try $0.outboxDepth() }
                == OutboxDepth(
                    waiting: 4, oldestMicroseconds: 501, deadLetters: 0,
                    lastAcknowledgedMicroseconds: 77, hold: nil))
    }

    @Test func aRefusedOperationIsParkedOnceWithWhatItSaid() throws {
        let ids = try store.append(2, life)
        let refusal = Refusal(code: "bad-item", message: "No such item.")
        for wall in [Int64(10), 20] {
            try store.write { try $0.park(ids[1], refusal: refusal, wallMicroseconds: wall) }
        }
        let letters = try store.read { try $0.deadLetters(limit: 10) }
        #expect(letters.map(\.id) == [ids[1]])
        #expect(letters[0].refusal == refusal)
        #expect(letters[0].wallMicroseconds == 10)
        #expect(
            letters[0].operation.kind
                == .adjust(StockKey(item: "A", place: "DOCK"), delta: 1))
        #expect(try store.read { try $0.outboxDepth().deadLetters } == 1)
    }

    @Test func verdictsOnOperationsWeNeverHadAreLetGo() throws {
        let ids = try store.append(1, life)
        let refusal = Refusal(code: "x", message: "y")
        let strange = [
            OperationID(incarnation: ids[0].incarnation, sequence: 2),
            OperationID(incarnation: Incarnation(rawValue: 99), sequence: 1),
        ]
        for id in strange {
            try store.write { try $0.park(id, refusal: refusal, wallMicroseconds: 1) }
        }
        #expect(try store.read { try $0.deadLetters(limit: 10) }.isEmpty)
    }

    @Test func enrolmentNamesTheWorkThatWentBefore() throws {
        #expect(try store.read { try $0.enrolment() } == nil)
        try store.append(2, life)
        try store.write {
            try $0.enrol(station: "S-1", tenant: "acme", hubURL: "https://hub", generation: "g")
        }
        try store.append(1, life)
        try store.append(1, next)
        let stations = try store.read { try $0.unsent(limit: 10) }
            .flatMap { $0.operations.map(\.operation.station) }
        #expect(stations == ["S-1", "S-1", "S-1", "S-1"])
        #expect(
            try store.read { try $0.enrolment() }
                == Enrolment(
                    station: "S-1", tenant: "acme", hubURL: "https://hub", generation: "g"))
    }
}
