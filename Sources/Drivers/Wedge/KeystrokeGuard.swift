import Keymaps
import LinuxIO

/// Watches one designated keyboard for what no scanner does.
///
/// Whatever it types stays with this program, so a device that pretends to be a scanner can harm
/// nobody by its keys; but its codes would be believed, and a person at a keyboard that was
/// designated by mistake would type into the stock. Pure: the caller says when each event came.
struct KeystrokeGuard {
    enum Finding: Equatable {
        /// Shortcuts with Meta, or again and again with Alt or Ctrl: a programmed attack.
        case shortcuts(String)
        /// More than any code holds, for longer than any scanner types.
        case flood
        /// The pace of fingers, over several lines.
        case hand
    }

    /// Alt and Ctrl chords may be a scanner with the wrong layout; so many within a minute are not.
    static let chordLimit = 8
    static let chordWindow = Duration.seconds(60)
    /// A full QR Code twice over, and a kilohertz of it: no scanner types more.
    static let floodLimit = 20_000
    static let floodWindow = Duration.seconds(10)
    /// Lines in a row that look typed by hand.
    static let handLimit = 3
    /// Shorter lines have no rhythm to judge.
    static let rhythmLength = 4
    /// Slower than this is a hand, or a scanner that was told to be slow.
    static let handGap = Duration.milliseconds(70)
    /// The mean distance of its gaps from their median: a scanner is a clock, a hand is not.
    static let handJitter = Duration.milliseconds(12)
    /// Gaps kept of one line.
    static let gapLimit = 64

    private let caution: WedgeOptions.Caution
    private let knowsPace: Bool
    private var held: Set<Key> = []
    private var chords: [Duration] = []
    private var floodBegan = Duration.zero
    private var floodCount = 0
    private var lastKey: Duration?
    private var gaps: [Duration] = []
    private var hasCorrection = false
    private var handLines = 0

    /// `knowsPace`: events come when they are typed, and not from a file.
    init(_ caution: WedgeOptions.Caution, knowsPace: Bool = true) {
        self.caution = caution
        self.knowsPace = knowsPace
    }

    /// nil: nothing speaks against it.
    mutating func push(_ event: InputEvent, at time: Duration) -> Finding? {
        guard caution != .off else { return nil }
        switch event {
        case .pressed(let key): return press(key, at: time)
        case .released(let key): held.remove(key)
        case .eventsLost: held = []
        case .repeated, .frameEnd, .other: break
        }
        return nil
    }

    /// A line has ended, by a key or by silence.
    mutating func lineEnded() -> Finding? {
        defer { (gaps, hasCorrection, lastKey) = ([], false, nil) }
        guard knowsPace, caution == .full, gaps.count + 1 >= Self.rhythmLength else { return nil }
        handLines = isByHand ? handLines + 1 : 0
        return handLines >= Self.handLimit ? .hand : nil
    }

    private mutating func press(_ key: Key, at time: Duration) -> Finding? {
        held.insert(key)
        guard !key.isModifier, !key.isLock else { return nil }
        if key == .backspace || key == .delete { hasCorrection = true }
        if let lastKey, gaps.count < Self.gapLimit { gaps.append(time - lastKey) }
        lastKey = time
        return flood(at: time) ?? chord(key, at: time)
    }

    private mutating func flood(at time: Duration) -> Finding? {
        guard knowsPace else { return nil }
        if time - floodBegan > Self.floodWindow { (floodBegan, floodCount) = (time, 0) }
        floodCount += 1
        return floodCount > Self.floodLimit ? .flood : nil
    }

    private mutating func chord(_ key: Key, at time: Duration) -> Finding? {
        if held.contains(where: \.isMeta) { return .shortcuts("Meta+\(key)") }
        guard held.contains(.leftAlt), key.keypadDigit == nil,
            !held.contains(where: \.isControl)
        else { return nil }
        chords = chords.filter { time - $0 < Self.chordWindow } + [time]
        return chords.count >= Self.chordLimit ? .shortcuts("Alt+\(key)") : nil
    }

    private var isByHand: Bool {
        if hasCorrection { return true }
        let sorted = gaps.sorted()
        let median = sorted[sorted.count / 2]
        let distances = gaps.map { $0 > median ? $0 - median : median - $0 }
        let jitter = distances.reduce(.zero, +) / gaps.count
        return median > Self.handGap && jitter > Self.handJitter
    }
}
