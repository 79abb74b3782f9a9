import Batches
import CatalogueStore
import GS1
import LocalAPI
import Pipeline
import Replication
import Scans
import StationStorage

extension StationReader {
    /// A batch with its lines and what lies together in it. `today`: microseconds since 1970.
    func report(
        on record: BatchRecord, _ reading: BatchReading, today: Int64
    ) throws -> BatchReport {
        var report = BatchReport(
            record, content: try lines(of: record.code, limit: BatchReading.lineLimit))
        let content = BatchContent(try goods(of: record, reading))
        report.groups = try content.groups.map {
            try group($0, today: CalendarDate(unixMicroseconds: today))
        }
        report.units = content.units.map(BatchReport.Unit.init)
        return report
    }

    private func group(
        _ group: BatchContent.Group, today: CalendarDate?
    ) throws -> BatchReport.Group {
        let (key, sum) = group
        let item = try meaning(of: key.subject.item?.rawValue ?? "")?.item
        let name = key.subject.lot.rawValue
        let lot = try name.isEmpty ? nil : item.flatMap { try self.lot(name, of: $0.key) }
        let expiry = key.expiry?.description ?? lot?.expiry ?? ""
        return BatchReport.Group(
            place: key.place.rawValue, unit: key.unit.rawValue.nonEmpty, code: key.subject.code,
            lot: name.nonEmpty, expiry: expiry.nonEmpty, lines: sum.lines, pieces: sum.pieces,
            name: item?.name.nonEmpty,
            isExpired: today.map { !expiry.isEmpty && expiry < $0.description ? true : nil } ?? nil,
            isRecalled: lot?.isRecalled == true ? true : nil)
    }

    /// How a list compares with what was scanned for it.
    func comparison(
        of list: ExpectedList, _ reading: BatchReading
    ) throws -> ExpectedListReport.Comparison {
        let compared = ExpectedIndex(list).comparison(with: try content(for: list.code, reading))
        return ExpectedListReport.Comparison(
            expected: compared.expected, scanned: compared.scanned, missing: compared.missing,
            over: compared.over, wrong: compared.wrong, extra: compared.extra,
            isExact: compared.isExact,
            lines: try compared.rows.map { try line($0, list.lines[$0.index]) },
            strays: try compared.strays.map(stray))
    }

    private func line(
        _ row: Batches.Comparison.Row, _ line: ExpectedLine
    ) throws -> ExpectedListReport.Line {
        ExpectedListReport.Line(
            number: row.index + 1, item: line.item.rawValue, lot: line.lot.rawValue.nonEmpty,
            unit: line.unit.rawValue.nonEmpty, place: line.place.rawValue.nonEmpty,
            name: try line.name.nonEmpty ?? meaning(of: line.item.rawValue)?.item.name,
            expected: row.expected, scanned: row.scanned, state: row.state)
    }

    private func stray(_ stray: Batches.Comparison.Stray) throws -> ExpectedListReport.Stray {
        let key = stray.key
        return ExpectedListReport.Stray(
            code: key.subject.code, lot: key.subject.lot.rawValue.nonEmpty,
            unit: key.unit.rawValue.nonEmpty, place: key.place.rawValue,
            name: try meaning(of: key.subject.item?.rawValue ?? "")?.item.name,
            pieces: stray.pieces, reason: stray.reason.rawValue)
    }
}

extension Batches.Comparison.Row {
    fileprivate var state: String {
        if over > 0 { return "over" }
        if missing == 0 { return "complete" }
        return scanned == 0 ? "missing" : "part"
    }
}

extension BatchReport.Unit {
    fileprivate init(_ unit: BatchUnit) {
        self.init(
            unit: unit.unit.rawValue, isScanned: unit.isScanned, pieces: unit.pieces,
            inner: unit.inner.map(BatchReport.Unit.init))
    }
}
