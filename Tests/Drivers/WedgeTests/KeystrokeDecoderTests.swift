import DriverKit
import LinuxIO
import ScanTesting
import Testing

@testable import Wedge

@Suite struct KeystrokeDecoderTests {
    typealias Step = KeystrokeDecoder.Step

    static let rules: [(rule: String, typed: String, steps: [Step])] = [
        ("Shift lasts until let go", "+leftshift a -leftshift a enter", [.line("Aa", .enter)]),
        (
            "one Shift is enough", "+leftshift +rightshift -leftshift a -rightshift b enter",
            [.line("Ab", .enter)]
        ),
        ("a held key types once", "+1 =1 =1 -1 enter", [.line("1", .enter)]),
        ("a repeated Enter ends once", "1 +enter =enter =enter -enter", [.line("1", .enter)]),
        ("no line, no scan", "enter kpenter tab enter", []),
        ("keypad Enter ends too", "1 kpenter", [.line("1", .keypadEnter)]),
        ("so does Tab", "1 tab", [.line("1", .tab)]),
        (
            "CR and LF as Ctrl+M and Ctrl+J are one ending", "1 +leftctrl m j -leftctrl 2 enter",
            [.line("1", .carriageReturn), .line("2", .enter)]
        ),
        ("Enter under Shift is Enter", "1 +leftshift enter -leftshift", [.line("1", .enter)]),
        ("an odd key spoils it", "f5 1 enter 3 enter", [unmapped(.f5), .line("3", .enter)]),
        ("once a line", "f5 f6 up 1 enter 3 enter", [unmapped(.f5), .line("3", .enter)]),
        ("Backspace too", "1 backspace 2 enter", [unmapped(.backspace)]),
        (
            "so do lost events", "1 lost 2 enter 3 enter",
            [.discarded(.eventsLost), .line("3", .enter)]
        ),
        (
            "and end Shift", "+leftshift lost enter a enter",
            [.discarded(.eventsLost), .line("a", .enter)]
        ),
        (
            "and Caps Lock", "capslock lost enter a enter",
            [.discarded(.eventsLost), .line("a", .enter)]
        ),
        (
            "and an Alt code", "+leftalt kp6 lost enter -leftalt 1 enter",
            [.discarded(.eventsLost), .line("1", .enter)]
        ),
        ("the limit is allowed", "1 2 3 4 5 6 7 8 enter", [.line("12345678", .enter)]),
        (
            "one key more is not", "1 2 3 4 5 6 7 8 9 enter 1 enter",
            [.discarded(.tooLong(limitBytes: 8)), .line("1", .enter)]
        ),
        (
            "the limit counts bytes", "1 2 3 4 5 6 7 +leftalt kp0 kp2 kp3 kp3 -leftalt enter",
            [.discarded(.tooLong(limitBytes: 8))]
        ),
        ("a key of Alt is no text", "1 +leftalt x -leftalt enter", [unmapped(.x)]),
        ("nor one of Meta", "1 +leftmeta r -leftmeta enter", [unmapped(.r)]),
        (
            "the chord gives the keyboard back", "+backspace +esc +enter",
            [unmapped(.backspace), .panicChord]
        ),
        ("in any order", "+esc +enter +backspace", [unmapped(.escape), .panicChord]),
        (
            "but not one after the other", "backspace esc enter 1 enter",
            [unmapped(.backspace), .line("1", .enter)]
        ),
    ]

    @Test(arguments: rules)
    func obeys(rule: String, typed: String, expected: [Step]) throws {
        #expect(try steps(typing: typed) == expected)
    }

    /// However keys and losses fall, the whole lines come out, in order, and nothing else.
    @Test(arguments: UInt64(0)..<100)
    func deliversWholeLinesOnly(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let keys = random.picks(200, from: ["1", "a", "f5", "lost", "enter"])
        let typed = keys.split(separator: "enter")
        let whole = typed.filter { !$0.contains("f5") && !$0.contains("lost") }

        let delivered = try lines(typing: keys.joined(separator: " ") + " enter", limit: 200)

        #expect(delivered == whole.map { $0.joined() })
    }

    /// Two scanners at once, their events mixed in any way: neither hears the other.
    @Test(arguments: UInt64(0)..<50)
    func keepsTwoScannersApart(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let words = ["+leftshift", "-leftshift", "a", "7", "slash", "lost", "capslock", "enter"]
        let scripts = try (0..<2).map { _ in
            try KeyScript(random.picks(300, from: words).joined(separator: " ")).events
        }
        let alone = scripts.map { events in steps(of: events) }

        var decoders = (0..<2).map { _ in KeystrokeDecoder(options: WedgeOptions()) }
        var together: [[Step]] = [[], []]
        var rest = scripts.map { $0[...] }
        while !rest.allSatisfy(\.isEmpty) {
            let one = random.below(2)
            guard let event = rest[one].popFirst() else { continue }
            let step = decoders[one].push(event)
            if step != .more { together[one].append(step) }
        }
        #expect(together == alone)
    }

    /// Any numbers from a broken or hostile device: an answer to each, and no line past the limit.
    @Test(arguments: UInt64(0)..<50)
    func survivesAnyEvents(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var decoder = KeystrokeDecoder(options: WedgeOptions(lengthLimit: 8))
        for _ in 0..<2000 {
            let key = Key(rawValue: UInt16(random.below(random.chance(90) ? 130 : 65536)))
            let event = random.pick([
                InputEvent.pressed(key), .pressed(key), .released(key), .repeated(key), .other,
                .frameEnd,
            ])
            if case .line(let text, _) = decoder.push(event) { #expect(text.utf8.count <= 8) }
            if random.chance(5) { _ = decoder.quiet() }
        }
    }

    private func lines(typing script: String, limit: Int) throws -> [String] {
        try steps(typing: script, limit: limit).compactMap { step in
            if case .line(let text, _) = step { text } else { nil }
        }
    }

    private func steps(typing script: String, limit: Int = 8) throws -> [Step] {
        try steps(of: KeyScript(script).events, limit: limit)
    }

    private func steps(of events: [InputEvent], limit: Int = 8192) -> [Step] {
        var decoder = KeystrokeDecoder(options: WedgeOptions(lengthLimit: limit))
        return events.map { decoder.push($0) }.filter { $0 != .more }
    }

    private static func unmapped(_ key: Key) -> Step { .discarded(.unmapped(key)) }
}
