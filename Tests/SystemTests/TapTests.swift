import EmulatedNFC
import Foundation
import LinuxIO
import ScanTesting
import Testing

/// Tags in front of an emulated reader, libnfc in the driver's process, the daemon, the hub.
///
/// `NFC_TAPS` says how many, `NFC_SEED` repeats a run.
@Suite struct TapTests {
    static let count =
        ProcessInfo.processInfo.environment["NFC_TAPS"].flatMap { Int($0) } ?? 100
    static let seed =
        ProcessInfo.processInfo.environment["NFC_SEED"].flatMap { UInt64($0) }
        ?? UInt64.random(in: 0..<1_000_000)

    /// One tap in ten meets a fault of the wire, a torn tag, a pulled cable or a crash of libnfc.
    @Test(.timeLimit(.minutes(30)))
    func eachTapIsAtTheHubOnce() async throws {
        let rig = try Rig()
        let reader = try EmulatedReader(path: "\(rig.folder)/reader")
        try rig.startHub()
        try rig.startStation(Self.configuration(reader))
        try rig.enrol()
        let tail = try Tail(rig)
        var random = SplitMix64(seed: Self.seed)
        print("taps: seed \(Self.seed), \(Self.count)")

        for number in 1...Self.count {
            try Self.tap(number, at: reader, tail, &random)
        }

        try rig.synchronise(within: 120)
        let items = try await rig.hubOperations().compactMap(\.item)
        #expect(items.count == Self.count, "seed \(Self.seed)")
        #expect(Set(items) == Set((1...Self.count).map(Self.text)), "seed \(Self.seed)")
        #expect(try rig.station?.stop() == .exited(status: 0))
    }

    /// libnfc is made to call abort(); the scanner beside it goes on as if nothing were.
    @Test(.timeLimit(.minutes(2)))
    func otherDevicesDoNotNoticeACrash() throws {
        let rig = try Rig()
        let reader = try EmulatedReader(path: "\(rig.folder)/reader")
        let scanner = try PlayedScanner(link: "\(rig.folder)/scanner")
        try rig.startStation(Self.configuration(reader) + scanner.configuration("gun"))
        let tail = try Tail(rig)
        reader.place(try TagSpecification("ntag213:text=BEFORE").tag, as: "a")
        try tail.wait(for: "BEFORE")
        reader.remove("a")

        reader.spoil(.status(0x80), command: 0x40)
        reader.place(try TagSpecification("ntag213:text=AFTER").tag, as: "b")
        let crashed = SystemTime.monotonic
        var sent = 0
        for _ in 0..<50 {
            try scanner.send(
                {
                    sent += 1; return "GUN-\(sent)"
                }, until: .seconds(30) + SystemTime.monotonic)
        }
        try scanner.waitForAnswers(within: .seconds(5))
        #expect(scanner.accepted.count == 50)
        try tail.wait(for: "AFTER")
        #expect(SystemTime.monotonic - crashed < .seconds(5))
        #expect(rig.stationLog.contains("driver-exited"), "\(rig.stationLog)")
    }

    private static func tap(
        _ number: Int, at reader: EmulatedReader, _ tail: Tail, _ random: inout SplitMix64
    ) throws {
        let text = text(number)
        let kind = random.pick(["ntag213", "ntag215", "ultralight", "type4", "felica", "classic"])
        if random.chance(10) { try trouble(at: reader, &random) }
        reader.place(try TagSpecification("\(kind):text=\(text)").tag, as: text)
        try tail.wait(for: text, whileWaiting: { reader.putBack(text) })
        reader.remove(text)
    }

    private static func trouble(at reader: EmulatedReader, _ random: inout SplitMix64) throws {
        switch random.below(20) {
        case 0: reader.spoil(.status(0x80), command: 0x40)
        case 1, 2:
            reader.unplug()
            try reader.plugIn()
        case 3...6: reader.tearNext(after: random.below(6))
        default: reader.spoil(random.pick(LinkFault.ofTheLink), count: random.below(2) + 1)
        }
    }

    private static func text(_ number: Int) -> String { "TAP-\(number)" }

    private static func configuration(_ reader: EmulatedReader) -> String {
        """
        [[device]]
        name = "tags"
        driver = "nfc"
        path = "\(reader.path)"
        repeat-milliseconds = 0


        """
    }
}

/// What `scanstationctl tail` shows: the beep of these tests.
final class Tail {
    private let program: RunningProgram

    init(_ rig: Rig) throws {
        try rig.successfully(["scan", "LOC-A1"])
        program = try RunningProgram(
            "scanstationctl", ["tail", "--json", "--since", "0", "--state", rig.state],
            errorFile: "\(rig.folder)/tail.log", ready: "LOC-A1")
    }

    /// Waits for a scan of this text, and now and then does what a person would.
    func wait(for text: String, whileWaiting nudge: () -> Void = {}) throws {
        let deadline = SystemTime.monotonic + .seconds(60)
        while true {
            do {
                try program.waitForLine(containing: "\"\(text)\"", within: .milliseconds(700))
                return
            } catch {
                guard SystemTime.monotonic < deadline else { throw error }
                nudge()
            }
        }
    }
}
