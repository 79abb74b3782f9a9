import Feedback
import Replication
import Scans

extension ConfigKey {
    /// Every key once, in the order of the shipped file.
    public static let all: [ConfigKey] =
        station + workflow + codes + feedback + api + login + sync + store
        + log

    private static let station = [
        ConfigKey(
            .station, "name", .text(1...64), .text(\.name), "What people call this station."),
        ConfigKey(
            .station, "state-directory", .text(1...4000),
            .optionalText(\.stateDirectory, example: "/var/lib/scanstation"),
            "Where the store lives; when unset, where the service manager says."),
    ]

    private static let workflow = [
        ConfigKey(
            .workflow, "default-place", .text(1...80), .text(\.defaultPlace),
            "The place of everything scanned before a place is scanned."),
        ConfigKey(
            .workflow, "batch-lines", .integer(1...Workflow.batchLineLimit),
            .integer(\.workflow.batchLines), "A batch closes when it has this many lines."),
        ConfigKey(
            .workflow, "quiet-gap-seconds", .integer(0...86_400), .integer(\.quietGapSeconds),
            "A batch closes when nothing was scanned for so long; 0: never for that reason."),
        ConfigKey(
            .workflow, "repeat", .choice(RepeatOptions.Choice.allCases.map(\.rawValue)),
            .text(\.repeatChoice),
            "What the same code from the same device means at once again: another item, none, "
                + "or one that somebody confirms."),
        ConfigKey(
            .workflow, "repeat-window-milliseconds", .integer(1...60_000),
            .integer(\.repeats.windowMilliseconds),
            "With repeat = \"ignore\" or \"ask\": how long after a read the same code is a repeat."),
        ConfigKey(
            .workflow, "burst-milliseconds", .integer(0...5000), .integer(\.burstMilliseconds),
            "What a device reads so soon after another belongs together: docs/batches.md."),
    ]

    private static let codes = [
        ConfigKey(
            .codes, "aim", .choice(InterpretationRules.AIMHandling.allCases.map(\.rawValue)),
            .text(\.aimHandling),
            "Whether \"]cm\" before the data is an AIM identifier: when known, always or never."),
        ConfigKey(
            .codes, "command-prefix", .text(0...32), .text(\.rules.commandPrefix),
            "What a command barcode begins with; empty: there are no command barcodes."),
        ConfigKey(
            .codes, "place-prefixes", .texts(countLimit: 32, 1...32),
            .texts(\.rules.placePrefixes), "A code that begins with one of these names a place."),
        ConfigKey(
            .codes, "serial-prefixes", .texts(countLimit: 32, 1...32),
            .texts(\.rules.serialPrefixes),
            "A code that begins with one of these names one numbered piece."),
        ConfigKey(
            .codes, "variable-measures", .patterns(countLimit: 16),
            .texts(\.rules.measurePatterns),
            "How price (P), weight (W) or count (Q) stand in the shop's own numbers: docs/codes.md."
        ),
        ConfigKey(
            .codes, "coupons",
            .choice(InterpretationRules.CouponHandling.allCases.map(\.rawValue)),
            .text(\.couponHandling), "Whether a coupon's number is an item or is refused."),
        ConfigKey(
            .codes, "length-limit-bytes", .integer(1...65_536), .integer(\.rules.lengthLimitBytes),
            "A longer code is refused; the fullest QR Code holds 7089 digits."),
    ]

    private static let feedback = [
        ConfigKey(
            .feedback, "sound-device", .text(0...128), .text(\.feedback.soundDevice),
            "The ALSA device that signals are heard on; empty: no sound."),
        ConfigKey(
            .feedback, "volume", .integer(0...100), .integer(\.feedback.volume),
            "How loud signals are, in percent; 0: no sound."),
        ConfigKey(
            .feedback, "speech-volume", .integer(0...100), .integer(\.feedback.speechVolume),
            "How loud prompts are spoken, in percent of the operator's choice; 0: not at all."),
        ConfigKey(
            .feedback, "led-ok", .text(0...64), .text(\.feedback.goodLight.led),
            "The light of /sys/class/leds that shows what was stored; empty: none."),
        ConfigKey(
            .feedback, "led-error", .text(0...64), .text(\.feedback.badLight.led),
            "The light that shows what was refused."),
        ConfigKey(
            .feedback, "lamp-chip", .text(0...64), .text(\.feedback.lampChip),
            "The GPIO chip that lamps hang on, such as \"gpiochip0\"; empty: there are none."),
        ConfigKey(
            .feedback, "lamp-ok", .integer(-1...1023), .integer(\.feedback.goodLight.line),
            "The line of the lamp that shows what was stored; -1: none."),
        ConfigKey(
            .feedback, "lamp-error", .integer(-1...1023), .integer(\.feedback.badLight.line),
            "The line of the lamp that shows what was refused; -1: none."),
    ]

    private static let api = [
        ConfigKey(
            .api, "listen-host", .text(1...255), .text(\.console.host),
            "The address that the local API listens on beside its unix socket."),
        ConfigKey(
            .api, "listen-port", .integer(0...65_535), .integer(\.console.port),
            "Its TCP port; 0: the unix socket only."),
        ConfigKey(
            .api, "network-host", .text(0...255), .text(\.console.networkHost),
            "The address on which other machines may use it, with a token or a login; empty: none."
        ),
        ConfigKey(
            .api, "network-port", .integer(1...65_535), .integer(\.console.networkPort),
            "The TCP port for other machines."),
    ]

    private static let login = [
        ConfigKey(
            .login, "required", .boolean, .boolean(\.login.isRequired),
            "Whether who scans or changes something must be logged in: docs/operators.md."),
        ConfigKey(
            .login, "idle-minutes", .integer(1...1440), .integer(\.login.idleMinutes),
            "Who does nothing for so long is logged out."),
    ]

    private static let sync = [
        ConfigKey(
            .sync, "backoff-limit-seconds", .integer(1...86_400), .integer(\.backoffLimitSeconds),
            "The longest wait between two tries to reach the hub.")
    ]

    private static let store = [
        ConfigKey(
            .store, "keep-days", .integer(1...3650), .integer(\.store.keepDays),
            "How long the record of what came in is kept after the hub has what follows from it."),
        ConfigKey(
            .store, "keep-records", .integer(1000...10_000_000), .integer(\.store.keepRecords),
            "So many of the newest records are kept in any case."),
    ]

    private static let log = [
        ConfigKey(
            .log, "level", .choice(LogLevel.allCases.map(\.rawValue)), .text(\.logLevelName),
            "How much is logged; what a scan contains appears from \"debug\" on.")
    ]
}

/// Settings in the form that files write them.
extension StationConfig {
    fileprivate var defaultPlace: String {
        get { workflow.defaultPlace.rawValue }
        set { workflow.defaultPlace = PlaceCode(newValue) }
    }

    fileprivate var quietGapSeconds: Int {
        get { Int(workflow.quietGap?.components.seconds ?? 0) }
        set { workflow.quietGap = newValue == 0 ? nil : .seconds(newValue) }
    }

    fileprivate var repeatChoice: String {
        get { repeats.choice.rawValue }
        set { repeats.choice = RepeatOptions.Choice(rawValue: newValue) ?? repeats.choice }
    }

    fileprivate var burstMilliseconds: Int {
        get { Int(workflow.burst / .milliseconds(1)) }
        set { workflow.burst = .milliseconds(newValue) }
    }

    fileprivate var aimHandling: String {
        get { rules.aim.rawValue }
        set { rules.aim = InterpretationRules.AIMHandling(rawValue: newValue) ?? rules.aim }
    }

    fileprivate var couponHandling: String {
        get { rules.coupons.rawValue }
        set { rules.coupons = InterpretationRules.CouponHandling(rawValue: newValue) ?? .item }
    }

    fileprivate var backoffLimitSeconds: Int {
        get { Int(sync.backoffLimit.components.seconds) }
        set { sync.backoffLimit = .seconds(newValue) }
    }

    fileprivate var logLevelName: String {
        get { logLevel.rawValue }
        set { logLevel = LogLevel(rawValue: newValue) ?? logLevel }
    }
}
