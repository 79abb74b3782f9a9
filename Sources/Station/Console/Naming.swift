import CatalogueStore
import LedgerStore
import LocalAPI
import Replication
import Scans
import StationStorage

// Names are put in when something is shown: what was learned since is told of old scans as well.

extension StationReader {
    func eventReports(after sequence: Int64, limit: Int) throws -> [EventReport] {
        try intake(after: sequence, limit: limit).map { record in
            EventReport(record, known: record.item.isEmpty ? nil : try meaning(of: record.item))
        }
    }

    func named(_ report: BatchReport) throws -> BatchReport {
        var report = report
        for index in report.totals.indices {
            report.totals[index].name = try meaning(of: report.totals[index].code)?.item.name
        }
        for index in report.content?.indices ?? 0..<0 {
            let code = report.content?[index].code ?? ""
            report.content?[index].name = try meaning(of: code)?.item.name
        }
        return report
    }

    /// At places that there are.
    func stock(of item: String) throws -> [StockReport] {
        try ledger { ledger, db in
            try ledger.stock(
                StockFilter(item: ItemCode(item)), limit: CatalogueRoutes.placesLimit, in: db)
        }.filter { !$0.key.place.isInternal }.map { StockReport($0) }
    }

    /// What the catalogue makes of a meaning.
    func known(_ meaning: Meaning) throws -> KnownMeaning {
        switch meaning {
        case .item(let code, let lot):
            if let known = try self.meaning(of: code.rawValue) {
                return KnownMeaning(
                    meaning: .item(ItemCode(known.item.key), lot: lot), known: known)
            }
            guard let place = try cataloguePlace(code.rawValue) else {
                return KnownMeaning(meaning: meaning)
            }
            return KnownMeaning(meaning: .place(PlaceCode(place.code)), placeName: place.name)
        case .place(let place):
            return KnownMeaning(
                meaning: meaning, placeName: try cataloguePlace(place.rawValue)?.name)
        case .serial, .command: return KnownMeaning(meaning: meaning)
        }
    }
}

/// What was looked up, by the catalogue.
struct KnownMeaning: Sendable {
    var meaning: Meaning
    var known: CodeMeaning?
    var placeName: String?

    func filled(_ report: LookUpReport, _ reader: StationReader) throws -> LookUpReport {
        var report = report
        report.placeName = placeName
        guard let known else { return report }
        report.item = CatalogueEntry(known.item)
        if known.quantity != 1 { report.packQuantity = known.quantity }
        let others = Set(known.item.codes.map(\.code) + [report.code.normalisedCode])
            .subtracting([known.item.key])
        let untaught = try others.sorted().flatMap { try reader.stock(of: $0) }
        if !untaught.isEmpty { report.untaught = untaught }
        return report
    }
}

extension String {
    fileprivate var normalisedCode: String { ItemPack.normalised(self) }
}

extension CatalogueEntry {
    init(_ item: CatalogueItem) {
        self.init(
            key: item.key, name: item.name, unit: item.unit.isEmpty ? nil : item.unit,
            description: item.description.isEmpty ? nil : item.description,
            codes: item.codes.map { Code(code: $0.code, quantity: $0.quantity) })
    }
}

extension CatalogueStatus {
    /// nil: there is none.
    init?(_ standing: CatalogueStanding) {
        guard !standing.source.isEmpty else { return nil }
        self.init(
            position: standing.position,
            compared: standing.comparedMicroseconds.map(APIForm.time))
    }
}
