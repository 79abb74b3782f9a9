/// One thing that was looked at, and how it stands.
public struct Finding: Codable, Sendable, Equatable {
    /// From the best to the worst.
    public enum State: String, Codable, Sendable, CaseIterable, Comparable {
        case ok
        /// Nothing is wrong; somebody may want to know.
        case note
        /// It works, and will not for long or not for everybody.
        case warning
        case fault

        public static func < (one: State, other: State) -> Bool {
            one.number < other.number
        }

        private var number: Int { State.allCases.firstIndex(of: self) ?? 0 }
    }

    public var state: State
    /// What was looked at: `daemon`, `disk`, `device gun`.
    public var subject: String
    public var code: Code
    /// One sentence.
    public var message: String
    /// A command, to be run as it stands; absent: nothing is to be done.
    public var fix: String?

    init(_ state: State, _ subject: String, _ code: Code, _ message: String, fix: String? = nil) {
        self.state = state
        self.subject = subject
        self.code = code
        self.message = message
        self.fix = fix
    }

    static func ok(_ subject: String, _ message: String) -> Finding {
        Finding(.ok, subject, .ok, message)
    }
}

extension Finding {
    /// Stable: docs/errors.md.
    public enum Code: String, Codable, Sendable, CaseIterable {
        case ok = "ok"
        case notRunning = "not-running"
        case noPermission = "no-permission"
        case versionDiffers = "version-differs"
        case unconfined
        case diskFull = "disk-full"
        case diskLow = "disk-low"
        case inodesLow = "inodes-low"
        case storeUnchecked = "store-unchecked"
        case storeDamaged = "store-damaged"
        case noDevice = "no-device"
        case deviceDisabled = "device-disabled"
        case deviceMissing = "device-missing"
        case deviceBusy = "device-busy"
        case deviceFailed = "device-failed"
        case nodeForbidden = "node-forbidden"
        case groupNotInEffect = "group-not-in-effect"
        case udevMissing = "udev-not-running"
        case rulesMissing = "udev-rules-missing"
        case rulesDiffer = "udev-rules-differ"
        case tableMissing = "hwdb-missing"
        case tableDiffers = "hwdb-differs"
        case tableNotCompiled = "hwdb-not-compiled"
        case nfcKernelDriver = "nfc-kernel-driver"
        case pcscdHolds = "nfc-pcscd-holds"
        case noPcscd = "nfc-no-pcscd"
        case serialModule = "serial-module-missing"
        case brltty = "brltty-grabs"
        case modemManager = "modem-manager-probes"
        case clockFree = "clock-unsynchronised"
        case clockWrong = "clock-wrong"
        case notEnrolled = "not-enrolled"
        case hubUnreachable = "hub-unreachable"
        case hubKey = "hub-key"
        case hubUntrusted = "hub-untrusted"
        case hubRefuses = "hub-refuses"
        case hubPlain = "hub-not-encrypted"
        case outboxHeld = "outbox-held"
        case deadLetters = "dead-letters"
        case programMissing = "program-missing"
        case programBroken = "program-broken"
        case microphoneUnchecked = "microphone-unchecked"
        case microphoneSilent = "microphone-silent"
        case microphoneLoud = "microphone-overdriven"
    }
}
