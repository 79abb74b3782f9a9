public import Batches
import CatalogueStore
import GS1
import Replication
public import Scans
public import StationStorage

/// The expected list that scans are compared with, and what was scanned for it so far.
struct Checking: Sendable, Equatable {
    private let index: ExpectedIndex
    private var content: BatchContent

    /// nil: no list, or one that is gone.
    init?(_ code: String, in reader: StationReader, _ reading: BatchReading) throws {
        guard !code.isEmpty, let given = try reader.expectedList(code) else { return nil }
        index = ExpectedIndex(given.list)
        content = try reader.content(for: code, reading)
    }

    /// Follows what an input did, and says what the list thinks of the last thing scanned.
    mutating func follow(
        _ outcome: WorkflowOutcome, _ operations: [OperationID], of scan: Scan?, year: Int
    ) -> ScanRemark? {
        var last: BatchGoods?
        for (id, kind) in zip(operations, outcome.operations) {
            switch kind {
            case .batchAdd(let line) where line.list == index.list.code:
                guard let goods = goods(id, line, outcome, scan, year: year) else { continue }
                content.insert(goods)
                last = goods
            case .batchRemove(_, let lines): for line in lines { content.remove(line) }
            default: break
            }
        }
        return last.flatMap { index.remark(on: $0, in: content) }
    }

    private func goods(
        _ id: OperationID, _ line: BatchLine, _ outcome: WorkflowOutcome, _ scan: Scan?, year: Int
    ) -> BatchGoods? {
        guard let batch = outcome.batches.first(where: { $0.code == line.batch }),
            let entry = outcome.entry(id)
        else { return nil }
        let elements = scan?.text == line.code ? scan?.elements : nil
        return BatchGoods(
            line: id, subject: entry.subject, quantity: entry.quantity, place: batch.place,
            unit: line.unit, expiry: elements?.expiry(currentYear: year))
    }
}

extension WorkflowOutcome {
    fileprivate func entry(_ id: OperationID) -> BatchEntry? {
        for case .add(let entry) in lines where entry.line == id { return entry }
        return nil
    }
}

/// How lines in the log are understood: by which rules, and when.
public struct BatchReading: Sendable {
    /// Of one batch, in lines.
    public static let lineLimit = 5000

    let interpreter: Interpreter
    let year: Int

    public init(rules: InterpretationRules, wallMicroseconds: Int64) {
        var rules = rules
        // A line bears the identifier that it was read with, or none.
        if rules.aim == .always { rules.aim = .auto }
        interpreter = Interpreter(rules: rules)
        year = CalendarDate(unixMicroseconds: wallMicroseconds)?.year ?? 2025
    }
}

extension StationReader {
    /// All that was scanned for a list at this station.
    public func content(for list: String, _ reading: BatchReading) throws -> BatchContent {
        var content = BatchContent()
        for batch in try batches(for: list) {
            for goods in try goods(of: batch, reading) { content.insert(goods) }
        }
        return content
    }

    /// The lines that remain in a batch, understood.
    public func goods(of batch: BatchRecord, _ reading: BatchReading) throws -> [BatchGoods] {
        try lines(of: batch.code, limit: BatchReading.lineLimit).map { id, line in
            try BatchGoods(
                id, line, at: batch.place, reading.interpreter, currentYear: reading.year,
                named: named)
        }
    }

    /// By the catalogue, or else by what people taught.
    private func named(_ meaning: Meaning) throws -> Meaning {
        guard case .item(let code, let lot) = meaning,
            let known = try self.meaning(of: code.rawValue)
        else { return meaning }
        return .item(ItemCode(known.item.key), lot: lot)
    }

    /// The list with its items by the names that scans give them.
    public func named(_ list: ExpectedList, _ reading: BatchReading) throws -> ExpectedList {
        var list = list
        for index in list.lines.indices {
            let text = list.lines[index].item.rawValue
            let capture = Capture(
                device: "", payload: .keystrokes(text),
                time: CaptureTime(wallMicroseconds: 0, monotonicMicroseconds: 0))
            guard case .scan(let scan) = reading.interpreter.interpret(capture) else { continue }
            if case .item(let item, lot: "") = try named(scan.meaning) {
                list.lines[index].item = item
            }
        }
        return list
    }
}
