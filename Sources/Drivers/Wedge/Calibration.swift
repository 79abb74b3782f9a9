import DriverKit
public import Keymaps
public import LinuxIO

/// How a scanner types, as far as the codes that were read tell.
public struct Calibration: Sendable, Equatable {
    /// How GS comes out of it.
    public enum Separator: Sendable, Equatable {
        case asGS
        case substitute(WedgeOptions.Substitute)
        /// Not at all: GS1 codes of variable length can't be told apart.
        case missing
    }

    /// A keyboard and its lock.
    public struct Setting: Sendable, Hashable {
        public var layout: String
        public var hasCapsLock: Bool
    }

    /// Those that explain every code read; the likeliest first. Empty: none does.
    public internal(set) var settings: [Setting]
    public internal(set) var ending: WedgeOptions.Ending?
    public internal(set) var separator: Separator?
    public internal(set) var codes: Set<CalibrationCode> = []

    public var isComplete: Bool { codes.count == CalibrationCode.allCases.count }
}

/// Which layouts and settings explain what was typed when the calibration codes were scanned.
///
/// Pure: it is given the keys, code by code, and tries every layout on them.
public struct CalibrationSolver: Sendable {
    private let layouts: [KeyboardLayout]
    public private(set) var calibration: Calibration

    /// In the order of their likelihood.
    public init(layouts: [KeyboardLayout]) {
        self.layouts = layouts
        calibration = Calibration(
            settings: layouts.flatMap { layout in
                [false, true].map { .init(layout: layout.name, hasCapsLock: $0) }
            })
    }

    /// Every layout that this machine has.
    public static func all() throws(KeymapError) -> CalibrationSolver {
        var layouts: [KeyboardLayout] = []
        for name in KeyboardLayout.names { layouts.append(try KeyboardLayout.named(name)) }
        return CalibrationSolver(layouts: layouts)
    }

    /// Takes the keys of one scan, from the first to the silence after the last. nil: no layout
    /// makes a code of the sheet of them.
    public mutating func take(_ events: [InputEvent]) -> CalibrationCode? {
        for code in CalibrationCode.allCases {
            let readings = code == .separator ? separated(events) : plain(events, code)
            let fitting = calibration.settings.filter { readings[$0] != nil }
            guard let best = fitting.first, let reading = readings[best] else { continue }
            calibration.settings = fitting
            calibration.ending = reading.ending
            calibration.codes.insert(code)
            if let separator = reading.separator { calibration.separator = separator }
            return code
        }
        return nil
    }

    private struct Reading {
        var ending: WedgeOptions.Ending
        var separator: Calibration.Separator?
    }

    /// That a text is the code's; what it says of GS, where the code has one.
    private struct Finding {
        var separator: Calibration.Separator?
    }

    private func plain(
        _ events: [InputEvent], _ code: CalibrationCode
    ) -> [Calibration.Setting: Reading] {
        readings(of: events, fnc1: nil) { text in
            Self.withoutIdentifier(text) == code.text ? Finding() : nil
        }
    }

    private func separated(_ events: [InputEvent]) -> [Calibration.Setting: Reading] {
        var readings = self.readings(of: events, fnc1: nil, judge: Self.finding)
        // A key that types nothing, such as F8, is seen only by who expects it.
        for key in Self.oddKeys(in: events) {
            let odd = self.readings(of: events, fnc1: .key(key)) { text in
                guard Self.finding(in: text)?.separator == .asGS else { return nil }
                return Finding(separator: .substitute(.key(key)))
            }
            readings.merge(odd) { first, _ in first }
        }
        return readings
    }

    private func readings(
        of events: [InputEvent], fnc1: WedgeOptions.Substitute?,
        judge: (String) -> Finding?
    ) -> [Calibration.Setting: Reading] {
        var readings: [Calibration.Setting: Reading] = [:]
        for layout in layouts {
            for hasCapsLock in [false, true] {
                let options = WedgeOptions(layout: layout, fnc1: fnc1, hasCapsLock: hasCapsLock)
                guard let (text, ending) = Self.line(events, options),
                    let finding = judge(text)
                else { continue }
                readings[.init(layout: layout.name, hasCapsLock: hasCapsLock)] = Reading(
                    ending: ending, separator: finding.separator)
            }
        }
        return readings
    }
}

extension CalibrationSolver {
    /// The one line that these keys are; nil for none and for several.
    private static func line(
        _ events: [InputEvent], _ options: WedgeOptions
    ) -> (String, WedgeOptions.Ending)? {
        var decoder = KeystrokeDecoder(options: options)
        var lines: [(String, LineTrace.Ending)] = []
        for step in events.map({ decoder.push($0) }) + [decoder.quiet()] {
            switch step {
            case .line(let text, let ending): lines.append((text, ending))
            case .discarded, .panicChord: return nil
            case .more: break
            }
        }
        guard lines.count == 1 else { return nil }
        return (lines[0].0, WedgeOptions.Ending(lines[0].1))
    }

    private static func finding(in text: String) -> Finding? {
        let scalars = Array(withoutIdentifier(text).unicodeScalars)
        let before = Array(CalibrationCode.beforeSeparator.unicodeScalars)
        let after = Array(CalibrationCode.afterSeparator.unicodeScalars)
        guard scalars.starts(with: before), scalars.reversed().starts(with: after.reversed()) else {
            return nil
        }
        switch scalars.count - before.count - after.count {
        case 0: return Finding(separator: .missing)
        case 1 where scalars[before.count] == "\u{1D}": return Finding(separator: .asGS)
        case 1: return Finding(separator: .substitute(.character(scalars[before.count])))
        default: return nil
        }
    }

    /// Some scanners send `]C1` first, or GS for the FNC1 that begins the symbol.
    private static func withoutIdentifier(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        if scalars.first == "]", scalars.count > 3 { scalars = scalars.dropFirst(3) }
        if scalars.first == "\u{1D}" { scalars = scalars.dropFirst() }
        return String(scalars)
    }

    private static func oddKeys(in events: [InputEvent]) -> [Key] {
        var keys: [Key] = []
        for case .pressed(let key) in events
        where !key.isModifier && !key.isLock && !keys.contains(key)
            && KeyboardLayout.us.symbol(for: key, holding: .numLock) == nil
        {
            keys.append(key)
        }
        return keys
    }
}

extension WedgeOptions.Ending {
    /// What to set for a scanner that ended a line so.
    fileprivate init(_ ending: LineTrace.Ending) {
        switch ending {
        case .tab: self = .tab
        case .quietGap: self = .quietGap
        default: self = .enter
        }
    }
}

extension Calibration {
    /// The options of the driver that they come to, as texts; nil: no layout explains what was
    /// typed.
    public var options: [String: String]? {
        guard let setting = settings.first else { return nil }
        var options = ["layout": setting.layout]
        if setting.hasCapsLock { options["caps-lock"] = "true" }
        if let ending { options["ending"] = ending.rawValue }
        switch separator {
        case .substitute(.character(let scalar)): options["fnc1"] = String(scalar)
        case .substitute(.key(let key)): options["fnc1"] = "\(key)"
        case .asGS, .missing, nil: break
        }
        return options
    }
}
