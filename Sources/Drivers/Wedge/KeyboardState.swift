import Keymaps
import LinuxIO

/// Which keys of one keyboard are down, and which locks are on.
struct KeyboardState {
    private let hasCapsLock: Bool
    private var held: Set<Key> = []
    private var locks: Modifiers = []

    init(hasCapsLock: Bool) {
        self.hasCapsLock = hasCapsLock
        reset()
    }

    mutating func press(_ key: Key) {
        held.insert(key)
        switch key {
        case .capsLock: locks.formSymmetricDifference(.capsLock)
        case .numLock: locks.formSymmetricDifference(.numLock)
        default: break
        }
    }

    mutating func release(_ key: Key) {
        held.remove(key)
    }

    /// As if just plugged in. Scanners that touch a lock put it back.
    mutating func reset() {
        held = []
        locks = hasCapsLock ? [.numLock, .capsLock] : [.numLock]
    }

    /// Releases every grab: the way out for someone whose only keyboard was designated.
    var isPanicChord: Bool { held.isSuperset(of: [.backspace, .escape, .enter]) }

    var modifiers: Modifiers {
        var modifiers = locks
        for key in held {
            if key.isShift { modifiers.insert(.shift) }
            if key.isControl { modifiers.insert(.control) }
            if key == .leftAlt { modifiers.insert(.alt) }
            if key == .rightAlt { modifiers.insert(.altGraph) }
            if key.isMeta { modifiers.insert(.meta) }
        }
        return modifiers
    }
}
