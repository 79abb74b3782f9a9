import CatalogueStore
import GS1
import Replication
import Scans
import StationStorage

extension StationTransaction {
    /// What the catalogue makes of a scan: whose code it is, how many it stands for, what its lot
    /// is like. What it doesn't know stays as it was read.
    ///
    /// What is posted is fixed here: what is learned about a code later changes no operation.
    func named(_ scan: Scan, at time: CaptureTime) throws -> Scan {
        guard case .item(let code, let lot) = scan.meaning, try hasCatalogue() else { return scan }
        var named = scan
        guard let known = try meaning(of: code.rawValue) else {
            if try cataloguePlace(code.rawValue) != nil {
                named.meaning = .place(PlaceCode(code.rawValue))
            } else {
                named.note = .unknown
            }
            return named
        }
        named.meaning = .item(ItemCode(known.item.key), lot: lot)
        if known.quantity != 1 {
            let (pieces, overflow) = known.quantity.multipliedReportingOverflow(
                by: scan.quantity ?? 1)
            named.quantity = overflow ? .max : pieces
        }
        named.note = try note(on: known.item, lot: lot.rawValue, at: time)
        return named
    }

    private func note(
        on item: CatalogueItem, lot name: String, at time: CaptureTime
    ) throws -> CatalogueNote {
        let lot = try name.isEmpty ? nil : lot(name, of: item.key)
        let today = CalendarDate(unixMicroseconds: time.wallMicroseconds)
        let expiry = lot.flatMap { CalendarDate(iso: $0.expiry) }
        let isPast = expiry.flatMap { date in today.map { date < $0 } } ?? false
        return .named(
            item.name, isRecalled: lot?.isRecalled ?? false, expiry: isPast ? expiry : nil)
    }
}

extension CalendarDate {
    /// `2027-03-31`
    fileprivate init?(iso text: String) {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        self.init(year: parts[0], month: parts[1], day: parts[2])
    }
}
