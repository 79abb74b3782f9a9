import Keymaps
import LinuxIO
import ScanTesting
import Testing

@testable import Wedge

/// Complaint 2 again: the layout is found by scanning three codes, and nobody has to know it.
@Suite struct CalibrationTests {
    static let solver = Result { try CalibrationSolver.all() }

    /// What was found must read everything that the true layout can type, whatever it is called.
    @Test(arguments: KeyboardLayout.names)
    func findsTheLayout(name: String) throws {
        let layout = try KeyboardLayout.named(name)
        var solver = try Self.solver.get()
        let keyboard = PlayedKeyboard(layout)
        for code in CalibrationCode.allCases {
            guard let events = keyboard.events(typing: code.text) else { continue }
            #expect(solver.take(events + PlayedKeyboard.tap(.enter)) == code, "\(name) \(code)")
        }
        let found = solver.calibration
        #expect(found.settings.contains { $0.layout == name && !$0.hasCapsLock })
        #expect(found.ending == .enter)
        let chosen = try KeyboardLayout.named(try #require(found.settings.first?.layout))
        for text in ["LOC-A1/B2", "4006381333931", "https://x.org/01/4?17=1", "%SS:QTY:2"] {
            guard let events = keyboard.events(typing: text) else { continue }
            #expect(line(events, chosen) == text, "\(name) read as \(chosen.name)")
        }
    }

    /// The layouts that people have are told from one another for certain.
    @Test(arguments: ["us", "gb", "de", "fr", "es", "it", "ch", "se"])
    func namesTheUsualOnes(name: String) throws {
        var solver = try Self.solver.get()
        let keyboard = PlayedKeyboard(try KeyboardLayout.named(name))
        for code in CalibrationCode.allCases {
            let events = try #require(keyboard.events(typing: code.text), "\(name) \(code)")
            _ = solver.take(events + PlayedKeyboard.tap(.tab))
        }
        #expect(solver.calibration.isComplete)
        #expect(solver.calibration.settings.first == .init(layout: name, hasCapsLock: false))
        #expect(solver.calibration.ending == .tab)
        #expect(solver.calibration.separator == .asGS)
    }

    static let separators: [(typed: String, separator: Calibration.Separator)] = [
        ("+leftctrl rightbrace -leftctrl", .asGS), ("+leftalt kp0 kp2 kp9 -leftalt", .asGS),
        ("f8", .substitute(.key(.f8))),
        ("+leftshift grave -leftshift", .substitute(.character("~"))),
        ("", .missing),
    ]

    @Test(arguments: separators)
    func findsGSInItsDisguises(typed: String, separator: Calibration.Separator) throws {
        var solver = try Self.solver.get()
        let keyboard = PlayedKeyboard(.us)
        let before = try #require(keyboard.events(typing: CalibrationCode.beforeSeparator))
        let after = try #require(keyboard.events(typing: CalibrationCode.afterSeparator))
        let code = before + (try KeyScript(typed).events) + after
        #expect(solver.take(code) == .separator)
        #expect(solver.calibration.separator == separator)
        #expect(solver.calibration.ending == .quietGap)
    }

    @Test func seesThroughCapsLock() throws {
        var solver = try Self.solver.get()
        let inverted = CalibrationCode.letters.text.map { letter in
            letter.isUppercase ? letter.lowercased() : letter.uppercased()
        }.joined()
        let events = try #require(PlayedKeyboard(.us).events(typing: inverted))
        #expect(solver.take(events) == .letters)
        #expect(solver.calibration.settings.first == .init(layout: "us", hasCapsLock: true))
        #expect(solver.calibration.options?["caps-lock"] == "true")
    }

    @Test func anyOtherCodeTellsNothing() throws {
        var solver = try Self.solver.get()
        let before = solver.calibration
        let events = try #require(PlayedKeyboard(.us).events(typing: "4006381333931"))
        #expect(solver.take(events) == nil)
        #expect(solver.take([]) == nil)
        #expect(solver.take([.eventsLost]) == nil)
        #expect(solver.calibration == before)
    }

    @Test func theKeysSurviveTheirWay() throws {
        let keyboard = PlayedKeyboard(try KeyboardLayout.named("fr"))
        let events = try #require(keyboard.events(typing: CalibrationCode.symbols.text))
        let script = KeyScript.text(of: events + [.eventsLost, .pressed(Key(rawValue: 240))])
        let back = try KeyScript(script).events.filter { $0 != .frameEnd }
        #expect(
            back
                == (events + [.eventsLost, .pressed(Key(rawValue: 240))])
                .filter { $0 != .frameEnd })
    }

    private func line(_ events: [InputEvent], _ layout: KeyboardLayout) -> String? {
        var decoder = KeystrokeDecoder(options: WedgeOptions(layout: layout))
        for event in events + PlayedKeyboard.tap(.enter) {
            if case .line(let text, _) = decoder.push(event) { return text }
        }
        return nil
    }
}
