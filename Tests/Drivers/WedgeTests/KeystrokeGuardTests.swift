import DriverKit
import LinuxIO
import ScanTesting
import Testing

@testable import Wedge

/// A grabbed keyboard can never send a shortcut, and one that tries is no scanner.
@Suite struct KeystrokeGuardTests {
    typealias Finding = KeystrokeGuard.Finding

    @Test(arguments: ["+leftmeta r -leftmeta", "+rightmeta 1", "+leftctrl +leftmeta d"])
    func aMetaChordIsAnAttack(script: String) throws {
        var watch = KeystrokeGuard(.full)
        let findings = try KeyScript(script).events.compactMap { watch.push($0, at: .zero) }
        #expect(findings.count == 1)
        #expect(findings.first.map { if case .shortcuts = $0 { true } else { false } } == true)
    }

    @Test func altChordsAreOneAfterTheLimit() throws {
        var watch = KeystrokeGuard(.attacks)
        let chord = try KeyScript("+leftalt f4 -leftalt").events
        for number in 1...KeystrokeGuard.chordLimit {
            let found = chord.compactMap { watch.push($0, at: .seconds(number)) }
            #expect(found.isEmpty == (number < KeystrokeGuard.chordLimit))
        }
    }

    @Test func chordsFarApartAreAWrongLayout() throws {
        var watch = KeystrokeGuard(.full)
        for number in 1...40 {
            for event in try KeyScript("+leftalt x -leftalt").events {
                #expect(watch.push(event, at: .seconds(number * 20)) == nil)
            }
        }
    }

    @Test(arguments: [
        "+leftctrl rightbrace -leftctrl", "+leftalt kp0 kp2 kp9 -leftalt", "+rightalt q -rightalt",
        "+leftctrl +leftalt q -leftalt -leftctrl", "capslock a capslock", "f8",
    ])
    func whatScannersTypeIsNone(script: String) throws {
        var watch = KeystrokeGuard(.full)
        for number in 0..<100 {
            for event in try KeyScript(script).events {
                #expect(watch.push(event, at: .milliseconds(number)) == nil)
            }
        }
    }

    @Test func aFloodIsOneKeyPastTheLimit() {
        var watch = KeystrokeGuard(.full)
        for number in 1...KeystrokeGuard.floodLimit + 1 {
            let found = watch.push(.pressed(.a), at: .microseconds(number * 100))
            #expect((found == .flood) == (number > KeystrokeGuard.floodLimit))
        }
    }

    @Test func twoFullQRCodesAreNoFlood() {
        var watch = KeystrokeGuard(.full)
        for number in 0..<14_178 {
            #expect(watch.push(.pressed(.digit1), at: .microseconds(number * 500)) == nil)
        }
    }

    static let hands: [(rule: String, gaps: [Int], isHand: Bool)] = [
        ("a scanner at 8 ms", Array(repeating: 8, count: 12), false),
        ("a slow scanner is a clock", Array(repeating: 120, count: 12), false),
        ("radio makes a scanner stumble", [8, 8, 60, 8, 8, 8, 90, 8, 8], false),
        ("fingers", [140, 210, 95, 180, 320, 110, 240], true),
        ("fast fingers", [90, 130, 75, 110, 160, 85, 120], true),
        ("too short to tell", [200, 300], false),
    ]

    @Test(arguments: hands)
    func tellsAHandByItsRhythm(rule: String, gaps: [Int], isHand: Bool) {
        var watch = KeystrokeGuard(.full)
        var findings: [Finding?] = []
        var time = Duration.zero
        for _ in 0..<KeystrokeGuard.handLimit {
            _ = watch.push(.pressed(.a), at: time)
            for gap in gaps {
                time += .milliseconds(gap)
                _ = watch.push(.pressed(.a), at: time)
            }
            findings.append(watch.lineEnded())
        }
        #expect(findings == [nil, nil, isHand ? .hand : nil])
    }

    @Test func aScannerBetweenTwoHandsStartsTheCountAnew() {
        var watch = KeystrokeGuard(.full)
        var time = Duration.zero
        for line in 0..<9 {
            for key in 0..<8 {
                time += .milliseconds(line % 3 == 2 ? 8 : [90, 180, 130][key % 3])
                _ = watch.push(.pressed(.a), at: time)
            }
            #expect(watch.lineEnded() == nil)
        }
    }

    @Test func offIsOff() throws {
        var watch = KeystrokeGuard(.off)
        for event in try KeyScript("+leftmeta r -leftmeta").events {
            #expect(watch.push(event, at: .zero) == nil)
        }
    }

    /// Through the driver: what comes after the shortcut is swallowed, and the grab stays.
    @Test func whatAnAttackerTypesIsNoScan() throws {
        let folder = try TemporaryFolder()
        let node = try folder.makeFIFO("event0")
        let run = try DriverRun(WedgeDriver.kind.make([:]), node: node)
        #expect(eventually { run.isListening })
        try InputEvent.write("4 2 enter +leftmeta r -leftmeta c m d enter 1 2 enter 3 4", to: node)
        #expect(eventually { run.quarantines == [.likeAttack] })
        // Silence after keys without Enter ends no code of his either.
        #expect(run.texts == ["42"])
        #expect(run.ending == nil)
        try InputEvent.write("+backspace +esc +enter", to: node)
        #expect(eventually { run.ending != nil })
    }

    @Test func lostEventsCostOneLineAndNotTheNext() throws {
        var decoder = KeystrokeDecoder(options: WedgeOptions(ending: .enter))
        for event in try KeyScript("1 2 lost 3").events { _ = decoder.push(event) }
        #expect(decoder.patience == .milliseconds(250))
        #expect(decoder.quiet() == .more)
        let steps = try KeyScript("4 2 enter").events.map { decoder.push($0) }
        #expect(steps.contains(.line("42", .enter)))
        #expect(decoder.patience == nil)
    }
}

extension InputEvent {
    fileprivate static func write(_ script: String, to node: String) throws {
        let writer = try FileDescriptor(opening: node, 1)
        try writer.writeAll(bytes(of: try KeyScript(script).events))
    }
}
