import Replication
import ScanTesting
import Scans
import Testing

@testable import Batches

@Suite struct BatchContentTests {
    @Test func addsUpWhatLiesTogether() {
        let content = BatchContent(
            goods("A lot=1 2", "A lot=1 3", "A lot=2 1", "A lot=1 unit=P 1", "A lot=1 place=B 1"))
        #expect(content.pieces == 8)
        #expect(
            content.groups.map {
                "\($0.key.place)/\($0.key.unit)/\($0.key.subject.lot)=\($0.sum.pieces)"
            }
                == ["B//1=1", "DOCK//1=5", "DOCK//2=1", "DOCK/\(short["P"] ?? "")/1=1"])
    }

    @Test func aLineThatComesTwiceIsOneLine() {
        var content = BatchContent()
        let line = goods("A 2")[0]
        content.insert(line)
        content.insert(line)
        #expect(content.pieces == 2)
        content.remove(line.line)
        content.remove(line.line)
        #expect(content == BatchContent())
    }

    /// Any order of the same scans is the same batch, however often it was changed in between.
    @Test(arguments: UInt64(0)..<200)
    func orderMakesNoDifference(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let lines = Self.randomLines(&random, count: 40)
        let kept = lines.filter { _ in random.chance(70) }
        let straight = BatchContent(kept)

        var content = BatchContent()
        for line in Self.shuffled(lines, &random) { content.insert(line) }
        for line in Self.shuffled(lines, &random) where !kept.contains(line) {
            content.remove(line.line)
        }
        #expect(content == straight, "seed \(seed)")
        #expect(content.groups.map(\.key) == straight.groups.map(\.key))
        #expect(content.units == straight.units)
        #expect(content.pieces == kept.reduce(0) { $0 + $1.quantity })
    }

    @Test(arguments: UInt64(0)..<100)
    func takingBackIsTheInverseOfScanning(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let lines = Self.randomLines(&random, count: 20)
        let before = BatchContent(lines.dropLast())
        var content = before
        content.insert(lines[19])
        content.remove(lines[19].line)
        #expect(content == before, "seed \(seed)")
    }

    @Test func unitsStandInUnits() {
        let content = BatchContent(
            goods("P", "C1 unit=P", "C2 unit=P", "A unit=C1 3", "A unit=C2 4", "B unit=P 1", "A 9"))
        #expect(tree(content.units) == "P*8(C1*3 C2*4)")
    }

    /// Whose label was not scanned is a unit as well: its goods say so.
    @Test func aUnitWithoutALabelIsToldApart() {
        #expect(tree(BatchContent(goods("A unit=C1 3")).units) == "C1-3")
        #expect(tree(BatchContent(goods("C1 unit=P", "A unit=C1 3")).units) == "P-3(C1*3)")
    }

    @Test func unitsThatStandInOneAnotherStandInNone() {
        let content = BatchContent(
            goods("P unit=C1", "C1 unit=P", "A unit=C1 3", "C2 unit=P", "A unit=C2 1"))
        #expect(tree(content.units) == "C1*3 P*1(C2*1)")
    }

    private static func randomLines(_ random: inout SplitMix64, count: Int) -> [BatchGoods] {
        goods(
            (0..<count).map { _ in
                let what = random.pick(["A", "A lot=1", "B", "P", "C1", "SN-1"])
                let unit = random.pick(["", " unit=P", " unit=C1", " unit=C2"])
                let place = random.pick(["", " place=B"])
                return what + unit + place + " \(random.below(5) + 1)"
            })
    }

    private static func shuffled<T>(_ all: [T], _ random: inout SplitMix64) -> [T] {
        all.shuffled(using: &random)
    }
}

/// `P*8(C1*3)`: the label of P was scanned, and eight pieces are in it.
private func tree(_ units: [BatchUnit]) -> String {
    units.map { unit in
        let name = short.first { $0.value == unit.unit.rawValue }?.key ?? unit.unit.rawValue
        return name + (unit.isScanned ? "*" : "-") + "\(unit.pieces)"
            + (unit.inner.isEmpty ? "" : "(\(tree(unit.inner)))")
    }.joined(separator: " ")
}
