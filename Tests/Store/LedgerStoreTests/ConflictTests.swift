import GRDB
import LedgerStore
import Replication
import Reporting
import SyncProtocol
import Testing

/// What is listed for people to decide, and what settles it.
@Suite struct ConflictTests {
    private static let key = StockKey(item: "A", place: "P")

    /// A hub's ledger, and two stations that speak to it.
    private final class Scene {
        let ledger: Ledger
        let database: DatabaseQueue
        private var position: UInt64 = 0
        private var sequences: [UInt64: UInt64] = [:]

        init(_ role: Ledger.Role = .hub) throws {
            var migrator = DatabaseMigrator()
            Ledger.registerMigrations(in: &migrator)
            ledger = Ledger(role: role)
            database = try LedgerDatabase.inMemory(migrator: migrator)
            try database.write { db in
                for life in UInt64(1)...3 {
                    try ledger.insertIncarnation(
                        Incarnation(rawValue: life), station: StationCode("st-\(life)"),
                        link: nil, in: db)
                }
            }
        }

        /// An operation of life `life` that knew the feed up to `base`; nil: all of it.
        @discardableResult
        func add(_ kind: OperationKind, by life: UInt64, base: UInt64? = nil) throws -> OperationID
        {
            let base = base ?? position
            position += 1
            sequences[life, default: 0] += 1
            let operation = Operation(
                id: OperationID(
                    incarnation: Incarnation(rawValue: life), sequence: sequences[life] ?? 0),
                station: StationCode("st-\(life)"),
                clock: HybridTime(rawValue: Int64(position) * 1_000_000), base: base,
                operator: "ann", kind: kind)
            let logged = LoggedOperation(
                operation: operation,
                standing: Standing(position: position, rank: Int64(position) * 1_000_000),
                kindBytes: operation.kindBytes, chain: [])
            try database.write { _ = try ledger.insert(logged, in: $0) }
            return operation.id
        }

        func setOrdered(_ quantity: Int64, _ line: OrderLineCode) throws {
            try database.write { try ledger.setOrdered(quantity, of: line, in: $0) }
        }

        func conflicts(limit: Int = 100) throws -> [Conflict] {
            try database.read { try ledger.conflicts(limit: limit, in: $0) }
        }

        func only() throws -> Conflict {
            let all = try conflicts()
            try #require(all.count == 1, "\(all.map(\.sentence))")
            return all[0]
        }

        func balance() throws -> Int64? {
            try database.read { try ledger.balance(of: ConflictTests.key, in: $0)?.value }
        }

        /// By somebody who has seen everything.
        func settle(_ decision: ConflictDecision) throws {
            try add(try only().operation(for: decision), by: 3)
        }
    }

    @Test(arguments: [Ledger.Role.hub, .station])
    func aSerialAtTwoPlacesIsSettledByAPutThatSawBoth(role: Ledger.Role) throws {
        let scene = try Scene(role)
        let first = try scene.add(.serial("S7", place: "L2"), by: 1, base: 0)
        let second = try scene.add(.serial("S7", place: "L3"), by: 2, base: 0)
        let conflict = try scene.only()
        #expect(conflict.kind == .serial)
        #expect(conflict.value == "L3")
        #expect(conflict.candidates.map(\.logged.operation.id) == [first, second])
        #expect(conflict.candidates.map(\.value) == ["L2", "L3"])
        let entry = ConflictEntry(conflict)
        #expect(entry.candidates[0].by.station == "st-1")
        #expect(entry.candidates[0].by.operator == "ann")
        #expect(entry.choices.map(\.sentence) == ["it is at L2", "it is at L3"])
        #expect(entry.task == nil)
        try scene.settle(.choice(1))
        #expect(try scene.conflicts().isEmpty)
        let place = try scene.database.read { try scene.ledger.serial("S7", in: $0) }
        #expect(place?.place == "L2")
    }

    @Test func whoSawOnlyOneOfThemSettlesNothing() throws {
        let scene = try Scene()
        try scene.add(.serial("S7", place: "L2"), by: 1, base: 0)
        try scene.add(.serial("S7", place: "L3"), by: 2, base: 0)
        let before = try scene.only().id
        try scene.add(.serial("S7", place: "L4"), by: 3, base: 1)
        #expect(try scene.only().id != before, "another conflict by now")
        #expect(try scene.only().candidates.map(\.value) == ["L3", "L4"])
        #expect(throws: ConflictError.unknownConflict(before)) {
            try scene.database.read { try scene.ledger.conflict(before, in: $0) }
        }
    }

    @Test func aFieldWithTwoValuesIsSettledByAWrite() throws {
        let scene = try Scene()
        try scene.add(.attribute("A", field: "colour", value: "red"), by: 1, base: 0)
        try scene.add(.attribute("A", field: "colour", value: "blue"), by: 2, base: 0)
        #expect(try scene.only().kind == .attribute)
        try scene.settle(.choice(2))
        #expect(try scene.conflicts().isEmpty)
        let key = AttributeKey(item: "A", field: "colour")
        let value = try scene.database.read { try scene.ledger.attribute(key, in: $0) }
        #expect(value?.value == "red")
    }

    /// The worked example: A counts 95, B took 5 that A had not seen.
    @Test func aPostingBesideACountAsksForARecount() throws {
        let scene = try Scene()
        try scene.add(.adjust(Self.key, delta: 100), by: 1, base: 0)
        try scene.add(.count(Self.key, quantity: 95), by: 1, base: 1)
        try scene.add(.adjust(Self.key, delta: -5), by: 2, base: 1)
        let conflict = try scene.only()
        #expect(conflict.kind == .recount)
        #expect(conflict.candidates.map(\.value) == ["counted 95", "-5"])
        #expect(
            conflict.choices.map(\.sentence) == ["there are 90, as the books say", "there are 95"])
        #expect(ConflictEntry(conflict).task?.kind == .count)
        try scene.settle(.quantity(93))
        #expect(try scene.conflicts().isEmpty)
        #expect(try scene.balance() == 93)
    }

    @Test(arguments: [Ledger.Role.hub, .station])
    func twoCountsThatDisagreeAreListedUntilOneCountsAgain(role: Ledger.Role) throws {
        let scene = try Scene(role)
        try scene.add(.adjust(Self.key, delta: 100), by: 1, base: 0)
        try scene.add(.count(Self.key, quantity: 90), by: 1, base: 1)
        try scene.add(.count(Self.key, quantity: 92), by: 2, base: 1)
        let conflict = try scene.only()
        #expect(conflict.kind == .counts)
        #expect(conflict.candidates.map(\.value) == ["counted 90, superseded", "counted 92"])
        #expect(
            conflict.choices.map(\.sentence) == ["there are 90", "there are 92, as the books say"])
        #expect(throws: ConflictError.unknownChoice(3, choices: 2)) {
            try conflict.operation(for: .choice(3))
        }
        #expect(throws: ConflictError.quantityOutOfRange(-1)) {
            try conflict.operation(for: .quantity(-1))
        }
        try scene.settle(.choice(1))
        #expect(try scene.conflicts().isEmpty)
        #expect(try scene.balance() == 90)
    }

    @Test func aCountThatSawTheOtherIsNoConflict() throws {
        let scene = try Scene()
        try scene.add(.count(Self.key, quantity: 90), by: 1)
        try scene.add(.count(Self.key, quantity: 92), by: 2)
        #expect(try scene.conflicts().isEmpty)
    }

    @Test func anUndoneCountIsNoConflictAnyMore() throws {
        let scene = try Scene()
        try scene.add(.count(Self.key, quantity: 90), by: 1, base: 0)
        let second = try scene.add(.count(Self.key, quantity: 92), by: 2, base: 0)
        #expect(try scene.only().kind == .counts)
        try scene.add(.undo(second, level: 2), by: 2)
        #expect(try scene.conflicts().isEmpty)
    }

    @Test func lessThanNothingIsListedAndACountSettlesIt() throws {
        let scene = try Scene()
        try scene.add(.adjust(Self.key, delta: -3), by: 1)
        let conflict = try scene.only()
        #expect(conflict.kind == .negativeStock)
        #expect(conflict.value == "-3")
        try scene.settle(.choice(1))
        #expect(try scene.conflicts().isEmpty)
        #expect(try scene.balance() == 0)
    }

    /// The worked example: ordered 6; A picks 4, B picks 3; B returns one.
    @Test func whatWasPickedTooMuchIsReturnedByWhoPickedLast() throws {
        let scene = try Scene()
        try scene.setOrdered(6, "O-1")
        try scene.add(.adjust(Self.key, delta: 10), by: 1)
        try scene.add(.pick(Self.key, line: "O-1", quantity: 4), by: 1, base: 1)
        try scene.add(.pick(Self.key, line: "O-1", quantity: 3), by: 2, base: 1)
        let conflict = try scene.only()
        #expect(conflict.kind == .overPick)
        let task = ConflictEntry(conflict).task
        #expect(task?.kind == .return)
        #expect(task?.sentence == "return 1 × A at P")
        #expect(task?.station == "st-2")
        #expect(throws: ConflictError.quantityNotAsked) {
            try conflict.operation(for: .quantity(1))
        }
        try scene.settle(.choice(1))
        #expect(try scene.conflicts().isEmpty)
        #expect(try scene.balance() == 4)
    }

    @Test func aStationThatKnowsNoOrderSaysNothingOfPicks() throws {
        let scene = try Scene(.station)
        try scene.add(.adjust(Self.key, delta: 10), by: 1)
        try scene.add(.pick(Self.key, line: "O-1", quantity: 4), by: 1)
        #expect(try scene.conflicts().isEmpty)
    }

    @Test func theListEndsAtItsLimitOfEachKind() throws {
        let scene = try Scene()
        for number in 0..<3 {
            let key = StockKey(item: ItemCode("I\(number)"), place: "P")
            try scene.add(.adjust(key, delta: -1), by: 1)
        }
        #expect(try scene.conflicts(limit: 2).count == 2)
        #expect(try scene.conflicts(limit: 3).count == 3)
    }

    /// Station and hub list one conflict under one id, whatever the order in which it came.
    @Test func theIdIsTheSameEverywhere() throws {
        let (hub, station) = (try Scene(), try Scene(.station))
        for scene in [hub, station] {
            try scene.add(.count(Self.key, quantity: 90), by: 1, base: 0)
            try scene.add(.count(Self.key, quantity: 92), by: 2, base: 0)
            try scene.add(.serial("S", place: "X"), by: 1, base: 0)
            try scene.add(.serial("S", place: "Y"), by: 2, base: 0)
        }
        #expect(try hub.conflicts().map(\.id) == station.conflicts().map(\.id))
        #expect(try Set(hub.conflicts().map(\.id)).count == 2)
        #expect(try hub.conflicts()[0].id.utf8.count == 10)
    }
}
