public import Keymaps
public import LinuxIO

/// A scanner set to a layout: what it presses to type a text.
public struct PlayedKeyboard: Sendable {
    private struct Stroke {
        var key: Key
        var modifiers: Modifiers
        /// An accent needs a space after it.
        var isDead: Bool
    }

    private let strokes: [Unicode.Scalar: Stroke]
    /// With Ctrl it types GS.
    private let separatorKey: Key

    public init(_ layout: KeyboardLayout) {
        var strokes: [Unicode.Scalar: Stroke] = [:]
        let held: [Modifiers] = [[], .shift, .altGraph, [.altGraph, .shift]]
        for modifiers in held {
            for number in UInt16(1)...126 {
                let key = Key(rawValue: number)
                guard key != .tab, key != .enter, key != .keypadEnter else { continue }
                switch layout.symbol(for: key, holding: modifiers.union(.numLock)) {
                case .scalar(let scalar) where strokes[scalar]?.isDead != false:
                    strokes[scalar] = Stroke(key: key, modifiers: modifiers, isDead: false)
                case .dead(let dead) where strokes[dead.spacing] == nil:
                    strokes[dead.spacing] = Stroke(key: key, modifiers: modifiers, isDead: true)
                default: break
                }
            }
        }
        self.strokes = strokes
        let isUsual = layout.symbol(for: .rightBrace, holding: .control) == .scalar("\u{1D}")
        separatorKey = isUsual ? .rightBrace : strokes["]"]?.key ?? .rightBrace
    }

    /// nil: this keyboard can't type it.
    public func events(typing text: String) -> [InputEvent]? {
        var events: [InputEvent] = []
        for scalar in text.unicodeScalars {
            if scalar == "\u{1D}" {
                events += Self.tap(separatorKey, holding: .control)
                continue
            }
            guard let stroke = strokes[scalar] else { return nil }
            events += Self.tap(stroke.key, holding: stroke.modifiers)
            if stroke.isDead { events += Self.tap(.space, holding: []) }
        }
        return events
    }

    /// One key, pressed and let go as two reports.
    public static func tap(_ key: Key, holding modifiers: Modifiers = []) -> [InputEvent] {
        let held: [(Modifiers, Key)] = [
            (.shift, .leftShift), (.altGraph, .rightAlt), (.control, .leftControl),
            (.alt, .leftAlt),
        ]
        let keys = held.filter { modifiers.contains($0.0) }.map(\.1)
        return keys.map { .pressed($0) } + [.pressed(key), .frameEnd, .released(key)]
            + keys.reversed().map { .released($0) } + [.frameEnd]
    }
}
