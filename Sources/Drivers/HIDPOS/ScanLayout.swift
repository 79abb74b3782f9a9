/// Where the parts of a scanned code stand in the reports of one device.
package struct ScanLayout: Sendable, Equatable {
    /// nil where the device's reports have no names.
    var reportID: UInt8?
    /// nil: the data ends with its last byte that is not NUL.
    var length: ReportDescriptor.Field?
    var data: ReportDescriptor.Field
    /// Each with the index of its value; in the order of the identifier's characters.
    var symbology: [Place]
    var continued: Place?

    struct Place: Sendable, Equatable {
        var field: ReportDescriptor.Field
        var index: Int
    }

    /// One for each report that carries codes; empty: it is no such scanner.
    package static func all(in descriptor: ReportDescriptor) -> [ScanLayout] {
        let inputs = descriptor.fields.filter { $0.kind == .input }
        return inputs.filter { $0.holds(ScannerUsage.data) && $0.bits == 8 }.map { data in
            let own = inputs.filter { $0.reportID == data.reportID }
            func place(_ usage: UInt32) -> Place? {
                own.lazy.compactMap { field in
                    field.index(of: usage).map { Place(field: field, index: $0) }
                }.first
            }
            return ScanLayout(
                reportID: descriptor.hasReportIDs ? data.reportID : nil,
                length: own.first { $0.holds(ScannerUsage.byteCount) && $0 != data } ?? head(data),
                data: data, symbology: ScannerUsage.symbology.compactMap(place),
                continued: place(ScannerUsage.continued))
        }
    }

    /// Some makers declare their length byte as a constant: it stands alone before what follows.
    private static func head(_ data: ReportDescriptor.Field) -> ReportDescriptor.Field? {
        guard data.bitOffset >= 8 else { return nil }
        return ReportDescriptor.Field(
            kind: .input, reportID: data.reportID, bitOffset: 0, bits: 8, count: 1, usages: [],
            isArray: false, logicalMinimum: 0)
    }
}
