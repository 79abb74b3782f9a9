import Batches
import Replication
import ScanTesting
import Scans
import StationStorage
import Testing

@testable import Pipeline
@testable import ReplicationTesting

@Suite struct RestartTests {
    @Test func workGoesOnWhereItStood() throws {
        let scene = try IntakeScene()
        let intake = try scene.intake()
        scene.read("LOC-X %MODE:MOVE %QTY:4 A %QTY:7", by: intake)
        let view = intake.view
        intake.stop()

        let again = try scene.intake(life: 2)
        #expect(again.view == view)
        #expect(again.view.quantity == 7)
        scene.read("B LOC-Y", by: again)
        #expect(
            try scene.stock() == [
                "A@LOC-X: -4", "A@LOC-Y: 4", "B@LOC-X: -7", "B@LOC-Y: 7",
            ])
        let lives = try scene.store.read { try $0.lives() }
        #expect(lives.map(\.incarnation.rawValue) == [1, 2])
        #expect(
            lives[1].link
                == IncarnationLink(
                    parent: Incarnation(rawValue: 1), sequence: lives[0].lastSequence))
    }

    private static let words = [
        "A", "A", "B", "C", "SN-1", "SN-2", "LOC-X", "LOC-Y", "DOCK", "%PLACE:DOCK", "%QTY:7",
        "%BATCH:OPEN", "%BATCH:CLOSE", "%BATCH:CANCEL", "%UNDO", "%UNDO", "%MODE:RECEIVE",
        "%MODE:COUNT", "%MODE:MOVE", "%MODE:LOOK-UP", "+1", "+40", "%SS:NONSENSE",
        "]C100106141412345678908", "]C100106141412345679998", "%UNIT:IN", "%UNIT:OUT",
        "%PROFILE:STOCKTAKE", "%PROFILE:RECEIVING", "%PROFILE:NONE", "%LIST:L", "%LIST:NONE",
        "%SAY:CONFIRM",
    ]

    /// Whatever is scanned and however often the daemon restarts: the end is that of one run.
    @Test(arguments: UInt64(0)..<20)
    func restartsChangeNothing(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let settings = WorkflowSettings(
            batchLines: 1 + random.below(6), quietGap: .seconds(100),
            repeatPolicy: random.pick([
                .count, .ignoreWithin(.seconds(2)), .askWithin(.seconds(2)),
            ]),
            burst: .zero)
        let words = (0..<80).map { _ in random.pick(Self.words) }
        let restarts = (0..<80).map { _ in random.chance(15) }

        let once = try Self.run(words, restarts: restarts.map { _ in false }, settings)
        let often = try Self.run(words, restarts: restarts, settings)
        #expect(once == often, "seed \(seed)")
    }

    private static func run(
        _ words: [String], restarts: [Bool], _ settings: WorkflowSettings
    ) throws -> [String] {
        let scene = try IntakeScene()
        try scene.store.write { transaction in
            try transaction.give(
                ExpectedList(
                    code: "L",
                    lines: [ExpectedLine(item: "A", quantity: 3), ExpectedLine(item: "B")]),
                wallMicroseconds: 1)
        }
        var life: UInt64 = 1
        var intake = try scene.intake(life: life, settings)
        var signals: [String] = []
        for (word, restarts) in zip(words, restarts) {
            if restarts {
                intake.stop()
                life += 1
                intake = try scene.intake(life: life, settings)
            }
            signals += scene.read(word, by: intake).signals
        }
        intake.stop()
        let batches = try scene.store.read { try $0.batches(limit: 1000) }
        return try signals + scene.stock() + batches.map(Self.phrase)
    }

    /// All of a batch but its code, which names the life that opened it.
    private static func phrase(_ batch: BatchRecord) -> String {
        "\(batch.mode) \(batch.place) \(String(describing: batch.destination)) \(batch.stage) "
            + "\(batch.openedMicroseconds) \(batch.lines) \(batch.pieces) \(batch.totals)"
    }
}
