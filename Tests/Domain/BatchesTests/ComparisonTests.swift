import Replication
import ScanTesting
import Scans
import Testing

@testable import Batches

@Suite struct ComparisonTests {
    static let rules: [(rule: String, expected: [String], scanned: [String], result: String)] = [
        ("all there is exact", ["A 3"], ["A 2", "A 1"], "3/3"),
        ("nothing yet is missing", ["A 3"], [], "0/3"),
        ("more than asked for is over", ["A 3"], ["A 5"], "5/3"),
        ("what isn't named is extra", ["A 1"], ["A 1", "B 2"], "1/1 B:extra2"),
        ("another lot is wrong", ["A lot=1 2"], ["A lot=2 2"], "0/2 A:lot2"),
        ("no lot is another lot", ["A lot=1 2"], ["A 2"], "0/2 A:lot2"),
        ("any lot will do where none is named", ["A 3"], ["A lot=1 1", "A lot=2 2"], "3/3"),
        ("another unit is wrong", ["A unit=C1 2"], ["A unit=C2 2"], "0/2 A:unit2"),
        ("a unit in the unit will do", ["A unit=P 2"], ["C1 unit=P", "A unit=C1 2"], "2/2"),
        ("another place is wrong", ["A place=B 2"], ["A 2"], "0/2 A:place2"),
        ("who asks for more goes first", ["A 1", "A lot=1 1"], ["A lot=1 1", "A 1"], "1/1 1/1"),
        (
            "what is known better is given out first", ["A lot=1 1", "A 2"],
            ["A 1", "A lot=1 1", "A lot=1 1"], "1/1 2/2"
        ),
        ("what is over is over in one line", ["A 1", "A 1"], ["A 3"], "1/1 2/1"),
        ("a piece counts for its item", ["04006381333931 1"], ["01/04006381333931/21/S7"], "1/1"),
        ("a number that is expected", ["SN-1 1", "SN-2 1"], ["SN-1"], "1/1 0/1"),
        ("a unit that is expected", ["C1 1", "C2 1"], ["C1"], "1/1 0/1"),
        ("a label of a unit is no goods", ["A 1"], ["C1", "A unit=C1 1"], "1/1"),
        (
            "a unit that nobody named is extra", ["A unit=C1 1"], ["C1", "C2", "A unit=C1 1"],
            "1/1 C2:extra1"
        ),
    ]

    @Test(arguments: rules)
    func obeys(rule: String, expected: [String], scanned: [String], result: String) {
        let compared = ExpectedIndex(list(expected)).comparison(
            with: BatchContent(goods(scanned)))
        #expect(text(compared) == result)
        #expect(
            compared.isExact == (!result.contains(":") && compared.missing + compared.over == 0))
    }

    /// Nothing gets lost between what was scanned and what is told of it, in whatever order.
    @Test(arguments: UInt64(0)..<200)
    func everyPieceIsSomewhere(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let words = ["A", "A lot=1", "A lot=2", "B", "B lot=1", "D"]
        let units = ["", " unit=C1", " unit=C2"]
        let expected = (0..<6).map { _ in
            random.pick(words) + random.pick(units) + " \(random.below(4) + 1)"
        }
        let scanned = (0..<12).map { _ in
            random.pick(words) + random.pick(units) + " \(random.below(4) + 1)"
        }
        let index = ExpectedIndex(list(expected))
        let lines = goods(scanned)
        let compared = index.comparison(with: BatchContent(lines))

        let given = compared.rows.reduce(0) { $0 + $1.scanned }
        let strays = compared.strays.reduce(0) { $0 + $1.pieces }
        #expect(given + strays == lines.reduce(0) { $0 + $1.quantity }, "seed \(seed)")
        #expect(compared.expected - compared.missing == compared.scanned)
        #expect(compared.rows.map(\.index) == Array(expected.indices))
        let again = index.comparison(with: BatchContent(lines.shuffled(using: &random)))
        #expect(again == compared, "seed \(seed)")
    }

    @Test func saysOfEachScanWhatTheListThinksOfIt() {
        let index = ExpectedIndex(list(["A 2", "B lot=1 1"]))
        var content = BatchContent()
        let remarks = goods("A 1", "A 1", "A 1", "B lot=2 1", "D 1", "C1").map { line in
            content.insert(line)
            return index.remark(on: line, in: content)
        }
        #expect(
            remarks == [
                .expected(scanned: 1, of: 2), .expected(scanned: 2, of: 2),
                .over(scanned: 3, of: 2), .stray(.lot), .stray(.extra), nil,
            ])
        let told = remarks.compactMap { $0?.added(to: Feedback(.ok, message: "Taken.")) }
        #expect(told.map(\.code) == [nil, nil, "over-expected", "wrong-goods", "not-expected"])
        #expect(told[1].message == "Taken. 2 of 2: all of it.")
        let recalled = Feedback(.unknown, code: "recalled", message: "")
        #expect(ScanRemark.stray(.extra).added(to: recalled).code == "recalled")
    }

    static let faults: [(ExpectedList, ExpectedListFault?)] = [
        (list(["A 1"]), nil),
        (ExpectedList(code: "", lines: []), .badCode),
        (ExpectedList(code: "none", lines: []), .badCode),
        (ExpectedList(code: "L", lines: []), .lineCount(0)),
        (list([String](repeating: "A 1", count: ExpectedList.lineLimit)), nil),
        (
            list([String](repeating: "A 1", count: ExpectedList.lineLimit + 1)),
            .lineCount(ExpectedList.lineLimit + 1)
        ),
        (list(["A 1", "A 0"]), .quantity(line: 2)),
        (ExpectedList(code: "L", lines: [ExpectedLine(item: "")]), .item(line: 1)),
        (ExpectedList(code: "L", lines: [ExpectedLine(item: "A", lot: "\u{7}")]), .text(line: 1)),
    ]

    @Test(arguments: faults)
    func saysWhatIsWrongWithAList(list: ExpectedList, fault: ExpectedListFault?) {
        var found: ExpectedListFault?
        do throws(ExpectedListFault) { try list.validate() } catch { found = error }
        #expect(found == fault)
    }
}

/// `1/2 B:extra2`: one of two, and two pieces of B that nobody asked for.
private func text(_ compared: Comparison) -> String {
    let rows = compared.rows.map { "\($0.scanned)/\($0.expected)" }
    let strays = compared.strays.map { stray in
        let code = stray.key.subject.code
        let name = short.first { $0.value == code }?.key ?? code
        return "\(name):\(stray.reason.rawValue)\(stray.pieces)"
    }
    return (rows + strays).joined(separator: " ")
}
