/// Reads the items of a report descriptor, in their order (HID 1.11, 5.4 and 6.2.2).
struct ReportDescriptorParser {
    private struct Global {
        var page: UInt32 = 0
        var size = 0
        var count = 0
        var reportID: UInt8 = 0
        var logicalMinimum: Int32 = 0
    }

    private struct Place: Hashable {
        var kind: ReportDescriptor.Kind
        var reportID: UInt8
    }

    private(set) var fields: [ReportDescriptor.Field] = []
    private(set) var applications: [UInt32] = []
    private var global = Global()
    private var stack: [Global] = []
    private var usages: [UInt32] = []
    private var usageMinimum: UInt32?
    private var depth = 0
    /// How many bits of each report are taken.
    private var ends: [Place: Int] = [:]

    mutating func parse(_ bytes: [UInt8]) throws(ReportDescriptor.Fault) {
        var rest = bytes[...]
        while let prefix = rest.popFirst() {
            if prefix == 0xFE {
                // A long item (6.2.2.3); no usage of them is defined.
                guard let length = rest.first, rest.count >= Int(length) + 2 else {
                    throw .truncated
                }
                rest = rest.dropFirst(Int(length) + 2)
                continue
            }
            let length = prefix & 3 == 3 ? 4 : Int(prefix & 3)
            guard rest.count >= length else { throw .truncated }
            try take(prefix & 0xFC, data: rest.prefix(length))
            rest = rest.dropFirst(length)
        }
    }

    private mutating func take(
        _ item: UInt8, data: ArraySlice<UInt8>
    ) throws(ReportDescriptor.Fault) {
        let value = data.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        switch item & 0x0C {
        case 0x00: try takeMain(item, value)
        case 0x04: try takeGlobal(item, value, signed: Self.signed(value, lengthBytes: data.count))
        case 0x08: try takeLocal(item, value, isWhole: data.count == 4)
        default: break  // Reserved.
        }
    }

    private mutating func takeMain(_ item: UInt8, _ value: UInt32) throws(ReportDescriptor.Fault) {
        switch item {
        case 0x80: try add(.input, flags: value)
        case 0x90: try add(.output, flags: value)
        case 0xB0: try add(.feature, flags: value)
        case 0xA0:
            if depth == 0, let usage = usages.first { applications.append(usage) }
            depth += 1
            guard depth <= ReportDescriptor.stackLimit else { throw .tooLarge }
        case 0xC0:
            guard depth > 0 else { throw .unbalanced }
            depth -= 1
        default: break
        }
        (usages, usageMinimum) = ([], nil)
    }

    private mutating func add(
        _ kind: ReportDescriptor.Kind, flags: UInt32
    ) throws(ReportDescriptor.Fault) {
        let place = Place(kind: kind, reportID: global.reportID)
        let offset = ends[place, default: 0]
        let (length, overflow) = global.size.multipliedReportingOverflow(by: global.count)
        guard !overflow, offset + length <= ReportDescriptor.reportLimitBits else {
            throw .tooLarge
        }
        ends[place] = offset + length
        // Constants only fill the space between others (6.2.2.5, bit 0).
        guard flags & 1 == 0, length > 0 else { return }
        guard fields.count < ReportDescriptor.fieldLimit else { throw .tooLarge }
        fields.append(
            ReportDescriptor.Field(
                kind: kind, reportID: global.reportID, bitOffset: offset, bits: global.size,
                count: global.count, usages: usages, isArray: flags & 2 == 0,
                logicalMinimum: global.logicalMinimum))
    }

    private mutating func takeGlobal(
        _ item: UInt8, _ value: UInt32, signed: Int32
    ) throws(ReportDescriptor.Fault) {
        switch item {
        case 0x04: global.page = value
        case 0x14: global.logicalMinimum = signed
        case 0x74: global.size = Int(value)
        case 0x84: global.reportID = UInt8(truncatingIfNeeded: value)
        case 0x94: global.count = Int(value)
        case 0xA4:
            guard stack.count < ReportDescriptor.stackLimit else { throw .tooLarge }
            stack.append(global)
        case 0xB4:
            guard let saved = stack.popLast() else { throw .unbalanced }
            global = saved
        default: break
        }
    }

    private mutating func takeLocal(
        _ item: UInt8, _ value: UInt32, isWhole: Bool
    ) throws(ReportDescriptor.Fault) {
        let usage = isWhole ? value : global.page << 16 | value
        switch item {
        case 0x08: usages.append(usage)
        case 0x18: usageMinimum = usage
        case 0x28:
            guard let first = usageMinimum, first <= usage else { return }
            guard Int(usage - first) < ReportDescriptor.usageLimit else { throw .tooLarge }
            usages += first...usage
            usageMinimum = nil
        default: break
        }
        guard usages.count <= ReportDescriptor.usageLimit else { throw .tooLarge }
    }

    private static func signed(_ value: UInt32, lengthBytes: Int) -> Int32 {
        switch lengthBytes {
        case 1: Int32(Int8(truncatingIfNeeded: value))
        case 2: Int32(Int16(truncatingIfNeeded: value))
        default: Int32(bitPattern: value)
        }
    }
}
