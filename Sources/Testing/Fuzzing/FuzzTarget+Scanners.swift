import DriverKit
import HIDPOS
import Keymaps
import LinuxIO
import Scans
import Serial
import Wedge

/// What a device that somebody plugs in can say.
extension FuzzTarget {
    static let reportDescriptor = FuzzTarget("report-descriptor") { source in
        guard let descriptor = try? ReportDescriptor(Array(source.rest)) else { return }
        for layout in ScanLayout.all(in: descriptor) {
            var decoder = ReportDecoder(layouts: [layout], lengthLimitBytes: 64)
            for fill: UInt8 in [0, 0x31, 0xFF] {
                _ = decoder.push([UInt8](repeating: fill, count: 64))
            }
        }
        let signals = VerdictSignals(descriptor)
        for signal in Feedback.Signal.allCases {
            for request in signals.requests(for: signal) {
                let report = request.report()
                try require(report.count <= 4097, "a report of \(report.count) bytes")
                try require(
                    request.report(over: report) == report, "what is set is not set again")
            }
        }
    }

    /// A descriptor, then reports; an empty one is silence.
    static let reportDecoder = FuzzTarget("report-decoder") { source in
        var source = source
        guard let descriptor = try? ReportDescriptor(source.longPiece()) else { return }
        let limit = 1 + Int(source.byte())
        var decoder = ReportDecoder(
            layouts: ScanLayout.all(in: descriptor), lengthLimitBytes: limit)
        while !source.isEmpty {
            let report = source.piece()
            let step = report.isEmpty ? decoder.quiet() : decoder.push(report)
            guard case .code(let code, let aim)? = step else { continue }
            try require(!code.isEmpty, "an empty code")
            try require(code.count <= limit, "\(code.count) bytes, limit \(limit)")
            try require(aim.map { $0.utf8.count == 3 } ?? true, "identifier \(aim ?? "")")
        }
        _ = decoder.quiet()
        try require(!decoder.isWaitingForMore, "silence ended nothing")
        try require(decoder.quiet() == nil, "what was thrown away is thrown away again")
    }

    /// Options, then keys in two bytes each.
    static let keystrokes = FuzzTarget("keystrokes") { source in
        var source = source
        let limit = 1 + Int(source.byte())
        let options = WedgeOptions(
            layout: source.pick(layouts), ending: source.pick(WedgeOptions.Ending.allCases),
            prefix: source.pick(["", "x"]),
            fnc1: source.pick([nil, .key(Key(rawValue: 66)), .character("#")]),
            hasCapsLock: source.pick([false, true]), lengthLimit: limit)
        var decoder = KeystrokeDecoder(options: options)
        while !source.isEmpty {
            try require(decoder.step(&source), atMost: limit)
        }
        try require(decoder.finish(), atMost: limit)
        try require(decoder.finish() == .more, "nothing came, and something ended")
        try require(!decoder.isHoldingLine, "a line is held after the end")
    }

    /// Framing and limit, then pieces with the time before them; an empty one is silence.
    static let serial = FuzzTarget("serial") { source in
        var source = source
        let options = SerialOptions(
            ending: source.pick(Framing.allCases), lengthLimitBytes: 1 + Int(source.byte()))
        var decoder = SerialDecoder(options: options)
        var time = Duration.zero
        while !source.isEmpty {
            time += .milliseconds(Int(source.byte()))
            let piece = source.piece()
            let steps =
                piece.isEmpty
                ? [decoder.quiet()].compactMap(\.self) : decoder.push(piece, at: time)
            for case .line(let line, let trace) in steps {
                try require(!line.isEmpty, "an empty line")
                try require(line.count <= options.lengthLimitBytes, "\(line.count) bytes")
                try require(trace.span >= .zero && trace.span <= time, "took \(trace.span)")
            }
        }
        _ = decoder.finish()
        try require(decoder.patience == nil, "a line is held after the end")
    }

    /// Two that differ in nearly everything, and one with dead keys.
    private static let layouts = ["us", "fr", "ch"].compactMap { name in
        // A machine without keymaps has none to try.
        try? KeyboardLayout.named(name)
    }

    private static func require(_ step: KeystrokeDecoder.Step, atMost limit: Int) throws {
        guard case .line(let text, _) = step else { return }
        try require(!text.isEmpty, "an empty line")
        try require(text.utf8.count <= limit, "\(text.utf8.count) bytes, limit \(limit)")
    }
}

extension KeystrokeDecoder {
    /// The low bits of the second byte say what happens, the high ones belong to the key.
    fileprivate mutating func step(_ source: inout ByteSource) -> Step {
        let (low, high) = (source.byte(), source.byte())
        let key = Key(rawValue: UInt16(low) | UInt16(high >> 4) << 8)
        return switch high & 0x0F {
        case 0: push(.pressed(key))
        case 1: push(.released(key))
        case 2: push(.repeated(key))
        case 3: push(.eventsLost)
        case 4: quiet()
        case 5: finish()
        default: tap(key)
        }
    }

    private mutating func tap(_ key: Key) -> Step {
        let step = push(.pressed(key))
        _ = push(.released(key))
        return step
    }
}
