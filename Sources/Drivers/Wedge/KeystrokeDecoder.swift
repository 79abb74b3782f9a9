public import DriverKit
import Keymaps
public import LinuxIO

/// Turns the key events of one wedge into the lines it typed.
///
/// Pure: no clock and no I/O. Push every event, in order; each push answers at once. The caller
/// tells when the scanner has been quiet. A line with a hole in it is never delivered, because
/// part of a code is a wrong code.
public struct KeystrokeDecoder: Sendable {
    public enum Step: Sendable, Equatable {
        case more
        case line(String, LineTrace.Ending)
        case discarded(Reason)
        /// Backspace, Esc and Enter are held together: somebody wants their keyboard back.
        case panicChord
    }

    private let options: WedgeOptions
    private var keyboard: KeyboardState
    private var altCode = AltCode()
    /// An accent that waits for its letter.
    private var accent: DeadKey?
    private var line = ""
    /// Set when a line is spoilt, cleared by that line's ending.
    private var isSkipping = false
    /// A key of this scanner has ended a line: from then on silence ends none.
    private var hasEndingKey = false
    /// The kernel lost events, perhaps the line's ending too: silence ends the damage.
    private var hasLostEvents = false
    /// Keys have come since the last ending or silence.
    public private(set) var isHoldingLine = false

    public init(options: WedgeOptions) {
        self.options = options
        keyboard = KeyboardState(hasCapsLock: options.hasCapsLock)
    }

    /// How long the scanner may be silent now before `quiet` is due. nil: for ever.
    public var patience: Duration? {
        if hasLostEvents { return options.quietGap }
        return switch options.ending {
        case .auto, .quietGap: isHoldingLine ? options.quietGap : nil
        case .enter, .tab: nil
        }
    }

    public mutating func push(_ event: InputEvent) -> Step {
        switch event {
        case .pressed(let key): return press(key)
        case .released(let key):
            keyboard.release(key)
            return key.isAlt ? endAltCode() : .more
        case .eventsLost:
            keyboard.reset()  // Releases may be among the lost events.
            hasLostEvents = true
            return discard(.eventsLost)
        case .repeated, .frameEnd, .other: return .more
        }
    }

    /// The scanner has been silent for the quiet gap.
    public mutating func quiet() -> Step {
        if hasLostEvents {
            reset()
            return .more
        }
        guard isHoldingLine, patience != nil else { return .more }
        if options.ending == .quietGap || !hasEndingKey { return endLine(.quietGap) }
        isHoldingLine = false
        return discard(.unfinished)
    }

    /// Nothing will come any more.
    public mutating func finish() -> Step {
        defer { reset() }
        return line.isEmpty ? .more : .discarded(.unfinished)
    }

    private mutating func reset() {
        (line, isSkipping, isHoldingLine, hasLostEvents) = ("", false, false, false)
        (accent, altCode) = (nil, AltCode())
    }
}

extension KeystrokeDecoder {
    private mutating func press(_ key: Key) -> Step {
        keyboard.press(key)
        if keyboard.isPanicChord { return .panicChord }
        if key.isModifier || key.isLock { return .more }
        isHoldingLine = true
        let modifiers = keyboard.modifiers
        if !modifiers.isDisjoint(with: [.alt, .altGraph]), let digit = key.keypadDigit {
            altCode.append(digit)
            return .more
        }
        if options.fnc1 == .key(key) { return append("\u{1D}") }
        let symbol = options.layout.symbol(for: key, holding: modifiers)
        if let ending = LineTrace.Ending(key, symbol), options.ending.accepts(ending) {
            hasEndingKey = true
            return endLine(ending)
        }
        guard let symbol else { return discard(.unmapped(key)) }
        return type(symbol)
    }

    /// An accent waits for the next key, as on the keyboard that the scanner plays.
    private mutating func type(_ symbol: KeyboardLayout.Symbol) -> Step {
        defer { if case .scalar = symbol { accent = nil } }
        switch (accent, symbol) {
        case (nil, .scalar(let scalar)): return append(scalar)
        case (nil, .dead(let dead)):
            accent = dead
            return .more
        case (let accent?, .scalar(let scalar)): return append(accent.typed(before: scalar))
        case (let accent?, .dead(let dead)):
            self.accent = nil
            return append([accent.spacing, dead.spacing])
        }
    }

    private mutating func append(_ scalars: [Unicode.Scalar]) -> Step {
        for scalar in scalars {
            if case .discarded(let reason) = append(scalar) { return .discarded(reason) }
        }
        return .more
    }

    private mutating func append(_ scalar: Unicode.Scalar) -> Step {
        guard !isSkipping else { return .more }
        let scalar = options.fnc1 == .character(scalar) ? "\u{1D}" : scalar
        guard line.utf8.count + UTF8.width(scalar) <= options.lengthLimit else {
            return discard(.tooLong(limitBytes: options.lengthLimit))
        }
        line.unicodeScalars.append(scalar)
        return .more
    }

    private mutating func endAltCode() -> Step {
        guard !altCode.isEmpty else { return .more }
        defer { altCode = AltCode() }
        guard let scalar = altCode.scalar else { return discard(.altCode(altCode.name)) }
        return append(scalar)
    }

    private mutating func endLine(_ ending: LineTrace.Ending) -> Step {
        defer { reset() }
        if case .discarded(let reason) = endAltCode() { return .discarded(reason) }
        if let accent, case .discarded(let reason) = append(accent.spacing) {
            return .discarded(reason)
        }
        if isSkipping || line.isEmpty { return .more }
        guard line.utf8.starts(with: options.prefix.utf8) else {
            return .discarded(.prefixMissing(options.prefix))
        }
        let text = String(line.unicodeScalars.dropFirst(options.prefix.unicodeScalars.count))
        return text.isEmpty ? .more : .line(text, ending)
    }

    private mutating func discard(_ reason: Reason) -> Step {
        // One spoilt line is one complaint, unless there is news of a worse kind.
        let isKnown = isSkipping && reason.isAboutKeys
        (line, isSkipping) = ("", true)
        (accent, altCode) = (nil, AltCode())
        return isKnown ? .more : .discarded(reason)
    }
}

extension LineTrace.Ending {
    /// nil: a key that ends no line.
    fileprivate init?(_ key: Key, _ symbol: KeyboardLayout.Symbol?) {
        switch (key, symbol) {
        case (.enter, _): self = .enter
        case (.keypadEnter, _): self = .keypadEnter
        case (.tab, _), (_, .scalar("\t")): self = .tab
        case (_, .scalar("\r")): self = .carriageReturn
        case (_, .scalar("\n")): self = .lineFeed
        default: return nil
        }
    }
}

extension WedgeOptions.Ending {
    fileprivate func accepts(_ ending: LineTrace.Ending) -> Bool {
        switch self {
        case .auto: true
        case .enter: ending != .tab
        case .tab: ending == .tab
        case .quietGap: false
        }
    }
}
