import Foundation
import Replication
import ScanTesting
import Scans
import Testing

/// Rules that hold for every sequence of inputs. A failure prints its seed.
@Suite struct WorkflowPropertyTests {
    private static let words = [
        "A", "A", "B", "C", "SN-1", "SN-2", "LOC-X", "LOC-Y", "%PLACE:DOCK", "%QTY:7",
        "%BATCH:OPEN", "%BATCH:CLOSE", "%UNDO", "%UNDO", "+1s", "+400s", "tick",
    ]

    private func station(_ random: inout SplitMix64) -> ScriptedStation {
        ScriptedStation(
            WorkflowSettings(
                batchLines: random.pick([1, 3, 200]), quietGap: random.pick([nil, .seconds(300)]),
                repeatPolicy: random.pick([.count, .ignoreWithin(.seconds(1))])))
    }

    /// Receiving: stock is the sum of the lines that are left, whatever was undone or cancelled.
    @Test(arguments: UInt64(0)..<200)
    func stockIsTheSumOfTheLinesLeft(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var station = station(&random)
        for _ in 0..<60 {
            station.run(random.chance(5) ? "%BATCH:CANCEL" : random.pick(Self.words))
        }
        let state = station.inventory
        var lines: [String: Int64] = [:]
        for line in state.batchLines.values where !line.code.hasPrefix("SN-") {
            lines[line.code, default: 0] += line.quantity
        }
        var stock: [String: Int64] = [:]
        for (key, quantity) in state.quantities where key.place != .outside {
            stock[key.item.rawValue, default: 0] += quantity
        }
        #expect(stock.filter { $0.value != 0 } == lines, "seed \(seed)")
    }

    /// One batch in any mode: undo until nothing is left, and nothing has happened.
    @Test(arguments: UInt64(0)..<200)
    func undoingEverythingLeavesNothing(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var station = ScriptedStation()
        station.run("%MODE:" + random.pick(["RECEIVE", "COUNT", "MOVE"]))
        for _ in 0..<random.below(30) {
            station.run(random.pick(["A", "A", "B", "SN-1", "SN-2", "%QTY:7", "%UNDO"]))
        }
        if random.chance(70) { station.run(random.pick(["LOC-X", "%BATCH:CLOSE", "+400s tick"])) }
        while station.signals.last != "nothing-to-undo" { station.run("%UNDO") }

        #expect(station.stock.isEmpty, "seed \(seed)")
        #expect(station.inventory.serials.isEmpty, "seed \(seed)")
        #expect(station.inventory.batchLines.isEmpty, "seed \(seed)")
    }

    /// What is taken back after closing is taken back exactly, in any order.
    @Test(arguments: UInt64(0)..<200)
    func linesLeftInAClosedBatchAreWhatCounts(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var station = ScriptedStation()
        let mode = random.pick(["RECEIVE", "COUNT", "MOVE"])
        station.run("%MODE:" + mode)
        for _ in 0..<30 { station.run(random.pick(["A", "B", "C", "%QTY:7", "%UNDO"])) }
        station.run("LOC-X")
        for line in Array(station.inventory.batchLines.keys).sorted() where random.chance(60) {
            station.run("%UNDO:\(line)")
        }
        var lines: [String: Int64] = [:]
        for line in station.inventory.batchLines.values {
            lines[line.code + (mode == "MOVE" ? "@LOC-X" : "@DOCK"), default: 0] += line.quantity
        }
        #expect(station.stock.filter { $0.value > 0 } == lines, "seed \(seed)")
    }

    /// A batch's own sums are those of its lines in the ledger; what is closed adds up in stock.
    @Test(arguments: UInt64(0)..<200)
    func summariesAgreeWithTheLedger(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var station = station(&random)
        for _ in 0..<80 {
            let mode = random.pick(["RECEIVE", "COUNT", "MOVE", "LOOK-UP"])
            station.run(random.chance(10) ? "%MODE:" + mode : random.pick(Self.words))
        }
        var latest: [BatchCode: BatchSummary] = [:]
        for batch in station.outcomes.flatMap(\.batches) { latest[batch.code] = batch }
        let lines = Dictionary(grouping: station.inventory.batchLines.values) { $0.batch }
        for (code, batch) in latest {
            let own = lines[code] ?? []
            #expect(batch.lines == own.count, "seed \(seed)")
            #expect(batch.pieces == own.reduce(0) { $0 + $1.quantity }, "seed \(seed)")
            #expect(batch.pieces == batch.totals.reduce(0) { $0 + $1.pieces }, "seed \(seed)")
        }
        #expect(Set(lines.keys).isSubset(of: latest.keys), "seed \(seed)")
    }

    /// Undo and removal name operations made before, each undone once.
    @Test(arguments: UInt64(0)..<100)
    func namesOnlyWhatIsThere(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var station = station(&random)
        for _ in 0..<80 {
            let mode = random.pick(["RECEIVE", "COUNT", "MOVE"])
            station.run(random.chance(10) ? "%MODE:" + mode : random.pick(Self.words))
        }
        var undone: Set<OperationID> = []
        for (id, kind) in station.operations {
            switch kind {
            case .undo(let target, let level):
                #expect(target < id && level == 2, "seed \(seed)")
                #expect(undone.insert(target).inserted, "seed \(seed)")
            case .batchRemove(_, let lines):
                #expect(!lines.isEmpty && lines.allSatisfy { $0 < id }, "seed \(seed)")
            default: break
            }
        }
    }

    /// A restart between any two inputs changes nothing, and a refusal leaves the state alone.
    @Test(arguments: UInt64(0)..<100)
    func stateSurvivesStorage(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var station = station(&random)
        for _ in 0..<40 {
            let mode = random.pick(["RECEIVE", "COUNT", "MOVE", "LOOK-UP"])
            let before = station.workflow.state
            station.run(random.chance(10) ? "%MODE:" + mode : random.pick(Self.words))
            let state = station.workflow.state
            if let last = station.outcomes.last, last.decision == .refused, last.batches.isEmpty {
                #expect(state == before, "seed \(seed)")
            }
            let restored = try station.kept.restored(like: state)
            #expect(restored == state, "seed \(seed)")
            station.workflow = Workflow(settings: station.workflow.settings, state: restored)
            if random.chance(30) { station.incarnation = Incarnation(rawValue: random.next()) }
        }
    }

    /// Nothing that is read or commanded ends the station, or shows people raw characters.
    @Test(arguments: UInt64(0)..<100)
    func survivesAnything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var station = station(&random)
        for _ in 0..<80 {
            if random.chance(30) {
                let commands: [Command] = [
                    .place(PlaceCode(random.text(below: 6))), .mode(random.pick(Mode.allCases)),
                    .quantity(Int64(bitPattern: random.next())), .undo, .cancelBatch,
                    .undoLine(
                        OperationID(
                            incarnation: station.incarnation, sequence: random.next() % 40)),
                    .undoLine(
                        OperationID(incarnation: station.incarnation, sequence: .max)),
                ]
                station.apply(.command(random.pick(commands), from: nil))
            } else {
                station.read(random.text(below: 8))
            }
            station.microseconds &+= Int64(random.below(1_000_000_000))
        }
        for message in station.outcomes.compactMap(\.feedback?.message) {
            #expect(!message.unicodeScalars.contains(where: SplitMix64.isRaw), "seed \(seed)")
        }
    }
}
