import DriverKit

/// Turns the reports of one scanner into codes.
///
/// Pure: the caller tells when a code that goes on has not gone on for long enough. A code with a
/// part missing is never delivered.
package struct ReportDecoder {
    package enum Step: Equatable {
        case code([UInt8], aim: String?)
        case discarded(Reason)
    }

    package enum Reason: Equatable {
        case tooLong(limitBytes: Int)
        /// Its last part never came.
        case unfinished
        /// The report contradicts itself or the descriptor.
        case malformed
    }

    private let layouts: [ScanLayout]
    private let lengthLimitBytes: Int
    private var code: [UInt8] = []
    private var aim: String?
    private var isSkipping = false
    /// The last report said that more will come.
    package private(set) var isWaitingForMore = false

    package init(layouts: [ScanLayout], lengthLimitBytes: Int = 8192) {
        self.layouts = layouts
        self.lengthLimitBytes = lengthLimitBytes
    }

    /// A whole report, with its name where reports have names. nil: no code has ended.
    package mutating func push(_ report: [UInt8]) -> Step? {
        guard let layout = layout(of: report) else { return nil }
        let body = layout.reportID == nil ? report[...] : report.dropFirst()
        guard let part = layout.part(of: body) else { return discard(.malformed) }
        let step = append(part)
        isWaitingForMore = part.goesOn
        guard !part.goesOn else { return step }
        let end = endCode()
        return step ?? end
    }

    /// More was announced, and nothing came.
    package mutating func quiet() -> Step? {
        guard isWaitingForMore else { return nil }
        defer { reset() }
        return isSkipping ? nil : .discarded(.unfinished)
    }

    private func layout(of report: [UInt8]) -> ScanLayout? {
        layouts.first { $0.reportID == nil || $0.reportID == report.first }
    }

    private mutating func append(_ part: ScanLayout.Part) -> Step? {
        guard !isSkipping else { return nil }
        guard code.count + part.data.count <= lengthLimitBytes else {
            (code, isSkipping) = ([], true)
            return .discarded(.tooLong(limitBytes: lengthLimitBytes))
        }
        code += part.data
        aim = aim ?? part.aim
        return nil
    }

    private mutating func endCode() -> Step? {
        defer { reset() }
        guard !isSkipping else { return nil }
        let text = Self.withoutEnding(code)
        return text.isEmpty ? nil : .code(text, aim: aim)
    }

    private mutating func discard(_ reason: Reason) -> Step? {
        reset()
        return .discarded(reason)
    }

    private mutating func reset() {
        (code, aim, isSkipping, isWaitingForMore) = ([], nil, false, false)
    }

    /// A suffix that was set for the keyboard is sent here too.
    private static func withoutEnding(_ code: [UInt8]) -> [UInt8] {
        var code = code[...]
        for ending in [UInt8(0x0A), 0x0D, 0x09] where code.last == ending { code.removeLast() }
        return Array(code)
    }
}

extension ScanLayout {
    /// What one report holds of a code.
    struct Part: Equatable {
        var data: [UInt8]
        var aim: String?
        var goesOn: Bool
    }

    /// nil: the report is shorter than its descriptor, or longer than itself.
    func part(of report: ArraySlice<UInt8>) -> Part? {
        let shift = shiftBytes(in: report)
        let begin = data.bitOffset / 8 + shift
        guard data.bitOffset % 8 == 0, begin < report.count else { return nil }
        let room = min(data.count, report.count - begin)
        let bytes = report.dropFirst(begin).prefix(room)
        guard let count = count(in: report, bytes), count <= room else { return nil }
        let more = continued.flatMap { $0.field.value($0.index, in: report) } ?? 0
        return Part(
            data: Array(bytes.prefix(count)), aim: aim(in: report.dropFirst(shift)),
            goesOn: more & 1 == 1)
    }

    private func count(in report: ArraySlice<UInt8>, _ bytes: ArraySlice<UInt8>) -> Int? {
        guard let length else { return bytes.reversed().drop { $0 == 0 }.count }
        return length.value(0, in: report).map(Int.init)
    }

    private func aim(in report: ArraySlice<UInt8>) -> String? {
        let characters = symbology.compactMap { place in
            place.field.value(place.index, in: report).map { UInt8(truncatingIfNeeded: $0) }
        }
        guard characters.count == 3, characters[0] == UInt8(ascii: "]"),
            characters.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return String(decoding: characters, as: UTF8.self)
    }

    /// Some devices send everything after the length one byte later than they say.
    private func shiftBytes(in report: ArraySlice<UInt8>) -> Int {
        guard let first = symbology.first, first.field.bits == 8 else { return 0 }
        let place = first.field.bitOffset / 8 + first.index
        guard place + 1 < report.count else { return 0 }
        let bytes = report.dropFirst(place).prefix(2)
        return bytes.first == 0 && bytes.last == UInt8(ascii: "]") ? 1 : 0
    }
}
