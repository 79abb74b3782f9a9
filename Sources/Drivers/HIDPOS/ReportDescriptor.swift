/// What a device says about its reports (USB-IF, Device Class Definition for HID 1.11, 6.2.2).
///
/// Pure, and bounded whatever the device says: a cheap one says strange things, a hostile one more.
package struct ReportDescriptor: Sendable, Equatable {
    enum Kind: Sendable, Hashable {
        case input, output, feature
    }

    /// One main item: `count` values of `bits` bits that lie one behind the other.
    struct Field: Sendable, Equatable {
        var kind: Kind
        /// 0 where reports have no names.
        var reportID: UInt8
        /// From the beginning of the report, without its name.
        var bitOffset: Int
        var bits: Int
        var count: Int
        /// Page and usage of each value; the last one stands for those after it.
        var usages: [UInt32]
        /// Names the values themselves, and not the places where they stand (6.2.2.5).
        var isArray: Bool
        var logicalMinimum: Int32

        func holds(_ usage: UInt32) -> Bool { usages.contains(usage) }
    }

    package enum Fault: Error, Equatable {
        case truncated
        case tooLarge
        /// POP without PUSH, or an end without a beginning.
        case unbalanced
    }

    static let fieldLimit = 512
    static let reportLimitBits = 4096 * 8
    static let usageLimit = 1024
    static let stackLimit = 16

    private(set) var fields: [Field] = []
    /// Page and usage of each collection that stands in no other.
    private(set) var applications: [UInt32] = []
    var hasReportIDs: Bool { fields.contains { $0.reportID != 0 } }

    package init(_ bytes: [UInt8]) throws(Fault) {
        var parser = ReportDescriptorParser()
        try parser.parse(bytes)
        (fields, applications) = (parser.fields, parser.applications)
    }

    /// Without its name.
    func lengthBytes(of kind: Kind, _ reportID: UInt8) -> Int {
        let ends = fields.filter { $0.kind == kind && $0.reportID == reportID }
            .map { $0.bitOffset + $0.bits * $0.count }
        return ((ends.max() ?? 0) + 7) / 8
    }
}

extension ReportDescriptor.Field {
    /// One value of a report without its name; nil where the report is too short.
    func value(_ index: Int, in report: ArraySlice<UInt8>) -> UInt32? {
        guard index < count, bits <= 32 else { return nil }
        let begin = bitOffset + index * bits
        guard begin + bits <= report.count * 8 else { return nil }
        return (0..<bits).reduce(UInt32(0)) { value, bit in
            let place = begin + bit
            let byte = report[report.startIndex + place / 8]
            return value | UInt32(byte >> (place % 8) & 1) << bit
        }
    }

    /// Which of the values is the usage's.
    func index(of usage: UInt32) -> Int? {
        guard let index = usages.firstIndex(of: usage), index < count else { return nil }
        return index
    }

    func set(_ index: Int, to value: UInt32, in report: inout [UInt8]) {
        for bit in 0..<min(bits, 32) {
            let place = bitOffset + index * bits + bit
            guard place / 8 < report.count else { return }
            let mask = UInt8(1) << (place % 8)
            if value >> bit & 1 == 1 {
                report[place / 8] |= mask
            } else {
                report[place / 8] &= ~mask
            }
        }
    }
}
