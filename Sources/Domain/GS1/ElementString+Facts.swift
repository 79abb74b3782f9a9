public import Barcodes

extension ElementString {
    /// The trade item: (01), or what (03) and (8006) say of it.
    public var gtin: GTIN? {
        (self["01"] ?? self["03"] ?? self["8006"]).flatMap { GTIN($0.prefix(14)) }
    }

    /// The trade item that a logistic unit holds, (02).
    public var containedGTIN: GTIN? { self["02"].flatMap { GTIN($0) } }

    /// The logistic unit, (00).
    public var sscc: SSCC? { self["00"].flatMap { SSCC($0) } }

    /// The physical location, (414).
    public var locationNumber: String? { self["414"] }

    /// The batch or lot, (10).
    public var lot: String? { self["10"] }

    /// The serial number, (21).
    public var serial: String? { self["21"] }

    /// How many: of the items in a logistic unit (37), or the pieces in a varying package (30).
    public var quantity: Int? { (self["37"] ?? self["30"]).flatMap { Int($0) } }

    /// The day from which it must not be used, (17) or (7003).
    public func expiry(currentYear: Int) -> CalendarDate? {
        date("17", currentYear: currentYear) ?? date("7003", currentYear: currentYear)
    }

    /// The day up to which it is at its best, (15).
    public func bestBefore(currentYear: Int) -> CalendarDate? {
        date("15", currentYear: currentYear)
    }

    /// The day that an identifier's value begins with; nil when the code doesn't hold it.
    ///
    /// Two digits of a year mean the nearest such year: see `CalendarDate`.
    public func date(_ ai: String, currentYear: Int) -> CalendarDate? {
        guard let element = elements.first(where: { $0.ai == ai }),
            let first = element.identifier.components.first,
            first.linters.contains(.yymmd0) || first.linters.contains(.yymmdd)
        else { return nil }
        return CalendarDate(sixDigits: element.value.prefix(6), currentYear: currentYear)
    }

    /// Weights, lengths, areas and volumes.
    public var measures: [Measure] { elements.compactMap(Measure.init) }

    /// Amounts of money and rebates.
    public var prices: [Price] { elements.compactMap(Price.init) }
}
